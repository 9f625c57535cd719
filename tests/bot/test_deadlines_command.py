"""`nhacviec deadlines`: phrases on standard input, one a line."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.program.deadlines import deadlines

program = typer.Typer()
program.command()(deadlines)


def run(phrases: str, *words: str) -> Result:
    return CliRunner().invoke(program, words, input=phrases)


def read_one(phrase: str, *words: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run(f"{phrase}\n", "--json", *words).stdout)
    return values


def test_it_says_each_phrase_back_on_a_line_of_its_own() -> None:
    assert (
        run("Quý II, IV\n", "--year", "2026").stdout
        == "Quý II, IV → Hạn cuối quý II và cuối quý IV năm 2026\n"
    )


def test_its_json_is_one_object_a_line_a_blank_line_too() -> None:
    lines = run("Quý II\n\ntrước ngày 15/3\n", "--json").stdout.splitlines()
    assert [json.loads(line)["phrase"] for line in lines] == ["Quý II", "", "trước ngày 15/3"]


def test_its_json_always_has_the_same_keys() -> None:
    keys = ["phrase", "reading", "also", "due", "says", "why", "event", "offset"]
    assert list(read_one("…")) == list(read_one("Quý II", "--year", "2026")) == keys


def test_its_dates_are_iso() -> None:
    due = read_one("trước ngày 15/3", "--year", "2026")["due"]
    assert due == [{"stated": "2026-03-15", "last_day": "2026-03-14", "at": None, "period": None}]


def test_it_gives_the_hour_and_the_period() -> None:
    due = read_one("trước 16h00 thứ Sáu hằng tuần", "--year", "2026")["due"][0]
    assert (due["at"], due["period"]) == ("16:00", {"start": "2025-12-29", "end": "2026-01-04"})


def test_it_gives_the_event_and_the_offset() -> None:
    read = read_one("trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản")
    assert (read["event"], read["offset"]) == ("nhận được văn bản", {"n": 5, "unit": "working_day"})


def test_without_a_year_it_asks_for_one() -> None:
    read = read_one("trước ngày 15/3")
    assert (read["reading"], read["why"]) == ("unread", "chưa biết năm")


def test_a_plan_of_several_years_repeats_a_rhythm_in_each() -> None:
    due = read_one("hằng năm", "--year", "2026-2030")["due"]
    assert [one["last_day"][:4] for one in due] == ["2026", "2027", "2028", "2029", "2030"]


@pytest.mark.parametrize("year", ["26", "2030-2026", "năm nay", "2026-", "1926"])
def test_a_wrong_year_ends_it_with_2_and_one_clear_line(year: str) -> None:
    refused = run("Quý II\n", "--year", year)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"Chưa hiểu năm “{year}”; xin ghi như 2026 hoặc 2026-2030.\n"
