"""`nhacviec run`: the real thing, from the environment or `.env`."""

import typer
from pydantic import ValidationError

from bot.app import AlreadyRunning, run_office
from bot.settings import Settings


def run() -> None:
    """Chạy thật: cơ sở dữ liệu, trang web, nhắc việc theo giờ thật."""
    try:
        run_office(Settings())
    except ValidationError as wrong:
        for error in wrong.errors(include_input=False):
            typer.echo(f"Cấu hình chưa đúng: {' '.join(map(str, error['loc']))} {error['msg']}", err=True)
        raise typer.Exit(2) from None
    except AlreadyRunning as running:
        typer.echo(str(running), err=True)
        raise typer.Exit(2) from None
