"""Alembic's door: migrations run on the connection we hand over, or on the URL in NHACVIEC_DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

import data.tables  # noqa: F401  the tables register themselves in SQLModel.metadata
from data.engine import open_engine
from data.tables.trail import guard_trail


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()
        if inspect(connection).has_table("trail"):
            guard_trail(connection)


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engine(os.environ["NHACVIEC_DATABASE_URL"]).begin() as opened:
        run(opened)
