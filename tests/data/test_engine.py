"""The line in which those stand who write to a SQLite file."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from data import engine as engines
from data.engine import open_engine, transaction

# shorter than anybody stands in line, longer than anything here takes
SOON = 5
PEOPLE = 8


def _impatient(folder: Path) -> Engine:
    """SQLite itself lets nobody wait: who comes while another one writes is refused at once."""
    opened = open_engine(f"sqlite:///{folder / 'office.db'}")
    event.listen(opened, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=0"))
    with transaction(opened) as session:
        session.execute(text("CREATE TABLE counted (number INTEGER)"))
        session.execute(text("INSERT INTO counted VALUES (0)"))
    return opened


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Engine]:
    opened = _impatient(tmp_path)
    yield opened
    opened.dispose()


def elsewhere(work: Callable[..., None], *args: object) -> Future[None]:
    """In a thread of its own."""
    return ThreadPoolExecutor(1).submit(work, *args)


def number(session: Session) -> int:
    found: int = session.execute(text("SELECT number FROM counted")).scalar_one()
    return found


def count_one(engine: Engine) -> None:
    """Look, and write one more."""
    with transaction(engine) as session:
        session.execute(text("UPDATE counted SET number = :more"), {"more": number(session) + 1})


def hold(engine: Engine, let_go: Event) -> Callable[[], None]:
    """A piece of work that has written and is not done until it is let go."""

    def work() -> None:
        with transaction(engine) as session:
            session.execute(text("UPDATE counted SET number = number + 100"))
            let_go.wait(2 * SOON)

    return work


def begun(engine: Engine, let_go: Event) -> Future[None]:
    """Somebody holds the file when this is back."""
    has_written = Event()
    event.listen(engine, "after_cursor_execute", lambda *_: has_written.set(), once=True)
    held = elsewhere(hold(engine, let_go))
    assert has_written.wait(SOON)
    return held


def test_threads_that_write_at_once_take_turns(file: Engine) -> None:
    for done in [elsewhere(count_one, file) for _ in range(PEOPLE)]:
        done.result(SOON)
    with transaction(file) as session:
        assert number(session) == PEOPLE


def test_a_piece_of_work_within_another_one_stands_in_its_place(file: Engine) -> None:
    def within() -> None:
        with transaction(file):
            count_one(file)

    elsewhere(within).result(SOON)
    elsewhere(count_one, file).result(SOON)
    with transaction(file) as session:
        assert number(session) == 2


def test_work_that_fails_leaves_the_line(file: Engine) -> None:
    def fail() -> None:
        with transaction(file) as session:
            session.execute(text("UPDATE counted SET number = 100"))
            raise ValueError("told to whoever asked")

    with pytest.raises(ValueError, match="told to whoever asked"):
        elsewhere(fail).result(SOON)
    elsewhere(count_one, file).result(SOON)
    with transaction(file) as session:
        assert number(session) == 1


def test_who_stood_in_line_too_long_hears_that_the_file_is_locked(
    file: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = Event()
    held = begun(file, let_go)
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    with pytest.raises(OperationalError, match="locked"):
        elsewhere(count_one, file).result(SOON)
    let_go.set()
    held.result(SOON)


def test_another_file_has_a_line_of_its_own(file: Engine, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other, let_go = _impatient(tmp_path / "other"), Event()
    held = begun(file, let_go)
    elsewhere(count_one, other).result(SOON)
    with transaction(other) as session:
        assert number(session) == 1
    let_go.set()
    held.result(SOON)
    other.dispose()


def test_on_postgresql_nobody_stands_in_line(postgresql: str) -> None:
    engine, inside = open_engine(postgresql), Event()

    def look() -> None:
        with transaction(engine) as session:
            session.execute(text("SELECT 1"))
            inside.set()

    with transaction(engine) as session:
        session.execute(text("SELECT 1"))
        elsewhere(look).result(SOON)
        assert inside.is_set()
    engine.dispose()
