"""Who can read a SQLite file, and what is found beside it of what was deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.engine import migrate, open_engine, transaction
from data.keeping.snapshot import snapshot
from data.tables import Agency
from data.traces import wipe_journal
from tests.conftest import NOW

NAME = "Nguyen Thi Lan"


@pytest.fixture
def deleted(tmp_path: Path) -> Iterator[Engine]:
    """A database in use, in which a name was written and deleted again."""
    engine = open_engine(f"sqlite:///{tmp_path}/office.db")
    migrate(engine)
    in_use = open_engine(f"sqlite:///{tmp_path}/office.db").raw_connection()
    with transaction(engine) as session:
        session.add(Agency(name=NAME, created_at=NOW))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM agency"))
    yield engine
    in_use.close()
    engine.dispose()


def traces(engine: Engine) -> list[str]:
    folder = Path(str(engine.url.database)).parent
    return sorted(file.name for file in folder.iterdir() if NAME.encode() in file.read_bytes())


def test_the_journal_is_emptied_while_the_database_is_in_use(deleted: Engine) -> None:
    assert traces(deleted) == ["office.db-wal"]
    assert wipe_journal(deleted)
    assert traces(deleted) == []


def test_whoever_reads_is_not_disturbed(deleted: Engine) -> None:
    with snapshot(deleted) as reading:
        reading.execute(text("SELECT * FROM agency")).all()
        with transaction(deleted) as session:
            session.add(Agency(name="Sở Nội vụ", created_at=NOW))
        assert not wipe_journal(deleted)
    assert wipe_journal(deleted)


def test_the_database_and_its_journal_are_their_owners_alone(deleted: Engine) -> None:
    folder = Path(str(deleted.url.database)).parent
    open_to = {file.name: file.stat().st_mode & 0o077 for file in folder.glob("office.db*")}
    assert open_to == dict.fromkeys(("office.db", "office.db-shm", "office.db-wal"), 0)
