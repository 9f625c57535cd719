"""What an earlier release kept is whole after every later migration, on both databases."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlmodel import SQLModel

from data.chain import chains_of, read_head, verify
from data.engine import alembic_config, is_at_head, migrate, transaction
from data.files import FilesFolder
from data.keeping.restore import restore
from data.keeping.restore import verify as checked
from tests.fakes.keeping import emptied, migrated
from tests.samples.releases.make import BACKUP, RELEASES, TOTALS, make, totals_of
from tests.samples.releases.tables import DATABASES, kept_in, tables_of

NEWEST = RELEASES / version("nhacviec")
SAMPLES = sorted(path.parent for path in RELEASES.glob(f"*/{BACKUP}"))


@pytest.fixture(params=SAMPLES, ids=lambda folder: folder.name)
def release(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture
def restored(engine: Engine, release: Path, tmp_path: Path) -> Iterator[Engine]:
    """That release's office under the program of today."""
    with migrated(engine):
        restore(engine, FilesFolder(tmp_path / "files"), release / BACKUP, replace=True)
        yield engine


def test_it_adds_up_to_the_same_under_the_program_of_today(restored: Engine, release: Path) -> None:
    assert asdict(totals_of(restored)) == json.loads((release / TOTALS).read_text("utf-8"))
    with transaction(restored) as session:
        assert is_at_head(session)


def test_its_trail_is_whole_up_to_the_head_that_was_kept(restored: Engine, release: Path) -> None:
    kept = [read_head(each) for each in json.loads((release / TOTALS).read_text("utf-8"))["heads"]]
    with transaction(restored) as session:
        assert [verify(session, chain, kept).broken for chain in chains_of(session)] == [None] * len(kept)


def test_its_evidence_is_whole(restored: Engine, tmp_path: Path) -> None:
    files = FilesFolder(tmp_path / "files")
    assert [files.is_whole(path.name) for path in files.path.glob("*/*")] == [True]


@pytest.fixture
def upgraded(engine: Engine, release: Path) -> Iterator[Engine]:
    """A database as that release made it, brought to the tables of today."""
    with emptied(engine):
        made = kept_in(release, engine.dialect.name).read_text("utf-8")
        with engine.begin() as connection:
            for statement in made.split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement)
            script = ScriptDirectory.from_config(alembic_config())
            MigrationContext.configure(connection).stamp(script, checked(release / BACKUP).schema)
        migrate(engine)
        yield engine


def test_a_database_that_it_made_has_all_that_is_in_todays_tables(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize("database", DATABASES)
def test_its_migrations_say_what_they_said_when_it_went_out(release: Path, database: str) -> None:
    kept = kept_in(release, database).read_text("utf-8")
    assert tables_of(database, checked(release / BACKUP).schema) == kept


def test_the_sample_of_this_release_is_what_its_program_makes(tmp_path: Path) -> None:
    made, kept = asdict(make(tmp_path)), json.loads((NEWEST / TOTALS).read_text("utf-8"))
    assert (made["rows"], made["windows"]) == (kept["rows"], kept["windows"])
