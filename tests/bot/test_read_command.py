"""`nhacviec read`: what it prints, and with which code it ends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.program.read import read

SAMPLES = Path(__file__).parent.parent / "samples"
KHANH_HOA = str(SAMPLES / "khanh-hoa-stttt-2022.txt")
HA_TINH = str(SAMPLES / "ha-tinh-stnmt-2024.txt")
program = typer.Typer()
program.command()(read)


def run(*words: str) -> Result:
    return CliRunner().invoke(program, words, env={"COLUMNS": "200"})


def read_json(*words: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(run(*words, "--json").stdout)
    return values


def test_it_ends_with_0_when_it_has_read_a_plan() -> None:
    assert run(KHANH_HOA).exit_code == 0


def test_its_json_has_the_four_parts() -> None:
    assert list(read_json(KHANH_HOA)) == ["plan", "duties", "doubts", "left_out"]


def test_its_json_gives_dates_as_iso() -> None:
    due = read_json(KHANH_HOA)["duties"][0]["due"][0]
    assert (due["stated"], due["last_day"], due["at"]) == ("2022-03-31", "2022-03-31", None)


def test_its_json_says_who_does_which_bullet() -> None:
    parts = read_json(KHANH_HOA)["duties"][0]["parts"]
    assert parts[0] == {"unit": "Văn phòng Sở", "role": "lead", "bullets": [1]}


def test_its_json_says_where_a_duty_stands() -> None:
    assert read_json(HA_TINH)["duties"][0]["source"] == {"table": 1, "row": 2}


def test_its_json_says_what_was_left_out_and_why() -> None:
    left = read_json(HA_TINH)["left_out"][0]
    assert left["source"] == {"row": 21}
    assert left["why"].endswith("không phải nhiệm vụ của đơn vị")


def test_a_plan_of_several_years_has_a_period() -> None:
    plan = read_json(str(SAMPLES / "khanh-hoa-stttt-2021-2030.txt"))["plan"]
    assert (plan["year"], plan["period"]) == (None, [2021, 2030])


def test_the_year_can_be_given() -> None:
    assert read_json(HA_TINH, "--year", "2023")["plan"]["year"] == 2023


def test_people_see_head_duties_doubts_and_what_was_left_out() -> None:
    shown = run(KHANH_HOA).stdout
    assert all(
        words in shown for words in ("485/KH-STTTT", "21 nhiệm vụ", "Cần hỏi lại", "Bỏ qua", "Quý II/2022")
    )


def test_several_files_are_one_plan(tmp_path: Path) -> None:
    annex = tmp_path / "phu-luc.md"
    annex.write_text(
        "| TT | Nhiệm vụ | Chủ trì | Thời hạn |\n| 1 | Họp | Văn phòng | Quý I |", encoding="utf-8"
    )
    assert len(read_json(HA_TINH, str(annex))["duties"]) == 7


def test_it_ends_with_1_when_it_understands_nothing(tmp_path: Path) -> None:
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi anh chị.", encoding="utf-8")
    found = run(str(letter))
    assert (found.exit_code, found.stderr) == (
        1,
        "Không tìm thấy nhiệm vụ nào trong tệp này; xin kiểm tra lại tệp kế hoạch.\n",
    )


@pytest.mark.parametrize(
    "words", [(), ("khong-co.txt",), (HA_TINH, "--year", "năm nay"), (HA_TINH, "--year", "2030-2026")]
)
def test_it_ends_with_2_and_one_line_when_it_is_asked_wrongly(words: tuple[str, ...]) -> None:
    found = run(*words)
    assert (found.exit_code, found.stderr.count("\n")) == (2, 1)


def test_reading_starts_without_the_bot() -> None:
    asked = "from bot.__main__ import program; program(['read', 'no.docx'], standalone_mode=False)"
    loaded = (
        "import atexit, sys; atexit.register(lambda: print({'telegram', 'sqlmodel'} & sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", f"{loaded}; {asked}"], capture_output=True, text=True, check=False
    )
    assert (told.stdout.strip(), "Không thấy tệp" in told.stderr) == ("set()", True)
