"""When a duty means something else, its occurrences follow and nothing answered is lost."""

from datetime import date

import pytest
from sqlmodel import Session, select

from data.events import forget_event, record_event
from data.obligations import Heard, Item, Office, answer, item_by_code
from data.plans import set_deadline
from data.tables import Agency, Duty, Obligation
from duties.deadline import Deadline, Due, Offset, OffsetUnit, Reading
from duties.events import Happening
from duties.progress import Said
from duties.workdays import day_of
from scheduler.follow import Followed, follow
from scheduler.materialise import materialise
from tests.conftest import NOW, hanoi
from tests.fakes.offices import ONGOING, QUARTER_2, SmallOffice, dated, due_on, duty

LATER = hanoi("2022-03-14 09:00")
JUNE, SEPTEMBER = date(2022, 6, 30), date(2022, 9, 30)
AFTER_LETTER = Deadline(
    "05 ngày làm việc kể từ ngày nhận được văn bản",
    Reading.AFTER_EVENT,
    says="",
    event="nhận được văn bản",
    offset=Offset(5, OffsetUnit.WORKING_DAY),
)


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    made = SmallOffice(session, agency)
    made.unit("Văn phòng Sở")
    made.unit("Phòng Báo chí")
    return made


def the_duty(small: SmallOffice) -> Duty:
    return small.session.exec(select(Duty)).one()


def mean(small: SmallOffice, office: Office, deadline: Deadline) -> Followed:
    set_deadline(small.session, the_duty(small), deadline)
    return follow(small.session, small.agency, office, the_duty(small), LATER)


def happen(small: SmallOffice, office: Office, day: date, instead_of: date | None = None) -> Followed:
    record_event(small.session, the_duty(small), Happening(day), Heard(LATER), instead_of=instead_of)
    return follow(small.session, small.agency, office, the_duty(small), LATER)


def report(small: SmallOffice, office: Office, kind: Said) -> Item:
    first = small.owed()[0]
    answer(small.session, first, kind, Heard(LATER), office)
    return first


def owed(small: SmallOffice) -> list[tuple[str, date | None]]:
    return [(item.obligation.short_code, item.obligation.due) for item in small.owed()]


def test_another_date_is_the_same_obligation(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    mean(small, office, due_on(SEPTEMBER))
    assert owed(small) == [("A1", SEPTEMBER)]


def test_its_next_rung_is_reckoned_from_the_new_date(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(SEPTEMBER), "Văn phòng Sở"))
    mean(small, office, due_on(date(2022, 3, 31)))
    assert small.owed()[0].obligation.next_rung_on == date(2022, 3, 24)


def test_rungs_that_lie_before_the_correction_are_not_made_up_for(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(SEPTEMBER), "Văn phòng Sở"))
    mean(small, office, due_on(date(2022, 3, 16)))
    next_rung = small.owed()[0].obligation.next_rung_on
    assert next_rung is not None
    assert next_rung >= day_of(LATER)


