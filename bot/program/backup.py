"""`nhacviec backup`: everything in one file, while the office goes on working."""

from pathlib import Path
from typing import Annotated

import typer

from bot.program.keeping import PRODUCT, database, noted, one_line_when_refused, passphrase, settings
from bot.program.progress import bar
from bot.program.summary_files import check
from bot.program.terminal import say_json
from data.files import MEGABYTE
from data.keeping.backup import Making
from data.keeping.backup import backup as make_backup
from data.keeping.manifest import Manifest
from data.keeping.unfinished import clear_unfinished
from scheduler.clock import Clock, WallClock


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Nơi ghi bản sao lưu (.tar).")],
    passphrase_file: Annotated[
        Path | None,
        typer.Option("--passphrase-file", metavar="TỆP", help="Tệp chứa mật khẩu để mã hóa bản sao lưu."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Sao lưu toàn bộ dữ liệu và tệp minh chứng ra một tệp, kể cả khi đang chạy."""
    check(file)
    clock: Clock = context.obj or WallClock()
    of, secret = settings(), passphrase(passphrase_file)
    for left in clear_unfinished(file.parent):
        typer.echo(f"Đã xóa {left}: phần dở dang của một lần sao lưu bị ngắt.", err=True)
    with one_line_when_refused(file), database(of) as engine, bar("Đang sao lưu") as advance:
        made = make_backup(Making(engine, of.files, PRODUCT, clock.now(), advance), file, secret)
        noted(engine, clock.now(), "backup", file, made.rows)
    size = file.stat().st_size
    if as_json:
        say_json(values(made, file, size))
    else:
        typer.echo(told(made, file, size, is_sealed=secret is not None))
    if made.lost:
        typer.echo(missing(made), err=True)


def told(made: Manifest, file: Path, size: int, *, is_sealed: bool) -> str:
    sealed, by = (" và mã hóa", " --passphrase-file TỆP") if is_sealed else ("", "")
    return (
        f"Đã sao lưu{sealed} {counted(made)} vào {file} ({max(1, round(size / MEGABYTE))} MB). "
        f"Khôi phục: nhacviec restore {file}{by}"
    )


def counted(made: Manifest) -> str:
    return f"{made.rows} bản ghi, {made.files} tệp minh chứng"


def missing(made: Manifest) -> str:
    return (
        f"{len(made.lost)} tệp minh chứng không còn nguyên trong thư mục tệp nên không có trong bản sao lưu: "
        f"{', '.join(name[:12] for name in made.lost[:5])}. Xin kiểm tra NHACVIEC_FILES_DIR."
    )


def values(made: Manifest, file: Path, size: int) -> dict[str, object]:
    return {
        "file": str(file),
        "bytes": size,
        "schema": made.schema,
        "rows": {name: table.rows for name, table in made.tables.items()},
        "files": made.files,
        "lost": made.lost,
        "heads": made.heads,
    }
