"""A backup of either database brings everything back in either, row by row and number by number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import migrate, transaction
from data.files import FilesFolder
from data.keeping.backup import backup
from data.keeping.restore import restore
from data.tables import StoredFile, Unit
from duties.plan import UnitKind
from tests.fakes.conversation import PRESS, Conversation
from tests.fakes.keeping import PDF, SECRET, another, busy_office, everything, making, migrated, numbers


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Iterator[Conversation]:
    with migrated(engine):
        yield busy_office(engine, tmp_path / "files")


@pytest.fixture
def kept(talk: Conversation, tmp_path: Path) -> Path:
    backup(making(talk), tmp_path / "office.backup")
    return tmp_path / "office.backup"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    with another(f"sqlite:///{tmp_path / 'other' / 'office.db'}") as engine:
        yield engine


@pytest.fixture
def folder(tmp_path: Path) -> FilesFolder:
    return FilesFolder(tmp_path / "other" / "files")


def test_the_office_has_something_to_lose(talk: Conversation) -> None:
    filled = {name for name, rows in everything(talk.engine).items() if rows}
    assert filled >= {
        "answer",
        "decision",
        "evidence",
        "freeze",
        "plan",
        "day_off",
        "letter",
        "trail",
        "inbox",
    }


def test_every_row_comes_back_in_sqlite(
    talk: Conversation, kept: Path, other: Engine, folder: FilesFolder
) -> None:
    restore(other, folder, kept)
    assert everything(other) == everything(talk.engine)


def test_the_numbers_of_every_window_come_back(
    talk: Conversation, kept: Path, other: Engine, folder: FilesFolder
) -> None:
    restore(other, folder, kept)
    assert numbers(other) == numbers(talk.engine)


def test_files_come_back(kept: Path, other: Engine, folder: FilesFolder) -> None:
    restore(other, folder, kept)
    with transaction(other) as session:
        names = session.exec(select(StoredFile.sha256)).all()
    assert PDF in [folder.read(name) for name in names]


def test_what_came_after_is_gone_when_all_is_replaced(talk: Conversation, kept: Path) -> None:
    before = everything(talk.engine)
    with talk.office() as small:
        small.unit("Thanh tra Sở", UnitKind.DEPARTMENT)
    restore(talk.engine, talk.files, kept, replace=True)
    assert everything(talk.engine) == before


def test_numbers_once_given_are_not_given_again(talk: Conversation, kept: Path) -> None:
    with transaction(talk.engine) as session:
        known = max(unit_id or 0 for unit_id in session.exec(select(Unit.id)))
    restore(talk.engine, talk.files, kept, replace=True)
    with talk.office() as small:
        assert small.unit("Thanh tra Sở").id == known + 1


def test_the_office_goes_on_working(talk: Conversation, kept: Path) -> None:
    restore(talk.engine, talk.files, kept, replace=True)
    assert "hoàn thành" in talk.reply(PRESS, "xong #A3")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_sealed_backup_comes_back(talk: Conversation, other: Engine, folder: FilesFolder) -> None:
    sealed = talk.files.path.parent / "sealed.backup"
    backup(making(talk), sealed, SECRET)
    restore(other, folder, sealed, SECRET)
    assert everything(other) == everything(talk.engine)


def test_what_sqlite_kept_comes_back_in_postgresql(tmp_path: Path, postgresql: str) -> None:
    with another(f"sqlite:///{tmp_path / 'office.db'}") as engine, another(postgresql) as server:
        migrate(engine)
        talk = busy_office(engine, tmp_path / "files")
        backup(making(talk), tmp_path / "office.backup")
        restore(server, talk.files, tmp_path / "office.backup")
        assert (everything(server), numbers(server)) == (everything(engine), numbers(engine))
