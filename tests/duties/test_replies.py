"""What people write: the corpus, and what no text may ever do."""

import re
import tomllib
from dataclasses import fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.deadline import Offset
from duties.intents import (
    Approve,
    Done,
    DutyCode,
    Everything,
    InProgress,
    Intent,
    MaybeDone,
    Note,
    NotYet,
    Position,
    Reply,
    ShortCode,
    ShowItem,
    Unclear,
)
from duties.replies import read_reply

TODAY = date(2022, 3, 14)
CORPUS = Path(__file__).parent.parent / "corpus" / "replies.toml"
CASES: list[dict[str, Any]] = tomllib.loads(CORPUS.read_text("utf-8"))["case"]
PHRASES = [(says, case) for case in CASES for says in case["says"]]


def _plain(value: object) -> object:
    """A part of an intent as the corpus writes it."""
    match value:
        case Position(number):
            return number
        case ShortCode(code) | DutyCode(code):
            return code
        case Everything():
            return "all"
        case Offset(n, unit):
            return f"{n:g} {unit.value}"
        case Enum():
            return value.value
        case tuple() if value and isinstance(value[0], tuple):
            return dict(value)
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _as_written(intent: Intent, ignored: list[str]) -> dict[str, Any]:
    parts = {field.name: _plain(getattr(intent, field.name)) for field in fields(intent)}
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(intent).__name__)
    said = {
        part: value
        for part, value in parts.items()
        if value not in ("", [], None, False) and part not in ignored
    }
    return {"is": name.removeprefix("_"), **said}


@pytest.mark.parametrize(("says", "case"), PHRASES, ids=[says for says, _ in PHRASES])
def test_it_means_what_the_corpus_says(says: str, case: dict[str, Any]) -> None:
    reply = read_reply(says, TODAY)
    assert [_as_written(intent, case.get("ignore", [])) for intent in reply.intents] == case["means"]


def test_the_corpus_holds_hundreds_of_phrasings_each_once() -> None:
    phrases = [says for says, _ in PHRASES]
    assert len(phrases) >= 300
    assert len(phrases) == len(set(phrases))


WORDS = [
    *(
        "xong",
        "đã xong",
        "hoàn thành",
        "đang làm",
        "chưa",
        "không",
        "sắp",
        "vướng",
        "xin lùi",
        "duyệt",
        "nhắc lại",
        "còn",
    ),
    *(
        "1",
        "2",
        "3,",
        "1-4",
        "A12",
        "2.4",
        "tất cả",
        "20/6",
        "ngày 20",
        "4 tin",
        "https://a.vn/x",
        "số 123/BC-VP",
        "việc",
    ),
    *(
        "rồi",
        "ạ",
        "?",
        "\n",
        ";",
        ".",
        ",",
        "mai",
        "vì",
        "thì",
        "đến",
        "1 tuần",
        "/xong",
        "hạn",
        "bỏ",
        "giao",
        "#",
    ),
]
QUIET = st.lists(
    st.sampled_from(["việc", "rồi", "ạ", "vì", "thì", "đến", "4 tin", "A12", "tất cả", "số 123/BC-VP"]),
    max_size=5,
)
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
ALL_DONE = [says for says, case in PHRASES if [means["is"] for means in case["means"]] == ["done"]]


def _records_done(reply: Reply) -> bool:
    return any(isinstance(intent, Done) for intent in reply.intents)


@given(st.text(max_size=200) | SENTENCES)
@settings(max_examples=400, deadline=None)
def test_every_text_has_an_answer(text: str) -> None:
    assert read_reply(text, TODAY).intents


@given(SENTENCES)
@settings(max_examples=400, deadline=None)
def test_nothing_is_done_that_nobody_said_is_done(text: str) -> None:
    says_so = any(word in text for word in ("xong", "hoàn thành"))
    assert says_so or not _records_done(read_reply(text, TODAY))


@given(SENTENCES, st.sampled_from(["chưa", "sắp", "không", "mai", "sẽ", "nếu"]), QUIET.map(" ".join))
@settings(max_examples=400, deadline=None)
def test_a_word_that_takes_back_closes_nothing_in_its_sentence(
    before: str, takes_back: str, after: str
) -> None:
    said = re.sub(r"[\n;]|\.(?!\d)|còn", " ", f"{before} {takes_back} xong 2 {after}")
    closed = [
        target
        for intent in read_reply(said, TODAY).intents
        if isinstance(intent, Done)
        for target in intent.targets
    ]
    assert Position(2) not in closed


@pytest.mark.parametrize(
    "unfinished", ["chưa xong 2 việc A12", "2 việc A12 chưa xong", "đang làm 2 việc A12"]
)
def test_a_count_that_may_be_the_number_called_done_is_asked_about(unfinished: str) -> None:
    assert not _records_done(read_reply(f"xong 2, {unfinished}", TODAY))


def test_a_count_beside_what_is_done_belongs_to_it() -> None:
    assert _records_done(read_reply("xong 2: 2 việc, 3 tin", TODAY))


@pytest.mark.parametrize("says", ALL_DONE)
def test_a_question_mark_after_it_makes_it_a_question(says: str) -> None:
    assert not _records_done(read_reply(f"{says}?", TODAY))


NOTES = [says for says, case in PHRASES if {means["is"] for means in case["means"]} == {"note"}]


def _notes(says: str) -> list[Note]:
    return [intent for intent in read_reply(says, TODAY).intents if isinstance(intent, Note)]


@pytest.mark.parametrize("says", NOTES)
def test_what_is_asked_is_no_note(says: str) -> None:
    assert not _notes(f"{says}?")


@given(
    st.sampled_from(["chưa", "không", "sẽ", "nếu", "dự kiến", "cần"]), st.sampled_from(["1:", "1", "", "#A9"])
)
def test_what_is_denied_or_planned_is_no_note(takes_back: str, about: str) -> None:
    assert not _notes(f"{about} {takes_back} đăng 4 tin, 2 bài")


@given(SENTENCES)
@settings(max_examples=400, deadline=None)
def test_a_note_stands_on_something_that_was_told(text: str) -> None:
    told = (note.quantities or note.links or note.documents or note.text for note in _notes(text))
    assert all(told)


@given(st.integers(1, 999))
def test_a_number_alone_only_points(number: int) -> None:
    assert read_reply(str(number), TODAY).intents == (ShowItem((Position(number),)),)


@pytest.mark.parametrize(
    "says", ["2 chưa xong", "2 sắp xong", "2 không xong", "việc 2 xong chưa?", "mai xong 2"]
)
def test_not_quite_done_is_never_done(says: str) -> None:
    assert isinstance(read_reply(says, TODAY).intents[0], NotYet | InProgress | MaybeDone)


def test_one_part_that_is_not_understood_leaves_nothing_recorded() -> None:
    reply = read_reply("1 xong, 2 xin lùi đến 31/2", TODAY)
    assert [type(intent) for intent in reply.intents] == [Unclear]


def test_a_day_without_a_year_that_has_passed_is_next_years_when_more_time_is_asked() -> None:
    wanted = read_reply("4 xin lùi đến 15/1", date(2022, 12, 20)).intents[0]
    assert wanted == read_reply("4 xin lùi đến 15/1/2023", date(2022, 12, 20)).intents[0]


def test_approval_in_a_question_approves_nothing() -> None:
    assert not isinstance(read_reply("duyệt 1 chưa?", TODAY).intents[0], Approve)


def test_a_range_that_is_absurd_does_not_become_a_thousand_numbers() -> None:
    done = read_reply("xong 1-999", TODAY).intents[0]
    assert isinstance(done, Done)
    assert len(done.targets) <= 2
