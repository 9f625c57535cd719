"""The trail in words."""

import re
from pathlib import Path

import pytest

from data.announcements import DRAFTED, DROPPED, SENT
from duties.progress import Ruling, Said
from duties.wording.trail import DONE, broken, details, intact, line, speaker
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


def test_an_entry_says_when_who_for_whom_did_what_with_what() -> None:
    said = details({"wanted_due": "2022-04-20", "reason": "chờ số liệu", "inbox": 7, "obligation": 3})
    who = speaker("Nguyễn Thị Lan", "Phòng Kế hoạch")
    assert line(12, NOW, who, "extension", False, ["#A3 1.2", *said]) == (
        "12. 08:00 ngày 28/02/2022 · Nguyễn Thị Lan (Phòng Kế hoạch) · xin lùi hạn · #A3 1.2 · xin đến 20/04/2022"
        " · “chờ số liệu”"
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"quantities": {"tin": 4, "bài": 2}}, ["4 tin, 2 bài"]),
        ({"choice": "still_owed", "codes": ["A1", "A2"]}, ["vẫn nhắc", "A1, A2"]),
        ({"of": 3, "to": ["Phòng Kế hoạch"]}, ["Phòng Kế hoạch"]),
        ({"rows": 234, "drops": True}, ["234 bản ghi"]),
        ({"text": "a" * 200}, [f"“{'a' * 79}…”"]),
    ],
)
def test_what_an_entry_holds_is_read_aloud(told: dict[str, object], said: list[str]) -> None:
    assert details(told) == said


@pytest.mark.parametrize(
    ("sender", "whose", "who"), [("", "", "(không tên)"), ("", "Văn phòng", "Văn phòng"), ("Lan", "", "Lan")]
)
def test_who_did_it_is_called_by_what_is_known(sender: str, whose: str, who: str) -> None:
    assert speaker(sender, whose) == who


def test_what_happens_by_itself_says_so() -> None:
    assert speaker("", "", by_itself=True) == "(tự động)"


def test_a_name_neither_breaks_the_line_nor_colours_the_terminal() -> None:
    told = line(1, NOW, "Lan\n2. 09:00 \x1b[31m\u202eHà", "done", False, [])
    assert told == "1. 08:00 ngày 28/02/2022 · Lan 2. 09:00  [31m Hà · báo hoàn thành"


def test_whose_name_was_erased_is_nobody() -> None:
    assert speaker("", "Phòng Kế hoạch", is_erased=True) == "(đã xóa tên) (Phòng Kế hoạch)"
