"""What is said of the program's use: help and mistakes in Vietnamese, a mistake in one line that says what to type."""

import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

STOPPED = "Đã dừng theo yêu cầu; việc đang làm dở không được lưu."
USAGE, LOOK = "Cách dùng: ", "Xem cách dùng này."
# Typer's own words, as its Click and pydantic write them
SAID = (
    (r"No such command (.+?)\. Did you mean (.+)\?", r"không có lệnh \1 (gần giống: \2)"),
    (r"No such command (.+?)\.?", r"không có lệnh \1"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"không có tùy chọn \1 (có: \2)"),
    (r"No such option: (.+)", r"không có tùy chọn \1"),
    (r"Missing command\.", "thiếu lệnh"),
    (r"Missing (?:argument|option|parameter) (.+)\.", r"thiếu \1"),
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
OF_A_VALUE = re.compile(r"Invalid value(?: for (?P<hint>'.+?'(?: / '.+?')*))?: (?P<why>.+)", re.DOTALL)


def _no_kind(_param: TyperArgument, ctx: typer.Context) -> None:
    """That a file is a “<path>” says nothing to whoever types it."""


def _write_usage(formatter: Any, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ANN401  Typer keeps its type to itself
    """“Cách dùng: …” where others write “Usage: …”."""
    _Plain.write_usage(formatter, prog, args, prefix or USAGE)


_Plain = typer.Context.formatter_class
HEADINGS = (
    (rich_utils, "ARGUMENTS_PANEL_TITLE", "Tham số"),
    (rich_utils, "OPTIONS_PANEL_TITLE", "Tùy chọn"),
    (rich_utils, "COMMANDS_PANEL_TITLE", "Lệnh"),
    (rich_utils, "DEFAULT_STRING", "[mặc định: {}]"),
    (rich_utils, "REQUIRED_LONG_STRING", "[bắt buộc]"),
    (TyperArgument, "display_type_rich", _no_kind),
    (typer.Context, "formatter_class", type("Formatter", (_Plain,), {"write_usage": _write_usage})),
)


def speak_vietnamese() -> None:
    """The headings of every help page."""
    for where, name, ours in HEADINGS:
        setattr(where, name, ours)


def in_vietnamese(command: object) -> None:
    """The command, and those below it, with the line of use and the word for help."""
    if not isinstance(command, TyperCommand | TyperGroup):
        return
    command.context_class = typer.Context
    command.options_metavar = "[TÙY CHỌN]"
    help_option = command.get_help_option(typer.Context(command))
    if isinstance(help_option, TyperOption):
        help_option.help = LOOK
    for option in (*command.params, help_option):
        if isinstance(option, TyperOption) and option.is_flag:
            option.metavar = ""
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = "LỆNH [THAM SỐ]…"
        for below in command.commands.values():
            in_vietnamese(below)


def run(program: typer.Typer, words: Sequence[str]) -> int:
    """Do what the command line asks, or say in one line what was wrong with it; the exit code."""
    try:
        command = typer.main.get_command(program)
        in_vietnamese(command)
        done = command(list(words), prog_name="nhacviec", standalone_mode=False)
    except typer.TyperException as wrong:
        typer.echo(told(wrong), err=True)
        return wrong.exit_code
    except typer.Abort:
        typer.echo(STOPPED, err=True)
        return 1
    return done if isinstance(done, int) else 0


def told(wrong: typer.TyperException) -> str:
    """What was wrong, and how to see what is right; nothing where a page of help was the answer."""
    said = wrong.format_message()
    if not said:
        return said
    context: typer.Context | None = getattr(wrong, "ctx", None)
    path = context.command_path if context else "nhacviec"
    return f"Lệnh chưa đúng: {_in_our_words(said).rstrip('.')}. Gõ “{path} --help” để xem cách dùng."


def _in_our_words(said: str) -> str:
    found = OF_A_VALUE.fullmatch(said)
    if found is None:
        return _translated(said)
    return f"{_bare(found['hint'] or 'giá trị')}: {_translated(found['why'])}"


def _translated(said: str) -> str:
    """As we say it; what is Vietnamese already stays."""
    for pattern, ours in SAID:
        found = re.fullmatch(pattern, said.strip())
        if found:
            return _bare(found.expand(ours))
    return said


def _bare(said: str) -> str:
    return said.replace("'", "")


def write_utf8() -> None:
    """Also into a file or a pipe on Windows, where Python would choose a code page without Vietnamese."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def main(program: typer.Typer) -> None:
    write_utf8()
    speak_vietnamese()
    sys.exit(run(program, sys.argv[1:]))
