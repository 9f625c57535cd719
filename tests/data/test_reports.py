"""A Report holds what was recorded, and nothing else; it costs the same few questions however much it holds."""

from datetime import date

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from data.engine import transaction
from data.freezes import frozen_at
from data.obligations import Heard, Item, Office, answer, decide
from data.offices import office_of
from data.reports import report_of
from data.summaries import close
from data.tables import Agency
from duties.progress import Ruling, Said
from duties.report import Quote, Report, Row
from duties.windows import half_window, quarter_window
from tests.conftest import NOW, hanoi
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

TODAY = date(2022, 6, 16)
SAID = hanoi("2022-06-10 09:00")
PLANS, PRESS = "Phòng Kế hoạch - Tài chính", "Phòng Thông tin - Báo chí"


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    """1.1 is owed by two units until 30/6, 1.2 by one until 16/5, 2.1 in the third quarter."""
    made = SmallOffice(session, agency)
    for name in (PLANS, PRESS):
        made.chat(name, NOW, made.unit(name))
    made.confirmed(
        NOW,
        duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), PLANS, PRESS, partners=("Công an tỉnh",), row=1),
        duty("1.2", due_on(date(2022, 5, 16)), PLANS, row=2),
        duty("2.1", due_on(date(2022, 9, 30)), PRESS, row=3),
    )
    return made


def owed(small: SmallOffice, code: str, unit: str = PLANS) -> Item:
    return next(item for item in small.owed() if (item.duty.code, item.unit.name) == (code, unit))


def report(small: SmallOffice, office: Office) -> Report:
    return report_of(small.session, small.agency, office, quarter_window(2022, 2), TODAY)


def row(small: SmallOffice, office: Office, code: str, unit: str = PLANS) -> Row:
    rows = report(small, office).rows
    return next(row for row in rows if (row.fact.code, row.fact.unit) == (code, unit))


def test_rows_are_numbered_in_the_order_of_the_plan(small: SmallOffice, office: Office) -> None:
    rows = [(row.number, row.fact.code, row.fact.unit) for row in report(small, office).rows]
    assert rows == [(1, "1.1", PLANS), (2, "1.1", PRESS), (3, "1.2", PLANS)]


def test_what_came_from_before_is_numbered_on(small: SmallOffice, office: Office) -> None:
    found = report_of(small.session, small.agency, office, quarter_window(2022, 3), date(2022, 7, 20))
    assert [row.number for row in (*found.rows, *found.carried_over)] == [1, 2, 3, 4]


def test_a_row_names_leads_and_partners_as_printed(small: SmallOffice, office: Office) -> None:
    found = row(small, office, "1.1")
    assert (found.leads, found.partners) == ((PLANS, PRESS), ("Công an tỉnh",))


def test_a_unit_s_words_are_quoted_with_their_day(small: SmallOffice, office: Office) -> None:
    answer(small.session, owed(small, "1.2"), Said.DONE, Heard(SAID), office, text="đã đăng trên Cổng")
    assert row(small, office, "1.2").quotes == (Quote(date(2022, 6, 10), "đã đăng trên Cổng"),)


def test_what_was_said_after_the_cut_off_is_not_in_it(small: SmallOffice, office: Office) -> None:
    late = Heard(hanoi("2022-06-15 09:00"))
    answer(small.session, owed(small, "1.2"), Said.DONE, late, office, text="xong", quantities={"tin": 4})
    found = row(small, office, "1.2")
    assert (found.quotes, found.quantities, found.fact.done_on) == ((), (), None)


def test_what_was_taken_back_is_not_in_it(small: SmallOffice, office: Office) -> None:
    said = answer(
        small.session, owed(small, "1.2"), Said.DONE, Heard(SAID), office, text="xong", links=["https://a.vn"]
    )
    said.undone_at = hanoi("2022-06-10 10:00")
    found = row(small, office, "1.2")
    assert (found.quotes, found.links) == ((), ())


def test_numbers_papers_and_links_are_gathered_once(small: SmallOffice, office: Office) -> None:
    for _ in range(2):
        answer(
            small.session, owed(small, "1.2"), Said.NOTE, Heard(SAID), office,
            quantities={"tin": 4}, documents=["12/BC-VP"], links=["https://a.vn"],
        )  # fmt: skip
    found = row(small, office, "1.2")
    assert (found.quantities, found.documents, found.links) == (
        (("tin", 8),),
        ("12/BC-VP",),
        ("https://a.vn",),
    )
    assert report(small, office).documents == ("12/BC-VP",)


