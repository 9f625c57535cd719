"""A database made by migrations and one made from the tables are the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import SQLModel

import data.tables  # noqa: F401  the tables register themselves
from data.engine import migrate, open_engine


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield opened
    opened.dispose()


def test_migrations_and_tables_make_one_schema(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(empty: Engine) -> None:
    migrate(empty)
    migrate(empty)
    with empty.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0001"
