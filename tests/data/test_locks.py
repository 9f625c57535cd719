"""A lock of one process, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from data.engine import migrate, open_engine
from data.locks import Lock, in_turn


def test_the_second_is_refused(engine: Engine) -> None:
    first, second = Lock(engine, "telegram-1"), Lock(engine, "telegram-1")
    assert (first.take(), second.take()) == (True, False)
    first.release()


def test_it_is_free_again_when_given_back(engine: Engine) -> None:
    first, second = Lock(engine, "telegram-1"), Lock(engine, "telegram-1")
    first.take()
    first.release()
    assert second.take()
    second.release()


def test_taking_what_is_ours_changes_nothing(engine: Engine) -> None:
    lock = Lock(engine, "telegram-1")
    assert [lock.take() for _ in range(3)] == [True] * 3
    lock.release()


def test_another_bot_is_another_lock(engine: Engine) -> None:
    locks = [Lock(engine, f"telegram-{n}") for n in range(2)]
    assert [lock.take() for lock in locks] == [True, True]
    for lock in locks:
        lock.release()


def test_it_is_free_again_when_its_holder_s_connection_dies(postgresql: str) -> None:
    dying, living = create_engine(postgresql), create_engine(postgresql)
    lock, next_lock = Lock(dying, "telegram-1"), Lock(living, "telegram-1")
    lock.take()
    with living.connect() as other:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        other.exec_driver_sql(kill)
    assert lock.take() is False
    assert next_lock.take()
    next_lock.release()
    dying.dispose()
    living.dispose()


def test_who_comes_second_waits_for_the_first_transaction_to_end(postgresql: str) -> None:
    engine = create_engine(postgresql)
    with Session(engine) as first, Session(engine) as second:
        in_turn(first, "agency-1")
        second.execute(text("SET lock_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            in_turn(second, "agency-1")
    engine.dispose()


def test_three_processes_may_bring_a_new_database_up_to_date_at_once(postgresql: str) -> None:
    engine = open_engine(postgresql)
    with ThreadPoolExecutor(3) as processes:
        done = [each.result() for each in [processes.submit(migrate, engine) for _ in range(3)]]
    assert done == [None] * 3
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    engine.dispose()
