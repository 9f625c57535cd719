"""`nhacviec doctor` as it is called: signs for people, JSON for programs, an exit code for both."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from bot.site import free_port


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def doctor(*words: str, **settings: str) -> Result:
    env = {"NHACVIEC_PORT": str(free_port("127.0.0.1", 0)), **settings}
    return CliRunner().invoke(program, ["doctor", *words], env=env)


def test_what_is_wrong_stands_beside_its_sign_and_what_to_do() -> None:
    result = doctor()
    assert (result.exit_code, "✗ Trang web: không mở được" in result.stdout) == (1, True)
    assert "→ chạy nhacviec run" in result.stdout


def test_a_program_reads_the_same_as_json() -> None:
    read = json.loads(doctor("--json").stdout)
    assert {each["state"] for each in read} == {"well", "doubtful", "wrong"}
    assert all(each["todo"] for each in read if each["state"] != "well")


def test_wrong_settings_are_findings_too() -> None:
    result = doctor(NHACVIEC_FILE_MAX_MB="nhiều")
    assert (result.exit_code, "NHACVIEC_FILE_MAX_MB: phải là một số" in result.stdout) == (1, True)


def test_it_makes_nothing(tmp_path: Path) -> None:
    doctor()
    assert list(tmp_path.iterdir()) == []
