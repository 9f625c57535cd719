"""Turns are taken from the database, so that several processes keep one pace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from data.engine import transaction
from scheduler.limits import Limit, after_turn, free_at, halt, take_turn
from tests.conftest import NOW

SECOND = timedelta(seconds=1)
A_CHAT = Limit("telegram:1:100", SECOND)
OTHER_CHAT = Limit("telegram:1:200", SECOND)
THE_BOT = Limit("telegram:1", SECOND / 30)
A_GROUP = Limit("telegram:1:-5:minute", 4 * SECOND, burst=5)


def turns(session: Session, limit: Limit, seconds: int, every: timedelta = SECOND) -> list[datetime]:
    """The moments at which a turn was given to one who asks all the time."""
    asked = (NOW + every * n for n in range(int(seconds * SECOND / every)))
    return [moment for moment in asked if take_turn(session, [limit], moment) is None]


def test_a_chat_is_written_to_once_a_second(session: Session) -> None:
    assert len(turns(session, A_CHAT, 10, every=SECOND / 10)) == 10


def test_whoever_is_early_is_told_when_to_come_back(session: Session) -> None:
    take_turn(session, [A_CHAT], NOW)
    assert take_turn(session, [A_CHAT], NOW + SECOND / 4) == NOW + SECOND


def test_a_group_takes_five_at_once_and_never_more_than_twenty_in_a_minute(session: Session) -> None:
    given_at = turns(session, A_GROUP, 300)
    assert given_at[4] - given_at[0] == 4 * SECOND
    busiest = max(
        sum(start <= each < start + timedelta(minutes=1) for each in given_at) for start in given_at
    )
    assert busiest <= 20


def test_a_rested_group_takes_five_at_the_same_moment(session: Session) -> None:
    assert [take_turn(session, [A_GROUP], NOW) for _ in range(6)] == [None] * 5 + [NOW + 4 * SECOND]


def test_a_turn_refused_by_one_limit_is_taken_from_none(session: Session) -> None:
    take_turn(session, [A_CHAT], NOW)
    take_turn(session, [A_CHAT, OTHER_CHAT], NOW)
    assert free_at(session, [OTHER_CHAT], NOW) == NOW


def test_what_the_platform_halts_waits_alone(session: Session) -> None:
    halt(session, A_CHAT, NOW + 30 * SECOND, NOW)
    assert take_turn(session, [A_CHAT, THE_BOT], NOW) == NOW + 30 * SECOND
    assert take_turn(session, [OTHER_CHAT, THE_BOT], NOW) is None


def test_a_shorter_halt_does_not_end_a_longer_one(session: Session) -> None:
    halt(session, A_CHAT, NOW + 30 * SECOND, NOW)
    halt(session, A_CHAT, NOW + 5 * SECOND, NOW)
    assert free_at(session, [A_CHAT], NOW) == NOW + 30 * SECOND


def test_of_many_workers_one_gets_the_turn(engine: Engine) -> None:
    def ask(_worker: int) -> bool:
        with transaction(engine) as session:
            return take_turn(session, [THE_BOT, A_CHAT], NOW) is None

    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(ask, range(8))) == 1


@given(st.lists(st.integers(0, 8_000), min_size=1, max_size=80).map(sorted), st.integers(1, 20))
def test_no_pace_lets_through_more_than_its_burst_and_its_rhythm(asked: list[int], burst: int) -> None:
    limit = Limit("x", SECOND, burst)
    allowed_at, taken = NOW - SECOND * (burst - 1), []
    for moment in (NOW + timedelta(milliseconds=each) for each in asked):
        if allowed_at <= moment:
            taken.append(moment)
            allowed_at = after_turn(limit, allowed_at, moment)
    assert all(end - start >= (n - burst) * SECOND for start, end, n in _spans(taken))


def _spans(moments: list[datetime]) -> list[tuple[datetime, datetime, int]]:
    """Every stretch of turns: its first, its last, and how many there are."""
    return [(moments[i], moments[j], j - i + 1) for i in range(len(moments)) for j in range(i, len(moments))]
