"""A database that says of itself which schema it has, as one that was made by migrations does."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from data.engine import alembic_config


def newest_revision() -> str:
    """Of the program of today."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert newest is not None
    return newest


@contextmanager
def marked(engine: Engine) -> Iterator[Engine]:
    """With the mark of the newest schema on it."""
    script = ScriptDirectory.from_config(alembic_config())
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(script, "head")
    yield engine
    unmark(engine)


def unmark(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
