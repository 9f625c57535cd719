"""The tables as a release made them, in the words of each database: what its migrations have to say for ever.

`make release-sample` writes them beside the sample of the version, once.
"""

from io import StringIO
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from data.engine import alembic_config

DATABASES = ("sqlite", "postgresql")


def kept_in(release: Path, database: str) -> Path:
    return release / f"tables-{database}.sql"


def tables_of(database: str, revision: str) -> str:
    """What the migrations up to that revision say to that database, as SQL."""
    said = StringIO()
    context = MigrationContext.configure(
        dialect_name=database, opts={"as_sql": True, "output_buffer": said, "render_as_batch": True}
    )
    scripts = [*ScriptDirectory.from_config(alembic_config()).walk_revisions("base", revision)]
    with Operations.context(context):
        for script in reversed(scripts):
            script.module.upgrade()
    return "".join(f"{line.rstrip()}\n" for line in said.getvalue().splitlines())


def keep_tables(release: Path, revision: str) -> None:
    """Write them for a release that has none yet."""
    for database in DATABASES:
        if not (kept := kept_in(release, database)).exists():
            kept.write_text(tables_of(database, revision), "utf-8")
