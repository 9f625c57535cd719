"""The terminal: what the program says, for people and for programs, and how it ends."""

import json
from collections.abc import Iterable
from datetime import date, time
from getpass import getuser
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


def who() -> str:
    """The name under which the trail knows whoever runs the program."""
    try:
        return f"{getuser()} (dòng lệnh)"
    except (KeyError, OSError):  # a container may run as a user without a name
        return "dòng lệnh"


def leave(why: str, code: int) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(code)
