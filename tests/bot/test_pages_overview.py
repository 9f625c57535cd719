"""The overview: every number on it opens a list of exactly so many, whatever is asked for."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from itertools import count
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from bot.pages.desk import NotThere
from bot.pages.overview.draw_glance import glance_html
from bot.pages.overview.draw_lists import coming_html, late_html, notes_html
from bot.pages.overview.draw_map import map_html
from bot.pages.overview.list_page import Asked, Order, listed, listing, read_asked
from bot.pages.overview.page import case_of
from bot.pages.overview.papers import asked_words
from bot.pages.overview.parts import Overview, overview
from bot.pages.overview.picks import EVERYTHING, Known, Pick, picked
from bot.pages.overview.readings import Begun, check_part, house_of, read
from bot.pages.overview.seldom import Seldom
from bot.pages.overview.view import BACKWARDS, HALF_A_SPAN, LIST, TOO_LONG, Across, View, read_view
from data.engine import transaction
from data.offices import windows_of
from data.tables import Agency, ChatRole
from duties.deadline import Due, Period
from duties.progress import Said
from duties.summary import Counts
from duties.windows import WindowRules, half_window, month_window, quarter_window, span_window, year_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, dated, due_on, duty

AGENCY = 1
NOBODY = "Trung tâm Cổng"
SEEDS = range(2)
WINDOWS = (
    quarter_window(2022, 1),
    half_window(2022, 1),
    year_window(2022),
    month_window(2022, 6),
    span_window(date(2022, 3, 15), date(2022, 8, 14)),
)
QUARTERS = dated(
    *(
        Due(end, end, period=Period(date(2022, last - 2, 1), end))
        for last, end in ((3, date(2022, 3, 31)), (6, date(2022, 6, 30)), (9, date(2022, 9, 30)))
    )
)
NOON = hanoi("2022-06-20 12:00")
TODAY = NOON.date()


class Links(HTMLParser):
    """The links to lists on a page, with what they say they hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: tuple[str, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        href = known.get("href") or ""
        if tag == "a" and href.startswith(LIST):
            self._open = (href, known.get("aria-label") or "")
            self.found.append((href, ""))

    def handle_data(self, data: str) -> None:
        if self._open:
            href, said = self.found[-1]
            self.found[-1] = (href, said + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None


def office(engine: Engine, seed: int = 0) -> Conversation:
    """An office in June of its year; what its units reported and asked is drawn by lot."""
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    with talk.office() as small:
        small.chat("Giám đốc", talk.now, role=ChatRole.LEADER)
        small.unit(NOBODY)
    days = [
        date(2022, month, day)
        for month, day in ((1, 20), (3, 10), (5, 16), (6, 20), (6, 28), (7, 1), (11, 30))
    ]
    duties = [
        duty(f"1.{n}", due_on(day), PLANS, *((PRESS, NOBODY) if n % 2 else ()), row=n)
        for n, day in enumerate(days, 1)
    ]
    talk.plan(
        *duties, duty("2.1", QUARTERS, PLANS, PRESS, row=20), duty("3.1", ONGOING, PLANS, PRESS, row=21)
    )
    _answer(talk, Random(seed))
    return talk


def _answer(talk: Conversation, lot: Random) -> None:
    with talk.office() as small:
        owed = [(each.obligation.short_code, each.unit.name) for each in small.owed()]
    for code, unit in lot.sample([each for each in owed if each[1] in (PLANS, PRESS)], 12):
        talk.now = hanoi("2022-01-06 08:00") + timedelta(days=lot.randrange(0, 160))
        said = lot.choice((f"xong #{code}: 2 tin", f"#{code} đang làm", f"#{code} vướng: chưa có kinh phí",
                           f"#{code} xin lùi đến 30/12/2022 vì chờ số liệu", f"xong #{code}", ""))  # fmt: skip
        if said:
            talk.say(unit, said)
            ruled = lot.choice(
                (f"duyệt #{code}", f"trả lại #{code} vì thiếu số liệu", f"không tính #{code}", "", "")
            )
            talk.say(OFFICE, ruled) if ruled else None
    talk.now = NOON


def seen(talk: Conversation, view: View) -> Overview:
    with transaction(talk.engine) as session:
        return overview(session, AGENCY, view, TODAY)


def html_of(found: Overview, view: View) -> str:
    parts = (
        glance_html(found.glance, view),
        map_html(found.map, view),
        late_html(found.late, view, TODAY),
        coming_html(found.coming, view, TODAY),
        notes_html(found.notes),
    )
    return "".join(map(str, parts))


def promised(words: str) -> int:
    """“5 việc”, “Xem cả 12 việc”, “và 4 phần việc đã qua hạn”, “Q 3/5”, “Q”: how many the list must hold."""
    parts = re.search(r"\d+/(\d+)", words)
    number = re.search(r"\d[\d.]*", words)
    if parts:
        return int(parts[1])
    return int(number[0].replace(".", "")) if number else 1


class Lists:
    """The lists behind links; each view is read once."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        self._read: dict[View, Known] = {}

    def opened(self, href: str) -> int:
        """How many a link opens."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}

        def query(name: str) -> str:
            return asked.get(name, "")

        with transaction(self.talk.engine) as session:
            view = read_view(query, TODAY, windows_of(session.get_one(Agency, AGENCY)))
            if view not in self._read:
                self._read[view] = read(session, AGENCY, view, TODAY).known
            return listed(session, AGENCY, self._read[view], read_asked(query)).total

    def wrong(self, links: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The links whose lists hold another number than they say."""
        return [(href, words) for href, words in links if self.opened(href) != promised(words)]


def numbers_on(talk: Conversation, view: View) -> Iterator[tuple[str, str]]:
    """Links that hold a number; a day's heading is a link by its date, checked by itself."""
    for href, words in Links(html_of(seen(talk, view), view)).found:
        if "ngay=" not in href and "muc=cho-cho-biet" not in href:
            yield href, words


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_opens_a_list_of_exactly_so_many(engine: Engine, seed: int) -> None:
    talk = office(engine, seed)
    views = [View(window, across=across) for window in WINDOWS for across in Across]
    links = [each for view in views[seed :: len(SEEDS)] for each in numbers_on(talk, view)]
    assert links
    assert Lists(talk).wrong(links) == []


def test_a_narrowed_overview_opens_lists_narrowed_the_same_way(engine: Engine) -> None:
    talk = office(engine)
    view = View(year_window(2022), unit_id=2, plan_id=1)
    links = list(numbers_on(talk, view))
    assert links
    assert all("don-vi=2" in href and "ke-hoach=1" in href for href, _ in links)
    assert Lists(talk).wrong(links) == []


def test_the_days_of_the_coming_weeks_open_what_falls_due_on_them(engine: Engine) -> None:
    talk = office(engine, seed=1)
    view = View(half_window(2022, 1))
    with transaction(engine) as session:
        known = read(session, AGENCY, view, TODAY).known
    days = seen(talk, view).coming.days
    assert sum(each.count for each in days) == len(picked(known, Pick.COMING)) > 0
    for each in days:
        href = view.address(LIST, muc=Pick.COMING.value, ngay=each.day.isoformat())
        assert Lists(talk).opened(href) == each.count


def test_the_four_values_are_those_of_the_summary(engine: Engine) -> None:
    talk = office(engine, seed=2)
    view = View(half_window(2022, 1))
    with transaction(engine) as session:
        summary = read(session, AGENCY, view, TODAY).known.summary
    figures = seen(talk, view).glance.figures
    assert Counts(*(each.duties for each in figures)) == summary.occurrences
    assert Counts(*(each.obligations for each in figures)) == summary.obligations


def test_the_cells_of_the_map_add_up_to_what_is_counted(engine: Engine) -> None:
    talk = office(engine)
    for window in WINDOWS:
        found = seen(talk, View(window))
        cells = [cell for row in found.map.rows for cell in row.cells if cell]
        assert sum(cell.counts.total for cell in cells) == found.glance.obligations


def test_the_window_of_a_units_map_agrees_with_the_summary_of_that_window(engine: Engine) -> None:
    talk = office(engine, seed=3)
    found = seen(talk, View(year_window(2022), across=Across.UNITS))
    place = [column.key for column in found.map.columns].index("2022-Y")
    cells = [row.cells[place] for row in found.map.rows]
    assert sum(cell.counts.total for cell in cells if cell) == found.glance.obligations


def test_what_waits_is_what_the_office_is_told_in_chat(engine: Engine) -> None:
    talk = office(engine, seed=1)
    found = seen(talk, View(half_window(2022, 1)))
    said = talk.reply(OFFICE, "/choduyet")
    assert found.waiting.count > 0
    assert all(f"#{each.owed.short_code}" in said for each in found.waiting.shown)
    assert f"{found.waiting.count}" in said


def test_who_holds_what_is_late_is_shown_with_the_last_answer(engine: Engine) -> None:
    talk = office(engine, seed=1)
    late = seen(talk, View(half_window(2022, 1))).late
    nobody = [each for each in late.shown if each.owed.unit == NOBODY]
    assert late.shown[0].days == max(each.days for each in late.shown)
    assert {each.channel for each in nobody} == {""}
    assert [each.unit for each in seen(talk, View(half_window(2022, 1))).silent] == [NOBODY]


def test_a_closed_window_keeps_its_numbers_and_lists_what_changed(engine: Engine) -> None:
    talk = office(engine)
    talk.say(OFFICE, "chốt số liệu quý 1 năm 2022")
    view = View(quarter_window(2022, 1))
    before = seen(talk, view)
    late = next(each for each in before.late.shown if each.owed.unit == PLANS)
    talk.say(PLANS, f"xong #{late.owed.short_code}")
    after = seen(talk, view)
    assert (after.glance.figures, after.glance.frozen_on) == (before.glance.figures, TODAY)
    assert after.late.count == before.late.count - 1
    assert Lists(talk).opened(view.address(LIST, muc=Pick.CHANGED.value)) == after.glance.changed > 0


def test_words_are_found_without_their_marks_and_rows_are_sorted(engine: Engine) -> None:
    office(engine)
    view = View(year_window(2022))
    asked = Asked(Pick.COUNTED, EVERYTHING, words="trung tam cong noi dung 1.3", order=Order.DUE)
    with transaction(engine) as session:
        found = listing(session, AGENCY, view, asked, TODAY)
    assert [(row.owed.unit, row.owed.about[:3]) for row in found.rows] == [(NOBODY, "1.3")]
    assert found.count < found.total


def test_an_office_without_a_plan_is_told_how_to_begin(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    found = seen(talk, View(half_window(2022, 1)))
    assert (found.begun, found.glance.is_empty, found.late.count, found.map.rows) == (
        Begun.NO_PLAN,
        True,
        0,
        (),
    )


def test_what_people_wrote_never_becomes_markup(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    harmful = replace(
        duty("1.1", due_on(date(2022, 5, 16)), PLANS), content="<script>alert(1)</script>", group="<b>"
    )
    talk.plan(harmful)
    talk.say(PLANS, "1.1 vướng: <img src=x onerror=alert(1)>")
    view = View(half_window(2022, 1))
    html = html_of(seen(talk, view), view)
    assert "&lt;script&gt;" in html
    assert not re.search(r"<(script|img|b)\b", html)


@dataclass
class Looker:
    """Who looks at a page, and when."""

    agency_id: int
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()


def test_a_reading_is_kept_until_somebody_does_something_or_the_day_turns(engine: Engine) -> None:
    talk = office(engine)
    looker, readings = Looker(AGENCY, NOON), count(1)
    seldom = Seldom(looker, lambda _: next(readings))

    def look() -> int:
        with transaction(engine) as session:
            return seldom(session)

    looks = [look(), look()]
    talk.say(OFFICE, "/tamdung")
    looks += [look(), look()]
    looker.now += timedelta(days=1)
    assert [*looks, look()] == [1, 1, 2, 2, 3]


def test_the_words_for_a_document_name_exactly_the_part_in_view(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    heading = "2. Tuyên truyền cho người dân, tổ chức, doanh nghiệp"
    plain = duty("1.1", due_on(date(2022, 5, 16)), PLANS, PRESS)
    talk.plan(
        plain,
        replace(plain, code="2.1", group=heading),
        replace(plain, code="2.2", leads=(PRESS,), group=heading),
    )
    talk.now = NOON
    view = View(half_window(2022, 1), unit_id=2, plan_id=1, group=heading)
    with transaction(engine) as session:
        words = asked_words(view, house_of(session, AGENCY, TODAY))
        known = read(session, AGENCY, view, TODAY).known
    told = talk.reply(OFFICE, f"/tonghop {words}")
    assert f"{known.summary.obligations.total} phần việc đến hạn trong kỳ" in told
    assert (PRESS in told, "485/KH-STTTT" in told, heading in told) == (True, True, True)


def test_work_may_be_given_to_any_living_unit_but_its_own(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    talk.plan(duty("1.1", due_on(date(2022, 5, 16)), PLANS))
    with talk.office() as small:
        small.unit(NOBODY)
    talk.say(PLANS, "#A1 không phải việc của đơn vị tôi")
    waits = seen(talk, View(year_window(2022))).waiting.shown[0]
    with transaction(engine) as session:
        case = case_of(waits, house_of(session, AGENCY, TODAY))
    assert (case.asks, NOBODY in case.others, PLANS in case.others) == (Said.NOT_OURS, True, False)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tu=2022-06-30&den=2022-01-01", BACKWARDS),
        ("tu=2022-01-01", HALF_A_SPAN),
        ("tu=2000-01-01&den=2100-12-31", TOO_LONG),
    ],
)
def test_a_span_that_makes_no_sense_is_answered_with_what_to_choose(address: str, says: str) -> None:
    assert read_view(asking(address), TODAY, WindowRules()).trouble == says


@pytest.mark.parametrize(
    "address",
    [
        "ky=2022-Q9",
        "ky=9999-Y",
        "ky=2000-01-01..2100-12-31",
        "tu=2022-02-30&den=2022-03-01",
        "don-vi=-1",
        "don-vi=١",
    ],
)
def test_a_window_or_unit_that_cannot_be_is_not_there(address: str) -> None:
    with pytest.raises(NotThere):
        read_view(asking(address), TODAY, WindowRules())


@pytest.mark.parametrize(
    "address", ["muc=xx", "thang=abc", "thang=2022-13", "ngay=2022-02-30", "trang=0", "xep=ai"]
)
def test_a_list_that_cannot_be_is_not_there(address: str) -> None:
    with pytest.raises(NotThere):
        read_asked(asking(address))


def asking(address: str) -> Callable[[str], str]:
    """What an address says by name."""
    said = parse_qs(address)
    return lambda name: said.get(name, [""])[0]


def test_a_heading_of_nobody_s_plan_is_not_there(engine: Engine) -> None:
    office(engine)
    with transaction(engine) as session, pytest.raises(NotThere):
        check_part(house_of(session, AGENCY, TODAY), View(year_window(2022), group="<script>"))


def test_a_page_beyond_a_list_that_has_grown_shorter_is_its_last(engine: Engine) -> None:
    office(engine)
    view, far = View(year_window(2022)), Asked(Pick.COUNTED, EVERYTHING, page=99)
    with transaction(engine) as session:
        found = listing(session, AGENCY, view, far, TODAY)
    assert (found.page, len(found.rows)) == (1, found.count)


def test_what_was_due_on_a_day_off_comes_until_the_next_working_day_has_passed(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    talk.plan(duty("1.1", due_on(date(2022, 6, 18)), PLANS))
    found = seen(talk, View(half_window(2022, 1)))
    html = coming_html(found.coming, View(half_window(2022, 1)), TODAY)
    assert (found.coming.count, found.late.count, "vẫn trong hạn" in html) == (1, 0, True)
