"""The terminal: what the program says, for people and for programs, and how it ends."""

import json
from collections.abc import Iterable
from datetime import date, time
from typing import NoReturn

import typer

from duties.message import Message

NOT_DONE, BAD_USAGE = 1, 2


def say(messages: Iterable[Message]) -> None:
    """The words of a chat on the terminal."""
    typer.echo("\n\n".join(message.text for message in messages))


def say_json(values: object) -> None:
    typer.echo(json.dumps(values, ensure_ascii=False, indent=1, default=_iso))


def _iso(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")


def leave(why: str, code: int) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(code)