def test_what_was_answered_stays_with_its_obligation(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    report(small, office, Said.IN_PROGRESS)
    mean(small, office, due_on(SEPTEMBER))
    assert [(each.obligation.due, each.obligation.in_progress) for each in small.owed()] == [
        (SEPTEMBER, True)
    ]


def test_more_dates_than_before_are_new_obligations(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    followed = mean(small, office, dated(Due(JUNE, JUNE), Due(SEPTEMBER, SEPTEMBER)))
    assert [item.obligation.due for item in followed.made] == [SEPTEMBER]


def test_the_same_day_under_another_name_is_the_same_obligation(small: SmallOffice, office: Office) -> None:
    first_quarter, second_quarter = date(2022, 3, 31), Due(JUNE, JUNE, period=QUARTER_2)
    small.confirmed(
        NOW, duty("1.1", dated(Due(first_quarter, first_quarter), second_quarter), "Văn phòng Sở")
    )
    mean(small, office, due_on(JUNE))
    assert owed(small) == [("A2", JUNE)]


def test_what_is_no_longer_meant_and_unanswered_is_withdrawn(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", dated(Due(JUNE, JUNE), Due(SEPTEMBER, SEPTEMBER)), "Văn phòng Sở"))
    mean(small, office, due_on(SEPTEMBER))
    assert owed(small) == [("A2", SEPTEMBER)]


def test_what_is_no_longer_meant_but_answered_is_kept(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", dated(Due(JUNE, JUNE), Due(SEPTEMBER, SEPTEMBER)), "Văn phòng Sở"))
    report(small, office, Said.IN_PROGRESS)
    followed = mean(small, office, due_on(SEPTEMBER))
    assert [item.obligation.due for item in followed.kept] == [JUNE]


def test_what_is_done_is_kept_in_silence(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", dated(Due(JUNE, JUNE), Due(SEPTEMBER, SEPTEMBER)), "Văn phòng Sở"))
    report(small, office, Said.DONE)
    followed = mean(small, office, due_on(SEPTEMBER))
    assert (followed.kept, len(small.owed())) == ([], 2)


def test_of_several_leads_only_those_who_answered_keep_it(small: SmallOffice, office: Office) -> None:
    twice = dated(Due(JUNE, JUNE), Due(SEPTEMBER, SEPTEMBER))
    small.confirmed(NOW, duty("1.1", twice, "Văn phòng Sở", "Phòng Báo chí"))
    report(small, office, Said.IN_PROGRESS)
    followed = mean(small, office, due_on(SEPTEMBER))
    assert [item.unit.name for item in followed.withdrawn] == ["Phòng Báo chí"]


def test_what_is_meant_again_comes_back_with_its_code(small: SmallOffice, office: Office) -> None:
    twice = dated(Due(JUNE, JUNE), Due(SEPTEMBER, SEPTEMBER))
    small.confirmed(NOW, duty("1.1", twice, "Văn phòng Sở"))
    mean(small, office, due_on(SEPTEMBER))
    mean(small, office, twice)
    assert owed(small) == [("A1", JUNE), ("A2", SEPTEMBER)]


def test_a_withdrawn_code_points_to_nothing(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    mean(small, office, Deadline("khi có yêu cầu", Reading.ON_REQUEST, says=""))
    assert item_by_code(small.session, small.agency_id, "A1") is None


def test_a_date_that_has_passed_is_held(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    followed = mean(small, office, due_on(date(2022, 3, 10)))
    assert [item.obligation.short_code for item in followed.past] == ["A1"]


def test_a_dated_duty_may_become_an_ongoing_one(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    mean(small, office, ONGOING)
    assert [item.occurrence.window for item in small.owed()] == ["2022-Q1", "2022-H1", "2022-Q3", "2022-Y"]


def test_following_twice_changes_nothing(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    mean(small, office, due_on(SEPTEMBER))
    assert mean(small, office, due_on(SEPTEMBER)) == Followed()


def test_the_next_day_s_making_agrees(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    mean(small, office, ONGOING)
    assert materialise(small.session, small.agency, office, date(2022, 3, 15)) == 0


def test_an_event_gives_its_duty_a_due_date(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("2.3", AFTER_LETTER, "Văn phòng Sở"))
    happen(small, office, date(2022, 3, 11))
    assert owed(small) == [("A1", date(2022, 3, 18))]


def test_a_second_event_is_a_second_occurrence(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("2.3", AFTER_LETTER, "Văn phòng Sở"))
    happen(small, office, date(2022, 3, 11))
    happen(small, office, date(2022, 3, 14))
    assert owed(small) == [("A1", date(2022, 3, 18)), ("A2", date(2022, 3, 21))]


def test_an_event_said_twice_is_one(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("2.3", AFTER_LETTER, "Văn phòng Sở"))
    happen(small, office, date(2022, 3, 11))
    assert happen(small, office, date(2022, 3, 11)) == Followed()


def test_an_event_of_another_day_moves_what_was_answered(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("2.3", AFTER_LETTER, "Văn phòng Sở"))
    happen(small, office, date(2022, 3, 11))
    report(small, office, Said.IN_PROGRESS)
    happen(small, office, date(2022, 3, 14), instead_of=date(2022, 3, 11))
    assert owed(small) == [("A1", date(2022, 3, 21))]


def test_an_event_taken_back_is_owed_by_nobody(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("2.3", AFTER_LETTER, "Văn phòng Sở"))
    happen(small, office, date(2022, 3, 11))
    forget_event(small.session, the_duty(small), date(2022, 3, 11), LATER)
    follow(small.session, small.agency, office, the_duty(small), LATER)
    assert owed(small) == []


def test_nothing_is_ever_deleted(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("1.1", due_on(JUNE), "Văn phòng Sở"))
    mean(small, office, Deadline("khi có yêu cầu", Reading.ON_REQUEST, says=""))
    assert len(small.session.exec(select(Obligation)).all()) == 1
