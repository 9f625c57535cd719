"""What no text may ever do: close an obligation that its words do not name and call done."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.intents import Done, DutyCode, Everything, PlanRow, Position, ShortCode, Target
from duties.replies import read_reply
from duties.spelling import fold

TODAY = date(2022, 3, 14)
CORPUS = Path(__file__).parent.parent / "corpus" / "replies.toml"
CASES = tomllib.loads(CORPUS.read_text("utf-8"))["case"]
PHRASES = [says for case in CASES for says in case["says"]]
ALL_DONE = [
    says for case in CASES if [each["is"] for each in case["means"]] == ["done"] for says in case["says"]
]
DENIALS = ["chưa", "không", "sắp", "nếu", "mai", "sẽ", "chua", "khong", "ko", "chả", "khi nào"]
SAYS_DONE = re.compile(
    r"xong|xog|xomg|xonq|hoan thanh|hoan tat|done|(?:nop|gui|bao cao|dang ky|lam|thuc hien|dc|duoc)"
)
MIXES = st.lists(st.sampled_from([*PHRASES, *DENIALS]), min_size=1, max_size=4)
JOINTS = st.sampled_from([" ", ", ", ". ", "; ", "\n", " và ", " còn ", " nhưng "])


def closed(says: str) -> list[Target]:
    return [
        target
        for intent in read_reply(says, TODAY).intents
        if isinstance(intent, Done)
        for target in intent.targets
    ]


def is_named(target: Target, says: str) -> bool:
    """Whether the words point at it, by its number, its code, a range around it, or “hết”."""
    plain = fold(says)
    match target:
        case Position(number):
            ranges = re.findall(r"(\d+) ?(?:->?|den|toi) ?(\d+)", plain)
            spans = any(int(first) <= number <= int(last) for first, last in ranges)
            return spans or re.search(rf"(?<!\d)0?{number}(?!\d)", plain) is not None
        case ShortCode(code) | DutyCode(code):
            return code.lower() in plain
        case PlanRow(number):
            return re.search(rf"@0?{number}(?!\d)", plain) is not None
        case Everything():
            return re.search(r"tat ca|toan bo|het|ca ", plain) is not None


def denied_everywhere(says: str) -> list[str]:
    words = says.split(" ")
    return [
        " ".join([*words[:at], denial, *words[at:]]) for denial in DENIALS for at in range(len(words) + 1)
    ]


@pytest.mark.parametrize("says", ALL_DONE)
def test_a_denial_anywhere_in_it_and_nothing_is_closed(says: str) -> None:
    assert [said for said in denied_everywhere(says) if _records_done(said)] == []


def _records_done(says: str) -> bool:
    return any(isinstance(intent, Done) for intent in read_reply(says, TODAY).intents)


@given(MIXES, JOINTS)
@settings(max_examples=600, deadline=None)
def test_what_is_closed_was_named_and_called_done(parts: list[str], joint: str) -> None:
    says = joint.join(parts)
    assert all(is_named(target, says) for target in closed(says))
    assert SAYS_DONE.search(fold(says)) or not _records_done(says)


@given(st.sampled_from(ALL_DONE), st.sampled_from(DENIALS[:6]), st.integers(1, 9))
@settings(max_examples=300, deadline=None)
def test_a_denied_number_is_not_closed_by_another_that_is_done(says: str, denial: str, number: int) -> None:
    assert Position(number) not in closed(f"{says}, {number} {denial} xong")


@given(MIXES)
@settings(max_examples=300, deadline=None)
def test_a_question_mark_closes_nothing_in_its_sentence(parts: list[str]) -> None:
    says = re.sub(r"[\n;.,?]|còn|nhưng", " ", " ".join(parts))
    assert not _records_done(f"{says}?")
