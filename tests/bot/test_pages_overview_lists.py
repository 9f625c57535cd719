"""Every number of the overview opens a list of exactly so many, whatever is asked for."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine

from bot.pages.desk import NotThere
from bot.pages.overview.list_page import Asked, Order, listed, listing, read_asked
from bot.pages.overview.picks import EVERYTHING, Known, Pick, picked
from bot.pages.overview.readings import read
from bot.pages.overview.view import LIST, Across, View, read_view
from data.engine import transaction
from data.offices import windows_of
from data.tables import Agency
from duties.windows import half_window, quarter_window, year_window
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.overviews import AGENCY, NOBODY, TODAY, WINDOWS, asking, html_of, office, seen

SEEDS = range(2)


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


def test_words_are_found_without_their_marks_and_rows_are_sorted(engine: Engine) -> None:
    office(engine)
    view = View(year_window(2022))
    asked = Asked(Pick.COUNTED, EVERYTHING, words="trung tam cong noi dung 1.3", order=Order.DUE)
    with transaction(engine) as session:
        found = listing(session, AGENCY, view, asked, TODAY)
    assert [(row.owed.unit, row.owed.about[:3]) for row in found.rows] == [(NOBODY, "1.3")]
    assert found.count < found.total


@pytest.mark.parametrize(
    "address", ["muc=xx", "thang=abc", "thang=2022-13", "ngay=2022-02-30", "trang=0", "xep=ai"]
)
def test_a_list_that_cannot_be_is_not_there(address: str) -> None:
    with pytest.raises(NotThere):
        read_asked(asking(address))


def test_a_page_beyond_a_list_that_has_grown_shorter_is_its_last(engine: Engine) -> None:
    office(engine)
    view, far = View(year_window(2022)), Asked(Pick.COUNTED, EVERYTHING, page=99)
    with transaction(engine) as session:
        found = listing(session, AGENCY, view, far, TODAY)
    assert (found.page, len(found.rows)) == (1, found.count)


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
