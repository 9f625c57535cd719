"""`nhacviec export`: everything for reading elsewhere, as a folder or a .zip."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console

from bot.program.keeping import database, noted, one_line_when_refused, settings
from bot.program.summary_files import check
from bot.program.terminal import BAD_USAGE, leave
from data.engine import migrate
from data.handover.export import INDEX, Exported, Place
from data.handover.export import export as write_everything
from data.handover.sheets import ALL
from data.keeping.snapshot import schema_of, snapshot
from scheduler.clock import Clock, WallClock


class Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self, name: str) -> IO[bytes]:
        place = self._path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("wb")


class Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name, "w", force_zip64=True)


def export(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="THƯ-MỤC", help="Thư mục mới, hoặc tệp .zip.")],
) -> None:
    """Xuất toàn bộ dữ liệu để đọc nơi khác: bảng CSV, JSON, tệp kế hoạch và minh chứng."""
    check(target.with_suffix(".zip") if target.is_dir() else target)
    if target.exists():
        leave(f"{target} đã có; xin chọn tên khác.", BAD_USAGE)
    of, console = settings(), Console(stderr=True)
    with one_line_when_refused(target), database(of) as engine, console.status("Đang xuất") as status:
        with snapshot(engine) as before:
            schema_of(before)
        migrate(engine)
        clock: Clock = context.obj or WallClock()
        with _placed(target) as place:
            made = write_everything(engine, of.files, place, lambda what: status.update(f"Đang xuất: {what}"))
        noted(engine, clock.now(), "export", target)
    typer.echo(_told(made, target))
    for path in made.lost:
        typer.echo(f"Không còn tệp: {path}", err=True)


def _told(made: Exported, target: Path) -> str:
    return f"Đã xuất {len(ALL)} bảng và {made.files} tệp vào {target}; xin đọc {INDEX} trước."


@contextmanager
def _placed(target: Path) -> Iterator[Place]:
    """Written aside and then named: what has the name is whole. Its owner alone may read it."""
    aside = target.with_name(f".{target.name}.dang-ghi")
    _clear(aside)  # an export that was killed left it
    try:
        if target.suffix.lower() == ".zip":
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                yield Zip(archive)
        else:
            aside.mkdir(mode=0o700)
            yield Folder(aside)
        os.replace(aside, target)
    finally:
        _clear(aside)


def _clear(aside: Path) -> None:
    if aside.is_dir():
        shutil.rmtree(aside)
    aside.unlink(missing_ok=True)
