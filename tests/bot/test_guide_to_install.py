"""The guide to installing names only settings and commands that there are, and unit files that systemd takes."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import program
from bot.settings import Settings
from tests.conftest import missing

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "huong-dan" / "cai-dat.md").read_text("utf-8")
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.iterdir())
TOLD = "\n".join([GUIDE, *(unit.read_text("utf-8") for unit in UNITS)])
COMMANDS = sorted(
    set(re.findall(r"(?:bin/|Scripts\\|[`] ?|^    |web )nhacviec(?:\.exe)? (\w+)", TOLD, re.MULTILINE))
)
SETTINGS = sorted({name.lower() for name in re.findall(r"NHACVIEC_([A-Z_]+)\b", GUIDE)})


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_in_the_guide_exists(name: str) -> None:
    assert name in Settings.model_fields


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_in_the_guide_exists(name: str) -> None:
    assert CliRunner().invoke(program, [name, "--help"]).exit_code == 0


def test_the_guide_names_the_commands_of_an_operator() -> None:
    assert {"init", "run", "doctor", "healthy"} <= set(COMMANDS)


def test_systemd_takes_the_unit_files(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        missing("no systemd-analyze here: apt-get install systemd")
    for unit in UNITS:
        text = re.sub(r"/opt/nhacviec/bin/nhacviec\b", "/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(User|Group)=nhacviec$", r"\1=root", text), "utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", *(str(each) for each in sorted(tmp_path.iterdir()))]
    said = subprocess.run(verify, capture_output=True, text=True, check=False).stderr
    assert [line for line in said.splitlines() if "nhacviec" in line] == []


@pytest.mark.parametrize("name", ["nhacviec.service", "nhacviec-backup.service"])
def test_little_of_the_machine_is_open_to_them(name: str) -> None:
    if shutil.which("systemd-analyze") is None:
        missing("no systemd-analyze here: apt-get install systemd")
    # of a hundred, and the network that they need counts for ten
    look = [
        "systemd-analyze",
        "security",
        "--no-pager",
        "--offline=true",
        "--threshold=15",
        str(DEPLOY / name),
    ]
    judged = subprocess.run(look, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_guide_leads_to_every_unit_file(unit: Path) -> None:
    assert f"](../../deploy/{unit.name})" in GUIDE


def test_the_service_writes_to_its_own_folder_alone() -> None:
    service = (DEPLOY / "nhacviec.service").read_text("utf-8").splitlines()
    assert {"ProtectSystem=strict", "StateDirectory=nhacviec", "NoNewPrivileges=yes"} <= set(service)
    assert [line for line in service if line.startswith("ReadWritePaths=")] == []
