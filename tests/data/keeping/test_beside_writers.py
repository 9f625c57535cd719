"""A backup is of one moment, however much is written meanwhile; and it costs little memory, however much there is."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from data import trail
from data.engine import migrate, transaction
from data.files import FilesFolder
from data.keeping.backup import Making, backup
from data.keeping.restore import restore
from data.keeping.snapshot import schema_of, snapshot
from data.tables import Agency, StoredFile, Unit
from duties.plan import UnitKind
from tests.fakes.keeping import NOW, SECRET, another, migrated
from tests.fakes.migrated import newest_revision

MEGABYTE = 2**20


@pytest.fixture
def house(engine: Engine) -> Iterator[Engine]:
    with migrated(engine):
        with transaction(engine) as session:
            session.add(Agency(name="Sở Nội vụ", created_at=NOW))
        yield engine


@contextmanager
def writing(engine: Engine) -> Iterator[None]:
    """Someone adds a unit, what was done, and the count of both, each time in one transaction, as fast as can be."""
    enough, begun = Event(), Event()

    def write() -> None:
        number = 0
        while not enough.is_set():
            number += 1
            with transaction(engine) as session:
                agency = session.exec(select(Agency)).one()
                agency.codes_given = number
                name = f"Phòng {number}"
                session.add(Unit(agency_id=1, name=name, name_key=name, kind=UnitKind.DEPARTMENT))
                for _ in range(20):
                    trail.note(session, NOW, "x" * 200, agency)
            if number > 20:
                begun.set()

    writer = Thread(target=write)
    writer.start()
    begun.wait()
    try:
        yield
    finally:
        enough.set()
        writer.join()


def counts(engine: Engine) -> tuple[int, int, int]:
    with engine.connect() as connection:
        asked = "SELECT (SELECT codes_given FROM agency), (SELECT count(*) FROM unit), (SELECT count(*) FROM trail)"
        agency, units, trail = connection.execute(text(asked)).one()
    return int(agency), int(units), int(trail)


def test_it_is_of_one_moment(house: Engine, tmp_path: Path) -> None:
    with writing(house):
        backup(Making(house, FilesFolder(tmp_path), "0.1.0", NOW), tmp_path / "a.tar")
    with another(f"sqlite:///{tmp_path / 'other.db'}") as other:
        restore(other, FilesFolder(tmp_path), tmp_path / "a.tar")
        agency, units, trail = counts(other)
    assert (units, trail) == (agency, 20 * agency)
    assert units > 20


def test_writers_do_not_wait_for_it(house: Engine) -> None:
    with snapshot(house) as moment:
        before = schema_of(moment)
        with transaction(house) as session:
            trail.note(session, NOW, "meanwhile")
        seen = moment.execute(text("SELECT count(*) FROM trail")).scalar_one()
    assert (before, seen, counts(house)[2]) == (newest_revision(), 0, 1)


@pytest.fixture
def heavy(tmp_path: Path) -> Iterator[Making]:
    """Fifty files of a megabyte each."""
    with another(f"sqlite:///{tmp_path / 'office.db'}") as engine:
        migrate(engine)
        files = FilesFolder(tmp_path / "files")
        with transaction(engine) as session:
            session.add(Agency(name="Sở Nội vụ", created_at=NOW))
            session.flush()
            for number in range(50):
                name = files.write(bytes([number]) * MEGABYTE)
                session.add(
                    StoredFile(agency_id=1, sha256=name, size=MEGABYTE, media_type="x", stored_at=NOW)
                )
        yield Making(engine, files, "0.1.0", NOW)


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < megabytes * MEGABYTE


@pytest.mark.parametrize("secret", [None, SECRET])
def test_much_evidence_takes_little_memory(heavy: Making, tmp_path: Path, secret: str | None) -> None:
    with at_most(12):
        backup(heavy, tmp_path / "a.tar", secret)
    with another(f"sqlite:///{tmp_path / 'other.db'}") as other, at_most(12):
        restore(other, FilesFolder(tmp_path / "more"), tmp_path / "a.tar", secret)
    assert len(list((tmp_path / "more").glob("*/*"))) == 50
