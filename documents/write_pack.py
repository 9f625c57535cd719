"""The evidence of a window as one .zip: a folder for each duty and an index, written without holding the files in memory."""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, BinaryIO

from documents.pack_index import Entry, index_html, index_xlsx
from duties.facts import Fact
from duties.file_names import name_on_disk
from duties.report import Proof, Report, Row
from duties.wording.entries import shortened
from duties.workdays import HANOI

INDEX_XLSX, INDEX_HTML = "00 - Mục lục.xlsx", "00 - Mục lục.html"
LONGEST_CONTENT, LONGEST_FOLDER, LONGEST_UNIT, LONGEST_FILE = 45, 60, 30, 80
_CHUNK = 1 << 20
_FIRST_YEAR_OF_ZIP = 1980
_READABLE = 0o644 << 16
# These are packed already: packing them again costs time and saves nothing.
_PACKED = ("image/", "video/", "audio/", "application/zip", "application/pdf", "application/vnd.")


@dataclass(frozen=True)
class PackFile:
    """A file of an obligation; `open` gives its bytes, or an OSError where they are lost."""

    row: Row
    proof: Proof
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Packed:
    """How many files lie in the pack, and the names of those that could not be opened."""

    files: int
    lost: tuple[str, ...]


def write_pack(
    target: IO[bytes],
    report: Report,
    files: Iterable[PackFile],
    progress: Callable[[int], None] = lambda done: None,
) -> Packed:
    """Write file after file; `progress` is told how many are done."""
    rows = (*report.rows, *report.carried_over)
    with zipfile.ZipFile(target, "w") as archive:
        pack = _Pack(archive, _folders(rows))
        for done, file in enumerate(files, 1):
            pack.put(file)
            progress(done)
        entries = pack.entries(rows)
        pack.write(INDEX_XLSX, index_xlsx(report, entries), report.made_on)
        pack.write(INDEX_HTML, index_html(report, entries).encode(), report.made_on)
    lost = tuple(name for entry in entries for name in entry.lost)
    return Packed(sum(len(entry.paths) for entry in entries), lost)


def _folders(rows: Sequence[Row]) -> dict[int, str]:
    """A folder for each duty: “01 - 1.1 Ban hành kế hoạch”, in the order of the report."""
    first: dict[int, Fact] = {}
    for row in rows:
        first.setdefault(row.fact.duty_id, row.fact)
    digits = max(2, len(str(len(first))))
    return {
        duty_id: _folder(f"{place:0{digits}}", fact) for place, (duty_id, fact) in enumerate(first.items(), 1)
    }


def _folder(number: str, fact: Fact) -> str:
    return name_on_disk(f"{number} - {fact.code} {shortened(fact.content, LONGEST_CONTENT)}", LONGEST_FOLDER)


class _Pack:
    """What was put where, so that no two names are the same even where capitals do not count."""

    def __init__(self, archive: zipfile.ZipFile, folders: dict[int, str]) -> None:
        self._archive, self._folders = archive, folders
        self._taken: set[str] = set()
        self._same: dict[tuple[int, str], str] = {}
        self._paths: dict[int, list[str]] = {}
        self._lost: dict[int, list[str]] = {}

    def put(self, file: PackFile) -> None:
        """A file that proves two obligations of one duty lies there once."""
        key = (file.row.fact.duty_id, file.proof.sha256)
        if key not in self._same:
            try:
                source = file.open()
            except OSError:
                self._lost.setdefault(file.row.fact.obligation_id, []).append(file.proof.name)
                return
            self._same[key] = self._copy(source, file)
        self._paths.setdefault(file.row.fact.obligation_id, []).append(self._same[key])

    def write(self, path: str, content: bytes, made_on: date) -> None:
        """A file that we made ourselves, dated with the day of the report."""
        info = _info(path, datetime.combine(made_on, time()), is_packed=False)
        self._archive.writestr(info, content)

    def entries(self, rows: Iterable[Row]) -> list[Entry]:
        """What the index tells of each obligation, once all files are in."""
        return [
            Entry(
                row,
                tuple(self._paths.get(row.fact.obligation_id, ())),
                tuple(self._lost.get(row.fact.obligation_id, ())),
            )
            for row in rows
        ]

    def _copy(self, source: BinaryIO, file: PackFile) -> str:
        path = self._free(file)
        is_packed = file.proof.media_type.startswith(_PACKED)
        info = _info(path, file.proof.given_at.astimezone(HANOI), is_packed=is_packed)
        with source, self._archive.open(info, "w", force_zip64=True) as place:
            shutil.copyfileobj(source, place, _CHUNK)
        return path

    def _free(self, file: PackFile) -> str:
        """The unit and the file's own name; a second one of that name gets a number."""
        folder = self._folders[file.row.fact.duty_id]
        unit, name = (
            name_on_disk(file.row.fact.unit, LONGEST_UNIT),
            name_on_disk(file.proof.name, LONGEST_FILE),
        )
        stem, dot, suffix = name.rpartition(".")
        if not stem:
            stem, dot, suffix = name, "", ""
        numbers = ("", *(f" ({number})" for number in range(2, len(self._taken) + 3)))
        names = (f"{folder}/{unit} - {stem}{number}{dot}{suffix}" for number in numbers)
        path = next(path for path in names if path.casefold() not in self._taken)
        self._taken.add(path.casefold())
        return path


def _info(path: str, at: datetime, *, is_packed: bool) -> zipfile.ZipInfo:
    """An entry of the day on which it was given, not of the hour of writing."""
    when = (max(at.year, _FIRST_YEAR_OF_ZIP), at.month, at.day, at.hour, at.minute, at.second)
    info = zipfile.ZipInfo(path, when)
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    info.external_attr = _READABLE
    return info
