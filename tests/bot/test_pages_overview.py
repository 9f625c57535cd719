"""The overview tells what the summary, the chats and the records tell; what cannot be asked for is not there."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine

from bot.pages.desk import NotThere
from bot.pages.overview.draw_lists import coming_html
from bot.pages.overview.page import case_of
from bot.pages.overview.papers import asked_words
from bot.pages.overview.readings import Begun, check_part, house_of, read
from bot.pages.overview.seldom import Seldom
from bot.pages.overview.view import BACKWARDS, HALF_A_SPAN, TOO_LONG, Across, View, read_view
from data.engine import transaction
from duties.progress import Said
from duties.summary import Counts
from duties.windows import WindowRules, half_window, year_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty
from tests.fakes.overviews import AGENCY, NOBODY, NOON, TODAY, WINDOWS, asking, html_of, office, seen


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


def test_a_heading_of_nobody_s_plan_is_not_there(engine: Engine) -> None:
    office(engine)
    with transaction(engine) as session, pytest.raises(NotThere):
        check_part(house_of(session, AGENCY, TODAY), View(year_window(2022), group="<script>"))


def test_what_was_due_on_a_day_off_comes_until_the_next_working_day_has_passed(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    talk.plan(duty("1.1", due_on(date(2022, 6, 18)), PLANS))
    found = seen(talk, View(half_window(2022, 1)))
    html = coming_html(found.coming, View(half_window(2022, 1)), TODAY)
    assert (found.coming.count, found.late.count, "vẫn trong hạn" in html) == (1, 0, True)
