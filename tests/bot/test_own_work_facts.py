"""What a unit's own page tells it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from bot.pages.own_work_facts import OwnWork, Stage, own_work, stage_of
from data.engine import transaction
from data.obligations import Heard, Item, answer
from data.offices import office_of
from data.tables import Chat, Inbox
from duties.progress import Said
from duties.wording.entries import Entry
from tests.conftest import hanoi
from tests.fakes.offices import ONGOING, SmallOffice, due_on, duty

NOW = hanoi("2022-06-15 09:00")
TODAY = NOW.date()
UNIT = "Phòng Kế hoạch - Tài chính"


class Desk:
    """A unit with work of every kind, and what its page tells."""

    def __init__(self, office: SmallOffice) -> None:
        self.office, self.session = office, office.session
        unit, other = office.unit(UNIT), office.unit("Thanh tra Sở")
        chat = office.chat("ke-hoach", NOW, unit)
        office.chat("thanh-tra", NOW, other)
        self.chat: Chat = chat
        begun = NOW - timedelta(days=120)
        days = {"1.1": date(2022, 6, 1), "1.2": date(2022, 6, 20), "1.3": date(2022, 12, 30)}
        duties = [duty(code, due_on(day), UNIT, row=n) for n, (code, day) in enumerate(days.items())]
        duties += [duty("1.4", ONGOING, UNIT, row=8), duty("2.1", due_on(TODAY), "Thanh tra Sở", row=9)]
        office.confirmed(begun, *duties)

    def item(self, code: str) -> Item:
        return next(each for each in self.office.owed() if each.duty.code == code)

    def says(self, code: str, kind: Said, wanted_due: date | None = None) -> None:
        inbox = Inbox(channel="web", platform_id=f"{code}{kind}", address="ke-hoach", received_at=NOW)
        self.session.add(inbox)
        self.session.flush()
        office = office_of(self.session, self.office.agency, TODAY)
        answer(
            self.session, self.item(code), kind, Heard(NOW, self.chat, inbox), office, wanted_due=wanted_due
        )

    def page(self) -> OwnWork:
        return own_work(self.session, self.chat.id or 0, NOW)

    def codes(self, stage: Stage) -> list[str]:
        return [work.entry.code for each, works in self.page().stages if each is stage for work in works]


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with transaction(engine) as session:
        yield Desk(SmallOffice.founded(session, NOW))


def test_each_piece_of_work_stands_where_it_presses(desk: Desk) -> None:
    assert [(stage, desk.codes(stage)) for stage in Stage] == [
        (Stage.OVERDUE, ["1.1"]),
        (Stage.SOON, ["1.2"]),
        (Stage.ASKED, []),
        (Stage.LATER, ["1.3"]),
        (Stage.BY_WINDOW, ["1.4", "1.4", "1.4"]),
    ]


def test_what_waits_for_the_office_still_counts_as_overdue(desk: Desk) -> None:
    desk.says("1.1", Said.EXTENSION, TODAY + timedelta(days=5))
    desk.says("1.2", Said.EXTENSION, TODAY + timedelta(days=9))
    assert (desk.page().count(Stage.ASKED), desk.page().overdue_asked) == (2, 1)


def test_what_goes_on_all_year_is_asked_about_once_its_window_has_begun(desk: Desk) -> None:
    works = [work for stage, found in desk.page().stages if stage is Stage.BY_WINDOW for work in found]
    assert [work.entry.window for work in works] == [
        "Quý I năm 2022",
        "6 tháng đầu năm 2022",
        "Quý III năm 2022",
    ]


def test_another_units_work_is_not_shown(desk: Desk) -> None:
    assert "2.1" not in [work.entry.code for _, works in desk.page().stages for work in works]


def test_what_was_asked_for_waits_for_the_office(desk: Desk) -> None:
    desk.says("1.1", Said.EXTENSION, wanted_due=date(2022, 6, 30))
    assert (desk.codes(Stage.ASKED), desk.codes(Stage.OVERDUE)) == (["1.1"], [])


def test_what_is_done_is_told_apart(desk: Desk) -> None:
    desk.says("1.2", Said.DONE)
    page = desk.page()
    assert ([work.entry.code for work in page.done], page.done_count) == (["1.2"], 1)
    assert desk.codes(Stage.SOON) == []


def test_a_place_that_serves_nobody_has_nothing_to_do(desk: Desk) -> None:
    stranger = desk.office.chat("khong-ai", NOW)
    page = own_work(desk.session, stranger.id or 0, NOW)
    assert (page.stages, page.done) == ((), ())


def test_a_day_of_grace_is_not_late() -> None:
    saturday = Entry(1, "A1", "1.1", "Báo cáo", UNIT, due=date(2022, 6, 18), until=date(2022, 6, 20))
    assert stage_of(saturday, date(2022, 6, 20)) is Stage.SOON
    assert stage_of(saturday, date(2022, 6, 21)) is Stage.OVERDUE
