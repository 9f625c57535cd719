"""One process for each bot, on SQLite and on PostgreSQL."""

from sqlalchemy import Engine, create_engine

from bot.channels.telegram.lock import BotLock


def test_the_second_is_refused(engine: Engine) -> None:
    first, second = BotLock(engine, "telegram-1"), BotLock(engine, "telegram-1")
    assert (first.take(), second.take()) == (True, False)
    first.release()


def test_it_is_free_again_when_given_back(engine: Engine) -> None:
    first, second = BotLock(engine, "telegram-1"), BotLock(engine, "telegram-1")
    first.take()
    first.release()
    assert second.take()
    second.release()


def test_taking_what_is_ours_changes_nothing(engine: Engine) -> None:
    lock = BotLock(engine, "telegram-1")
    assert [lock.take() for _ in range(3)] == [True] * 3
    lock.release()


def test_another_bot_is_another_lock(engine: Engine) -> None:
    locks = [BotLock(engine, f"telegram-{n}") for n in range(2)]
    assert [lock.take() for lock in locks] == [True, True]
    for lock in locks:
        lock.release()


def test_it_is_free_again_when_its_holder_s_connection_dies(postgresql: str) -> None:
    dying, living = create_engine(postgresql), create_engine(postgresql)
    lock, next_lock = BotLock(dying, "telegram-1"), BotLock(living, "telegram-1")
    lock.take()
    with living.connect() as other:
        kill = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        other.exec_driver_sql(kill)
    assert lock.take() is False
    assert next_lock.take()
    next_lock.release()
    dying.dispose()
    living.dispose()
