"""The guide to installing names only settings and commands that there are, and a unit file that systemd takes."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import program
from bot.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "huong-dan" / "cai-dat.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"(?:bin/|Scripts\\|[`] ?|^    |web )nhacviec (\w+)", GUIDE, re.MULTILINE)))
SETTINGS = sorted({name.lower() for name in re.findall(r"NHACVIEC_([A-Z_]+)\b", GUIDE)})


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_in_the_guide_exists(name: str) -> None:
    assert name in Settings.model_fields


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_in_the_guide_exists(name: str) -> None:
    assert CliRunner().invoke(program, [name, "--help"]).exit_code == 0


def test_the_guide_names_the_commands_of_an_operator() -> None:
    assert {"init", "run", "doctor", "healthy"} <= set(COMMANDS)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_takes_the_unit_file(tmp_path: Path) -> None:
    lines = [line.removeprefix("    ") for line in GUIDE.splitlines()]
    text = "\n".join(lines[lines.index("[Unit]") : lines.index("WantedBy=multi-user.target") + 1])
    unit = tmp_path / "nhacviec.service"
    unit.write_text(
        re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text).replace("User=nhacviec", "User=root")
    )
    said = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert "nhacviec.service" not in said.stderr
