"""Write everything out for reading: tables, JSON, plans and evidence, into a folder or a .zip."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, LargeBinary, Table, select
from sqlmodel import col

from data.files import FileLost, FilesFolder
from data.handover.cells import BOM, csv_of
from data.handover.sheet import shown
from data.handover.sheets import ALL
from data.keeping.archive import CHUNK
from data.keeping.rows import plain_line, tables_of
from data.keeping.snapshot import rows_of, snapshot
from data.tables import Duty, Evidence, Obligation, Occurrence, StoredFile, Unit
from duties.file_names import name_on_disk

# Hashes of codes and addresses open nothing, and are nobody's business all the same.
NOT_SHOWN = {"code_hash", "token_hash"}
INDEX = "MUC-LUC.txt"


class Place(Protocol):
    """A folder or a .zip to write into."""

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]: ...


@dataclass
class Exported:
    files: int = 0
    lost: list[str] = field(default_factory=list)


def export(engine: Engine, files: FilesFolder, place: Place, told: Callable[[str], None]) -> Exported:
    """Everything of one moment; `told` hears what is being written."""
    made = Exported()
    with snapshot(engine) as connection:
        for sheet in ALL:
            told(sheet.about)
            _write(place, f"{sheet.name}.csv", csv_of(sheet.headings, sheet.lines(connection)))
        for name, table in tables_of(connection).items():
            told(name)
            _write(place, f"du-lieu/{name}.jsonl", _lines(connection, table))
            made.files += _contents(connection, table, place)
        evidence = list(_evidence(connection))
    for number, (path, sha256) in enumerate(evidence, start=1):
        told(f"tệp {number}/{len(evidence)}")
        if _copy(files, sha256, place, path):
            made.files += 1
        else:
            made.lost.append(path)
    _write(place, INDEX, [_index(made.lost).encode()])
    return made


def _write(place: Place, name: str, pieces: Iterable[bytes]) -> None:
    with place.open(name) as out:
        out.writelines(pieces)


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row as a line of JSON, without what has a file of its own."""
    shown = [c.name for c in table.columns if c.name not in NOT_SHOWN and not isinstance(c.type, LargeBinary)]
    for row in connection.execute(
        select(*(table.columns[name] for name in shown)).order_by(table.columns.id)
    ):
        yield plain_line(shown, row)


def _contents(connection: Connection, table: Table, place: Place) -> int:
    """Plans and forms as they came, which are kept in the rows themselves."""
    held = next((c.name for c in table.columns if isinstance(c.type, LargeBinary)), None)
    if held is None:
        return 0
    names, written = table.columns.keys(), 0
    for row in rows_of(connection, table):
        values = dict(zip(names, row, strict=True))
        content = values[held]
        if isinstance(content, bytes) and content:
            name = name_on_disk(str(values.get("source_name") or values.get("file_name") or ""))
            _write(place, f"tep-goc/{table.name}/{values['id']} - {name}", [content])
            written += 1
    return written


def _evidence(connection: Connection) -> Iterator[tuple[str, str]]:
    """Where each file goes, by unit and duty; what proves nothing yet lies apart."""
    asked = (
        shown(
            col(Unit.name).label("unit"),
            col(Duty.code).label("code"),
            col(Obligation.short_code).label("work"),
            col(Evidence.id).label("number"),
            col(Evidence.file_name).label("name"),
            col(StoredFile.sha256).label("sha256"),
        )
        .select_from(Evidence)
        .join(Obligation, col(Evidence.obligation_id) == Obligation.id)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
        .join(StoredFile, col(Evidence.file_id) == StoredFile.id)
        .where(col(StoredFile.let_go_at).is_(None))
        .order_by(col(Evidence.id))
    )
    seen: set[str] = set()
    for row in connection.execute(asked):
        seen.add(row.sha256)
        unit, work = name_on_disk(row.unit, 60), name_on_disk(f"{row.code} ({row.work})", 60)
        yield f"minh-chung/{unit}/{work}/{row.number} - {name_on_disk(row.name)}", row.sha256
    others = select(col(StoredFile.sha256), col(StoredFile.media_type)).where(
        col(StoredFile.let_go_at).is_(None)
    )
    for sha256, media_type in connection.execute(others):
        if sha256 not in seen:
            seen.add(sha256)
            yield f"minh-chung/khac/{sha256[:16]}.{_ending(media_type)}", sha256


def _ending(media_type: str) -> str:
    return name_on_disk(media_type.rpartition("/")[2].rpartition(".")[2], 12)


def _copy(files: FilesFolder, sha256: str, place: Place, path: str) -> bool:
    try:
        source = files.place(sha256).open("rb")
    except (FileNotFoundError, FileLost):
        return False
    with source, place.open(path) as out:
        out.writelines(iter(lambda: source.read(CHUNK), b""))
    return True


def _index(lost: Iterable[str]) -> str:
    lines = [
        "Dữ liệu của Nhắc việc CCHC",
        "",
        "Bảng (CSV, mở bằng Excel hoặc LibreOffice):",
        *(f"  {sheet.name}.csv: {sheet.about}" for sheet in ALL),
        "",
        "du-lieu/: mọi bản ghi dạng JSON, mỗi dòng một bản ghi, giờ UTC",
        "tep-goc/: tệp kế hoạch, biểu mẫu, tệp gửi kèm tin như khi nhận",
        "minh-chung/: tệp minh chứng theo đơn vị và nhiệm vụ",
        *(f"Không còn tệp: {path}" for path in lost),
    ]
    return BOM + "\r\n".join(lines) + "\r\n"
