"""How long `nhacviec run` takes from its start until it says that it is ready, however much there is to do that morning."""

import argparse
import asyncio
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol

from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, make_url, text

from benchmarks.offices import Load, furnish
from benchmarks.planning import ORDINARY, postgresql
from data.engine import migrate, open_engine
from tests.load.process import Morning, program, ready

AIM = 5.0
# open obligations on a working morning at eight, when that day's reminders are due and none is planned; 0: an empty folder
OFFICES = (0, 5_000, 100_000)
STARTS = 5


class Databases(Protocol):
    """Where each start finds the same office, as if none had been before it."""

    name: str

    def furnished(self, obligations: int) -> None: ...

    def fresh(self, folder: Path) -> str: ...


class OnSqlite:
    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._office = folder / "office.db"

    def furnished(self, obligations: int) -> None:
        self._office.unlink(missing_ok=True)
        if obligations:
            _furnish(f"sqlite:///{self._office}", obligations)

    def fresh(self, folder: Path) -> str:
        if self._office.exists():
            shutil.copy(self._office, folder / "office.db")
        return f"sqlite:///{folder / 'office.db'}"


class OnPostgresql:
    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self._url = url

    def furnished(self, obligations: int) -> None:
        self._make("bench_office")
        if obligations:
            _furnish(self._named("bench_office"), obligations)

    def fresh(self, folder: Path) -> str:
        self._make("bench_start", "TEMPLATE bench_office")
        return self._named("bench_start")

    def _make(self, name: str, how: str = "") -> None:
        server = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} {how}"))
        server.dispose()

    def _named(self, name: str) -> str:
        return make_url(self._url).set(database=name).render_as_string(hide_password=False)


@dataclass(frozen=True)
class Started:
    """Seconds of each start."""

    where: str
    obligations: int
    seconds: Sequence[float]


def main(words: Sequence[str] = ()) -> None:
    """`python -m benchmarks starting --starts 5 --on sqlite --offices 0 5000`."""
    asked = _asked(words)
    started = [
        _started(databases, obligations, asked.starts)
        for name in asked.on
        for databases in _databases(name)
        for obligations in asked.offices
    ]
    Console().print(_table(started))


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks starting")
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--offices", type=int, nargs="+", default=list(OFFICES))
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    return parser.parse_args(words)


def _databases(name: str) -> Iterator[Databases]:
    with ExitStack() as held:
        if name == "postgresql":
            yield OnPostgresql(held.enter_context(postgresql()))
        else:
            yield OnSqlite(held.enter_context(_folder()))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="nhacviec-start-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _furnish(url: str, obligations: int) -> None:
    engine = open_engine(url)
    migrate(engine)
    furnish(engine, Load(obligations, ORDINARY))
    # whoever closes a SQLite file last leaves all of it in that one file
    engine.dispose()


def _started(databases: Databases, obligations: int, starts: int) -> Started:
    databases.furnished(obligations)
    return Started(databases.name, obligations, [_seconds_of_a_start(databases) for _ in range(starts)])


def _seconds_of_a_start(databases: Databases) -> float:
    with _folder() as folder:
        return asyncio.run(_start(folder, databases.fresh(folder)))


async def _start(folder: Path, url: str) -> float:
    port = _free_port()
    began = time.perf_counter()
    async with program(folder, "web", _settings(folder, url, port), Morning(ORDINARY)):
        await ready(f"http://127.0.0.1:{port}")
        return time.perf_counter() - began


def _settings(folder: Path, url: str, port: int) -> Mapping[str, str]:
    return {
        "NHACVIEC_DATABASE_URL": url,
        "NHACVIEC_FILES_DIR": str(folder / "files"),
        "NHACVIEC_SECRET_FILE": str(folder / "secret"),
        "NHACVIEC_PORT": str(port),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _table(started: Sequence[Started]) -> Table:
    table = Table(
        title=f"nhacviec run: từ lúc khởi động đến khi sẵn sàng (mục tiêu {AIM:.0f} s)", title_justify="left"
    )
    for heading in ("", "phần việc mở", "số lần", "trung vị", "lâu nhất"):
        table.add_column(heading, justify="right" if heading else "left")
    for each in started:
        table.add_row(
            each.where,
            f"{each.obligations:,}" if each.obligations else "thư mục trống",
            str(len(each.seconds)),
            f"{median(each.seconds):.2f} s",
            f"{max(each.seconds):.2f} s",
        )
    return table


if __name__ == "__main__":
    main()
