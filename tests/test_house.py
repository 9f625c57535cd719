"""The rules of the house that a reader would otherwise have to remember."""

import re
import unicodedata
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
PACKAGES = ("duties", "data", "documents", "scheduler", "bot")
SOURCES = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
ASKS_THE_CLOCK = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_clock_asks_the_time(source: Path) -> None:
    asks = ASKS_THE_CLOCK.search(source.read_text("utf-8"))
    assert asks is None or source == ROOT / "scheduler" / "clock.py"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_vietnamese_is_written_composed(source: Path) -> None:
    text = source.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`NHACVIEC_{name.upper()}`" in (ROOT / "README.md").read_text("utf-8")


def test_lock_files_hold_pins_and_hashes_and_name_no_registry() -> None:
    pin = re.compile(
        r"[\w.-]+(?:\[[\w,-]+\])?==[\w.+!-]+(?: ; [^/\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
    )
    lines = [
        line
        for path in (ROOT / "requirements").glob("*.txt")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert lines
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_compose_sets_only_what_there_is_to_set() -> None:
    named = re.findall(r"NHACVIEC_(\w+):", (ROOT / "compose.yaml").read_text("utf-8"))
    assert named
    assert {name.lower() for name in named} <= Settings.model_fields.keys()
