"""A backup from before an upgrade is brought to today's tables on its way back."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import Engine, text

import data.engine
from data.files import FilesFolder
from data.keeping.backup import Making, backup
from data.keeping.restore import restore
from tests.fakes.conversation import PRESS, Conversation
from tests.fakes.keeping import NOW, busy_office, migrated
from tests.fakes.migrated import newest_revision

LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "later", "{newest}", None, None


def upgrade() -> None:
    with op.batch_alter_table("unit") as table:
        table.add_column(sa.Column("telephone", sa.String(), nullable=False, server_default="chưa có"))
        table.alter_column("name", new_column_name="full_name")
"""


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Iterator[Conversation]:
    with migrated(engine):
        yield busy_office(engine, tmp_path / "files")


@pytest.fixture
def upgraded(office: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup, and then a program that knows one revision more."""
    making = Making(office.engine, office.files, "0.1.0", NOW)
    backup(making, tmp_path / "old.tar")
    folder = copytree(data.engine.MIGRATIONS, tmp_path / "migrations")
    (folder / "versions" / "later.py").write_text(
        LATER.replace("{newest}", newest_revision()), encoding="utf-8"
    )
    monkeypatch.setattr(data.engine, "MIGRATIONS", folder)
    return tmp_path / "old.tar"


def test_it_has_todays_tables_and_its_own_rows(office: Conversation, upgraded: Path, tmp_path: Path) -> None:
    restore(office.engine, FilesFolder(tmp_path / "files"), upgraded, replace=True)
    with office.engine.connect() as connection:
        rows = connection.execute(text("SELECT full_name, telephone FROM unit")).all()
    assert (PRESS, "chưa có") in [tuple(row) for row in rows]
