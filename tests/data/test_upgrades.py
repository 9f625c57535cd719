"""The next release's migration on an office full of data: nothing is lost, all of it is done or none."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

import data.engine
from bot.app import CannotRun, shift_of
from bot.settings import Settings
from data.chain import verify
from data.engine import NewerDatabase, migrate, transaction
from tests.fakes.conversation import PRESS, Conversation
from tests.fakes.keeping import busy_office, migrated
from tests.fakes.migrated import newest_revision

ROOT = Path(__file__).parents[2]
NEXT = """
import os

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "later", "{newest}", None, None


def upgrade() -> None:
    with op.batch_alter_table("unit") as table:
        table.add_column(sa.Column("telephone", sa.String(), nullable=False, server_default="chưa có"))
        table.alter_column("name", new_column_name="full_name")
    with op.batch_alter_table("trail", recreate="auto") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default=""))
    {ends}
"""
KILLED = "os._exit(9)"
MIGRATE = (
    "import sys, pathlib, data.engine as e; e.MIGRATIONS = pathlib.Path(sys.argv[1]); "
    "e.migrate(e.open_engine(sys.argv[2]))"
)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Iterator[Conversation]:
    with migrated(engine):
        yield busy_office(engine, tmp_path / "files")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a program that knows one revision more."""
    return copytree(data.engine.MIGRATIONS, tmp_path / "migrations")


def written(later: Path, ends: str = "pass") -> Path:
    said = NEXT.replace("{ends}", ends).replace("{newest}", newest_revision())
    (later / "versions" / "later.py").write_text(said, encoding="utf-8")
    return later


def rows(engine: Engine, table: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]


def test_every_row_is_there_afterwards(
    office: Conversation, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {
        table: rows(office.engine, table) for table in ("unit", "answer", "obligation", "trail", "letter")
    }
    monkeypatch.setattr(data.engine, "MIGRATIONS", written(later))
    migrate(office.engine)
    for table, kept in before.items():
        width = len(kept[0])
        assert [row[:width] for row in rows(office.engine, table)] == kept
    with office.engine.connect() as connection:
        names = connection.execute(text("SELECT full_name FROM unit WHERE telephone = 'chưa có'")).scalars()
        assert PRESS in list(names)


def test_the_trail_is_whole_and_guarded_afterwards(
    office: Conversation, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data.engine, "MIGRATIONS", written(later))
    migrate(office.engine)
    with transaction(office.engine) as session:
        assert verify(session, 1).broken is None
    with pytest.raises(DBAPIError, match="kept as they are"), office.engine.begin() as connection:
        connection.execute(text("DELETE FROM trail"))


def test_what_was_killed_in_the_middle_left_nothing_and_can_be_done_again(
    office: Conversation, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(office.engine, "unit")
    url = office.engine.url.render_as_string(hide_password=False)
    dying = [sys.executable, "-c", MIGRATE, str(written(later, KILLED)), url]
    killed = subprocess.run(dying, cwd=ROOT, env={**os.environ}, check=False, capture_output=True)
    assert (killed.returncode, rows(office.engine, "unit")) == (9, before)
    monkeypatch.setattr(data.engine, "MIGRATIONS", written(later))
    migrate(office.engine)
    assert [row[: len(before[0])] for row in rows(office.engine, "unit")] == before


def test_a_database_of_a_later_release_is_left_alone(
    office: Conversation, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as of_the_next:
        of_the_next.setattr(data.engine, "MIGRATIONS", written(later))
        migrate(office.engine)
    before = rows(office.engine, "unit")
    with pytest.raises(NewerDatabase):
        migrate(office.engine)
    assert rows(office.engine, "unit") == before


def test_the_program_says_so_in_one_line(
    tmp_path: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    with monkeypatch.context() as of_the_next:
        of_the_next.setattr(data.engine, "MIGRATIONS", written(later))
        made = data.engine.open_engine(url)
        migrate(made)
        made.dispose()
    settings = Settings(database_url=url, secret_file=tmp_path / "secret")
    with pytest.raises(CannotRun, match="xin cài phiên bản đó") as refused, shift_of(settings):
        pass
    assert "\n" not in str(refused.value)