def test_what_has_no_unit_yet_is_named(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("3.1", due_on(date(2022, 6, 30)), row=9))
    assert report(small, office).lacking == "Chưa có đơn vị: 3.1."


def test_an_extension_is_noted_with_both_days(small: SmallOffice, office: Office) -> None:
    decide(small.session, owed(small, "1.2"), Ruling.EXTEND, Heard(SAID), office, due=date(2022, 7, 15))
    found = row(small, office, "1.2")
    assert (found.extended_due, found.notes) == (date(2022, 7, 15), ("Gia hạn từ 16/05/2022 đến 15/07/2022",))


def test_what_was_sent_back_says_when_and_why(small: SmallOffice, office: Office) -> None:
    answer(small.session, owed(small, "1.2"), Said.DONE, Heard(SAID), office)
    decide(
        small.session,
        owed(small, "1.2"),
        Ruling.RETURN,
        Heard(hanoi("2022-06-13 09:00")),
        office,
        reason="thiếu số liệu",
    )
    assert row(small, office, "1.2").notes == ("Văn phòng trả lại ngày 13/06/2022: thiếu số liệu",)


def test_what_does_not_apply_has_a_row_outside_the_denominator(small: SmallOffice, office: Office) -> None:
    decide(
        small.session,
        owed(small, "1.2"),
        Ruling.NOT_APPLICABLE,
        Heard(SAID),
        office,
        reason="không có phát sinh",
    )
    found = report(small, office)
    assert found.rows[2].notes == ("Không áp dụng: không có phát sinh",)
    assert found.summary.obligations.total == 2


def test_what_the_office_wrote_for_a_unit_says_so(small: SmallOffice, office: Office) -> None:
    decide(small.session, owed(small, "1.2"), Ruling.ACCEPT, Heard(SAID), office)
    assert row(small, office, "1.2").notes == ("Văn phòng ghi thay đơn vị",)


def test_what_was_moved_away_is_counted_nowhere(small: SmallOffice, office: Office) -> None:
    decide(
        small.session,
        owed(small, "1.2"),
        Ruling.MOVE,
        Heard(SAID),
        office,
        to_unit_id=owed(small, "1.1", PRESS).unit.id,
    )
    found = report(small, office)
    assert [row.fact.code for row in found.rows] == ["1.1", "1.1"]
    assert found.summary.not_applicable == ()


def test_what_comes_next_is_that_of_the_next_window(small: SmallOffice, office: Office) -> None:
    assert [(fact.code, fact.due) for fact in report(small, office).coming] == [
        ("1.1", date(2022, 6, 30)),
        ("1.1", date(2022, 6, 30)),
        ("2.1", date(2022, 9, 30)),
    ]


def test_the_plans_it_tells_of_are_named(small: SmallOffice, office: Office) -> None:
    assert [(plan.number, plan.title) for plan in report(small, office).plans] == [
        ("485/KH-STTTT", "Tuyên truyền")
    ]


def test_the_numbers_that_hold_an_obligation_say_since_when(small: SmallOffice, office: Office) -> None:
    closed = Heard(hanoi("2022-06-15 09:00"))
    close(small.session, small.agency, office, quarter_window(2022, 2), TODAY, closed)
    moments = {
        code: frozen_at(small.session, owed(small, code, unit), office.windows)
        for code, unit in (("1.2", PLANS), ("2.1", PRESS))
    }
    assert moments == {"1.2": closed.at, "2.1": None}


@pytest.fixture
def big(engine: Engine) -> int:
    """An agency with forty duties; its id."""
    with transaction(engine) as session:
        made = SmallOffice.founded(session, NOW, name="Sở Nội vụ")
        for name in (PLANS, PRESS):
            made.unit(name)
        made.confirmed(
            NOW,
            *(duty(f"1.{n}", due_on(date(2022, 6, n % 28 + 1)), PLANS, PRESS, row=n) for n in range(1, 41)),
        )
        return made.agency_id


def test_a_report_costs_the_same_few_questions_however_much_it_holds(engine: Engine, big: int) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    with transaction(engine) as session:
        agency = session.get_one(Agency, big)
        office = office_of(session, agency, TODAY)
        asked.clear()
        found = report_of(session, agency, office, half_window(2022, 1), TODAY)
    assert len(found.rows) == 80
    assert len(asked) <= 21
