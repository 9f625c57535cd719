"""`nhacviec restore`: bring back what a backup holds, all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from bot.app import run_lock
from bot.program.backup import counted, missing
from bot.program.keeping import database, noted, one_line_when_refused, passphrase, settings
from bot.program.progress import bar
from bot.program.terminal import NOT_DONE, leave
from bot.settings import Settings
from data.keeping.errors import Busy
from data.keeping.manifest import Manifest
from data.keeping.restore import restore as bring_back
from data.keeping.restore import verify
from data.locks import Lock
from duties.workdays import HANOI
from scheduler.clock import Clock, WallClock


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao lưu.")],
    passphrase_file: Annotated[
        Path | None,
        typer.Option("--passphrase-file", metavar="TỆP", help="Tệp chứa mật khẩu của bản sao lưu."),
    ] = None,
    only_check: Annotated[
        bool, typer.Option("--check", help="Chỉ kiểm tra bản sao lưu, không khôi phục.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay toàn bộ dữ liệu đang có (hỏi lại trước khi làm).")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
) -> None:
    """Khôi phục từ bản sao lưu vào cơ sở dữ liệu trống; bản hỏng hoặc mới hơn thì từ chối."""
    secret = passphrase(passphrase_file)
    clock: Clock = context.obj or WallClock()
    with one_line_when_refused(file):
        with bar("Đang kiểm tra") as advance:
            found = verify(file, secret, advance)
        if only_check:
            typer.echo(f"Bản sao lưu còn nguyên vẹn: {described(found)}.{_heads(found)}")
            return
        of = settings()
        if replace and not yes:
            _confirm(found)
        with database(of) as engine, _nobody_runs(of, engine), bar("Đang khôi phục") as advance:
            bring_back(engine, of.files, file, secret, replace=replace, advance=advance)
            noted(engine, clock.now(), "restore", file, found.rows)
    typer.echo(f"Đã khôi phục {described(found)}. Chạy lại: nhacviec run")
    if found.lost:
        typer.echo(missing(found), err=True)


def described(found: Manifest) -> str:
    return f"{counted(found)}, sao lưu lúc {found.made_at.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"


def _heads(found: Manifest) -> str:
    return f" Mã đối chiếu nhật ký: {', '.join(found.heads)}" if found.heads else ""


def _confirm(found: Manifest) -> None:
    question = f"Thay TOÀN BỘ dữ liệu đang có bằng {described(found)}? Gõ “đồng ý” để làm"
    if typer.prompt(question, default="", show_default=False, err=True).strip().lower() != "đồng ý":
        leave("Chưa khôi phục; dữ liệu đang có còn nguyên.", NOT_DONE)


@contextmanager
def _nobody_runs(of: Settings, engine: Engine) -> Iterator[None]:
    """No `run` works on the database meanwhile, and none starts."""
    beside = run_lock(of.database_url)
    planner = Lock(engine, "planner") if engine.dialect.name == "postgresql" else None
    try:
        if planner is not None and not planner.take():
            raise Busy
        yield
    finally:
        if planner is not None:
            planner.release()
        if beside is not None:
            beside.release()
