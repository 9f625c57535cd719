"""A day with more obligations than one slice: each slice is committed by itself, and none is lost or told twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from sqlalchemy import Engine, event, func
from sqlmodel import col, select

from benchmarks.offices import AGENCY, Load, furnish
from data.engine import transaction
from data.obligations import Heard, answer, items
from data.offices import office_of
from data.tables import Agency, Chat, Letter, LetterKind, Nudge, Obligation
from duties.progress import Said
from duties.workdays import HANOI, day_of
from scheduler.compose import compose
from scheduler.nudge import SLICE
from scheduler.planning import plan_agency

MORNING = datetime(2026, 6, 16, 8, tzinfo=HANOI)
OWED = 2_500


class Broken(Exception):
    """The database went away."""


@pytest.fixture
def furnished(engine: Engine) -> Engine:
    """An office all of whose obligations are told of on this morning, by one rung each."""
    furnish(engine, Load(OWED, MORNING, all_on=date(2026, 6, 30)))
    return engine


def plan(engine: Engine) -> None:
    plan_agency(engine, AGENCY, MORNING, is_new_day=False)


def nudges(engine: Engine) -> int:
    with transaction(engine) as session:
        return session.exec(select(func.count(col(Nudge.id)))).one()


@contextmanager
def broken_at(engine: Engine, nth: int) -> Iterator[None]:
    """The n-th slice fails as it is written."""
    written = 0

    def break_off(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal written
        written += statement.startswith("INSERT INTO nudge")
        if written == nth:
            raise Broken

    event.listen(engine, "before_cursor_execute", break_off)
    try:
        with pytest.raises(Broken):
            yield
    finally:
        event.remove(engine, "before_cursor_execute", break_off)


def test_every_obligation_is_told_once_and_moved_on(furnished: Engine) -> None:
    plan(furnished)
    with transaction(furnished) as session:
        told = session.exec(select(func.count(func.distinct(Nudge.obligation_id)))).one()
        behind = session.exec(select(Obligation.id).where(col(Obligation.next_rung_on) <= day_of(MORNING)))
        assert (told, behind.all()) == (OWED, [])
    assert nudges(furnished) == OWED


def test_a_slice_that_fails_loses_nothing(furnished: Engine) -> None:
    with broken_at(furnished, 2):
        plan(furnished)
    assert nudges(furnished) == SLICE
    plan(furnished)
    assert nudges(furnished) == OWED


def test_planning_again_writes_nothing_new(furnished: Engine) -> None:
    plan(furnished)
    plan(furnished)
    with transaction(furnished) as session:
        assert session.exec(select(func.count(col(Letter.id)))).one() == Load(OWED, MORNING).units
    assert nudges(furnished) == OWED


def test_what_is_answered_between_two_slices_is_not_told(furnished: Engine) -> None:
    with broken_at(furnished, 2):
        plan(furnished)
    with transaction(furnished) as session:
        [left] = items(session, col(Obligation.next_rung_on) <= day_of(MORNING), limit=1)
        office = office_of(session, session.get_one(Agency, AGENCY), day_of(MORNING))
        answer(session, left, Said.DONE, Heard(MORNING), office)
    plan(furnished)
    assert nudges(furnished) == OWED - 1


def test_a_letter_is_composed_from_its_own_chat_s_nudges(furnished: Engine) -> None:
    plan(furnished)
    with transaction(furnished) as session:
        letter = session.exec(select(Letter).where(Letter.kind == LetterKind.SLOT)).first()
        assert letter is not None
        chat, agency = session.get_one(Chat, letter.chat_id), session.get_one(Agency, AGENCY)
        said = compose(session, letter, chat, office_of(session, agency, day_of(MORNING)), MORNING)
        units = set(session.exec(select(Nudge.to_unit_id).where(Nudge.letter_id == letter.id)))
    assert units == {chat.id}  # unit n is told in chat n
    assert f"Và {OWED // Load(OWED, MORNING).units - 8} việc khác" in said.text
