"""The trail in words."""

import re
from pathlib import Path

import pytest

from data.announcements import DRAFTED, DROPPED, SENT
from duties.progress import Ruling, Said
from duties.wording.trail import DONE, broken, intact
from tests.conftest import NOW

ROOT = Path(__file__).parents[2]
NOTED = re.compile(r"(?:turn|trail)\.note\((?:[^\"()\[\]]|\([^()]*\))*?\"([a-z_]+)\"")
SOURCES = [path for package in ("bot", "scheduler", "data") for path in (ROOT / package).rglob("*.py")]
ACTIONS = {name for path in SOURCES for name in NOTED.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("action", sorted({*ACTIONS, *Said, *Ruling, DRAFTED, DROPPED, SENT}))
def test_everything_that_is_noted_has_a_name(action: str) -> None:
    assert action in DONE


def test_a_whole_chain_is_told_with_its_head() -> None:
    assert intact("Sở Nội vụ", 1204, NOW, NOW, "1-1204-9f86d081884c7d65", erased=2, cut=50) == (
        "Sở Nội vụ: 1.204 mục, từ 08:00 ngày 28/02/2022 đến 08:00 ngày 28/02/2022: nguyên vẹn "
        "(mục 1 đến 50 đã bỏ vì hết hạn giữ; 2 mục đã xóa tên và lời, có ghi nhận). Mã đối chiếu: 1-1204-9f86d081884c7d65"
    )


def test_a_broken_one_says_where_and_what_to_do() -> None:
    said = broken("Sở Nội vụ", 5, 3, "missing", None)
    assert said.startswith("Sở Nội vụ: 5 mục, KHÔNG nguyên vẹn từ mục 3: thiếu mục này. Xin giữ nguyên")
