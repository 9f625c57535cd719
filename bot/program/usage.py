"""What is said of the program's use: help and mistakes in Vietnamese, a mistake in one line that says what to type."""

import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TypeVar

import typer
from typer import rich_utils
from typer._click.core import Command, Context
from typer._click.exceptions import (
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup, TyperOption

STOPPED = "Đã dừng theo yêu cầu; việc đang làm dở không được lưu."
# Typer's own words, as its vendored Click and pydantic write them
SAID = (
    (r"No such command (.+?)\.?", r"không có lệnh \1"),
    (r"Missing command\.", "thiếu lệnh"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"thừa “\1”"),
    (r"Option (.+) requires an argument\.", r"tùy chọn \1 cần có giá trị đi kèm"),
    (r"Option (.+) requires (\d+) arguments\.", r"tùy chọn \1 cần \2 giá trị đi kèm"),
    (r"Option (.+) does not take a value\.", r"tùy chọn \1 không có giá trị đi kèm"),
    (r"Input should be a valid (?:integer|number).*", "phải là một số"),
    (r"Input should be a valid (?:date|datetime).*", "phải là ngày, ghi như 2026-06-30"),
    (r"Input should be a valid boolean.*", "phải là có hoặc không"),
    (r"Input should be greater than or equal to (\S+)", r"phải từ \1 trở lên"),
    (r"Input should be less than or equal to (\S+)", r"không được quá \1"),
    (r"Input should be (.+)", r"phải là một trong: \1"),
    (r"(\S+) is not in the range x>=(\S+?)\.", r"phải từ \2 trở lên"),
    (r"(?:Path|File|Directory) (.+) does not exist\.", r"không thấy \1"),
    (r"File (.+) is a directory\.", r"\1 là thư mục"),
    (r"(?:Path|File|Directory) (.+) is not (?:readable|writable)\.", r"không có quyền đọc, ghi \1"),
)


class Formatter(HelpFormatter):
    """“Cách dùng: …” where others write “Usage: …”."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Cách dùng: ")


def speak_vietnamese() -> None:
    """The headings of every help page."""
    Context.formatter_class = Formatter
    rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
    rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
    rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"
    rich_utils.DEFAULT_STRING = "[mặc định: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[bắt buộc]"


Made = TypeVar("Made", bound=Command)


def in_vietnamese(command: Made) -> Made:
    """The command, and those below it, with the line of use and the word for help."""
    if isinstance(command, TyperCommand | TyperGroup):
        command.options_metavar = "[TÙY CHỌN]"
    help_option = command.get_help_option(Context(command))
    if help_option is not None:
        help_option.help = "Xem cách dùng này."
    for option in (*command.params, help_option):
        # that a flag is a “<bool>” says nothing to whoever types it
        if isinstance(option, TyperOption) and option.is_flag:
            option.metavar = ""
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = "LỆNH [THAM SỐ]…"
        for below in command.commands.values():
            in_vietnamese(below)
    return command


def run(program: typer.Typer, words: Sequence[str]) -> int:
    """Do what the command line asks, or say in one line what was wrong with it; the exit code."""
    try:
        command = in_vietnamese(typer.main.get_command(program))
        done = command(list(words), prog_name="nhacviec", standalone_mode=False)
    except ClickException as wrong:
        typer.echo(told(wrong), err=True)
        return wrong.exit_code
    except typer.Abort:
        typer.echo(STOPPED, err=True)
        return 1
    return done if isinstance(done, int) else 0


def told(wrong: ClickException) -> str:
    """What was wrong, and how to see what is right."""
    match wrong:
        case NoArgsIsHelpError():
            return wrong.format_message()
        case MissingParameter():
            what = f"thiếu {_hint(wrong)}"
        case NoSuchOption():
            near = f" (có: {', '.join(sorted(wrong.possibilities))})" if wrong.possibilities else ""
            what = f"không có tùy chọn {wrong.option_name}{near}"
        case BadParameter():
            what = f"{_hint(wrong)}: {_translated(wrong.message)}"
        case _:
            what = _translated(wrong.message)
    path = wrong.ctx.command_path if isinstance(wrong, UsageError) and wrong.ctx else "nhacviec"
    return f"Lệnh chưa đúng: {what.rstrip('.')}. Gõ “{path} --help” để xem cách dùng."


def _hint(wrong: BadParameter) -> str:
    hint = wrong.param_hint or (wrong.param.get_error_hint() if wrong.param else "giá trị")
    return " / ".join([hint] if isinstance(hint, str) else hint).replace("'", "")


def _translated(said: str) -> str:
    """As we say it; what is Vietnamese already stays."""
    for pattern, ours in SAID:
        found = re.fullmatch(pattern, said.strip())
        if found:
            return found.expand(ours).replace("'", "")
    return said


def write_utf8() -> None:
    """Also into a file or a pipe on Windows, where Python would choose a code page without Vietnamese."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def main(program: typer.Typer) -> None:
    write_utf8()
    speak_vietnamese()
    sys.exit(run(program, sys.argv[1:]))
