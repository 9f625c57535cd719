"""Help and mistakes on the command line: in Vietnamese, a mistake in one line."""

import os
import re
import subprocess
import sys
from importlib import import_module

import pytest
import typer

from bot.__main__ import _MODULES, program
from bot.program.usage import run, speak_vietnamese
from duties.spelling import fold

ENGLISH = re.compile(
    r"\b(?:Usage|OPTIONS|COMMAND|ARGS|Options|Arguments|Commands|Show this|required|default|missing|invalid)\b"
    r"|<\w[^>]*>|\b(?:TEXT|INTEGER|FLOAT|PATH|int|str|bool|float|path)\b",
    re.IGNORECASE,
)


def pages() -> list[str]:
    """Every page of help there is."""
    found = [""]
    for name, module in _MODULES.items():
        below = getattr(import_module(f"bot.program.{module}"), name.replace("-", "_"))
        held = below.registered_commands if isinstance(below, typer.Typer) else []
        subs = [each.name or getattr(each.callback, "__name__", "") for each in held]
        found += [name, *(f"{name} {sub.replace('_', '-')}" for sub in subs)]
    return found


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    speak_vietnamese()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nope", "Lệnh chưa đúng: không có lệnh nope. Gõ “nhacviec --help” để xem cách dùng."),
        ("plan add", "Lệnh chưa đúng: thiếu TỆP. Gõ “nhacviec plan add --help” để xem cách dùng."),
        (
            "bakup",
            "Lệnh chưa đúng: không có lệnh bakup (gần giống: backup). Gõ “nhacviec --help” để xem cách dùng.",
        ),
        (
            "backup --passphrase x",
            "Lệnh chưa đúng: không có tùy chọn --passphrase (có: --passphrase-file). "
            "Gõ “nhacviec backup --help” để xem cách dùng.",
        ),
        (
            "summary --docx",
            "Lệnh chưa đúng: tùy chọn --docx cần có giá trị đi kèm. Gõ “nhacviec --help” để xem cách dùng.",
        ),
        (
            "summary --bogus",
            "Lệnh chưa đúng: không có tùy chọn --bogus. Gõ “nhacviec summary --help” để xem cách dùng.",
        ),
        (
            "preview --days mai",
            "Lệnh chưa đúng: --days: phải là một số. Gõ “nhacviec preview --help” để xem cách dùng.",
        ),
        (
            "healthy now",
            "Lệnh chưa đúng: thừa “now”. Gõ “nhacviec healthy --help” để xem cách dùng.",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line_that_says_what_to_type(
    capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    assert run(program, words.split()) == 2
    assert capsys.readouterr().err.splitlines() == [said]


@pytest.mark.parametrize("name", pages())
def test_no_page_of_help_speaks_english(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(program, [*name.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert fold("Cách dùng") in fold(shown)
    assert ENGLISH.findall(shown) == []


def test_told_to_stop_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:

    alone = typer.Typer(add_completion=False)

    @alone.command()
    def stop() -> None:
        raise typer.Abort

    assert run(alone, []) == 1
    assert capsys.readouterr().err == "Đã dừng theo yêu cầu; việc đang làm dở không được lưu.\n"


def test_vietnamese_goes_through_pipes_where_another_code_page_is_usual() -> None:
    windows = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    asked = [sys.executable, "-m", "bot", "deadlines", "--year", "2026"]
    done = subprocess.run(asked, input="Quý II, IV".encode(), capture_output=True, check=True, env=windows)
    assert "Quý II, IV" in done.stdout.decode()
