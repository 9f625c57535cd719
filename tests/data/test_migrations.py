"""A database made by migrations and one made from the tables are the same."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import SQLModel

import data.tables  # noqa: F401  the tables register themselves
from data.engine import migrate
from tests.fakes.keeping import emptied
from tests.fakes.migrated import newest_revision


@pytest.fixture
def empty(engine: Engine) -> Iterator[Engine]:
    """The same database before any table was made."""
    with emptied(engine):
        yield engine


def test_migrations_and_tables_make_one_schema(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(empty: Engine) -> None:
    migrate(empty)
    migrate(empty)
    with empty.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest_revision()
