"""`nhacviec run`: the real thing, from the environment or `.env`."""

import typer
from pydantic import ValidationError

from bot.app import CannotRun, run_office
from bot.settings import Settings, what_is_wrong


def run() -> None:
    """Chạy thật: cơ sở dữ liệu, trang web, nhắc việc theo giờ thật."""
    try:
        run_office(Settings())
    except ValidationError as wrong:
        for error in wrong.errors(include_input=False):
            typer.echo(what_is_wrong(error), err=True)
        raise typer.Exit(2) from None
    except CannotRun as cannot:
        typer.echo(str(cannot), err=True)
        raise typer.Exit(2) from None
