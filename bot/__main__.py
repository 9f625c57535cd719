"""`python -m bot` = `nhacviec`; a command is imported when it is asked for, so that `read` starts without the bot."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.program import usage

_MODULES = {
    "demo": "demo",
    "run": "run",
    "read": "read",
    "deadlines": "deadlines",
    "plan": "plan",
    "unit": "unit",
    "invite": "unit",
    "calendar": "calendar",
    "policy": "policy",
    "summary": "summary",
    "preview": "preview",
    "backup": "backup",
    "restore": "restore",
    "export": "export",
    "audit": "audit",
    "retention": "retention",
    "forget": "forget",
    "init": "init",
    "doctor": "doctor",
    "healthy": "healthy",
    "web-link": "web_link",
}


class Commands(TyperGroup):
    """The commands by their names, each from its file in `bot/program/`."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401  Typer's own, handed on
        super().__init__(**given)
        # by these Typer says what a slip of the keyboard may have meant
        self.commands = {name: TyperCommand(name) for name in _MODULES}

    def list_commands(self, ctx: object) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | TyperGroup | None:
        module = _MODULES.get(cmd_name)
        return (
            _command(getattr(import_module(f"bot.program.{module}"), cmd_name.replace("-", "_")), cmd_name)
            if module
            else None
        )


def _command(found: typer.Typer | Callable[..., None], name: str) -> TyperCommand | TyperGroup | None:
    """The command or the group, as it would stand in a program of its own."""
    alone = typer.Typer(add_completion=False)
    alone.add_typer(found, name=name) if isinstance(found, typer.Typer) else alone.command(name)(found)
    made = typer.main.get_command(alone)
    named = made.commands[name] if isinstance(made, TyperGroup) else made
    usage.in_vietnamese(named)
    return named if isinstance(named, TyperCommand | TyperGroup) else None


program = typer.Typer(
    name="nhacviec",
    cls=Commands,
    help="Nhắc việc CCHC: gửi kế hoạch đã ký cho bot, không nhiệm vụ nào bị quên.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@program.callback()
def _nhacviec() -> None:
    """The program itself only holds its commands."""


def main() -> None:
    usage.main(program)


if __name__ == "__main__":
    main()
