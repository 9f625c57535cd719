"""Documents are asked for in the chat, written apart, and come as letters that carry them."""

import asyncio
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.errands import LEASE, take_errand
from data.evidence import add_evidence
from data.files import FilesFolder, keep, stored
from data.letters import as_message
from data.obligations import Heard, answer
from data.offices import office_of
from data.tables import Agency, Letter, LetterState
from duties.errors import UnfitForm
from duties.progress import Said
from scheduler import scribe
from scheduler.clock import StoppedClock
from scheduler.scribe import write_documents
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-06-15 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, hanoi("2022-04-04 09:00"))
    made.plan(
        duty("1.1", due_on(date(2022, 5, 31)), PLANS, row=1),
        duty("2.1", due_on(date(2022, 6, 30)), PRESS, row=2),
    )
    made.now = NOW
    return made


@pytest.fixture
def files(tmp_path: Path) -> FilesFolder:
    return FilesFolder(tmp_path / "files")


def write(talk: Conversation, files: FilesFolder) -> int:
    return asyncio.run(write_documents(talk.engine, files, StoppedClock(talk.now)))


def carrying(talk: Conversation) -> list[Letter]:
    """The letters that carry a document, or wait for one."""
    with transaction(talk.engine) as session:
        asked = select(Letter).where(col(Letter.key).regexp_match("^reply:[0-9]+:[a-z]+$"))
        return list(session.exec(asked.order_by(col(Letter.id))))


def carried(talk: Conversation, files: FilesFolder) -> bytes:
    """The document of the newest such letter."""
    letter = carrying(talk)[-1]
    with transaction(talk.engine) as session:
        kept = stored(session, letter.agency_id, letter.file_id or 0)
    assert kept is not None
    return files.read(kept.sha256)


@pytest.mark.parametrize(
    ("words", "name", "begins"),
    [
        ("word quý 2", "Báo cáo quý II năm 2022.docx", b"PK"),
        ("excel quý 2", "Bảng số liệu quý II năm 2022.xlsx", b"PK"),
        ("biểu đồ quý 2", "Biểu đồ quý II năm 2022.png", b"\x89PNG"),
        (f"word quý 2 {PLANS}", f"Báo cáo quý II năm 2022 - {PLANS}.docx", b"PK"),
        ("word từ 1/5 đến 14/6", "Báo cáo từ 01-05-2022 đến 14-06-2022.docx", b"PK"),
    ],
)
def test_a_document_comes_as_a_letter_that_carries_it(
    talk: Conversation, files: FilesFolder, words: str, name: str, begins: bytes
) -> None:
    talk.say(OFFICE, words)
    write(talk, files)
    [letter] = carrying(talk)
    assert (letter.state, letter.file_name) == (LetterState.WAITING, name)
    assert carried(talk, files).startswith(begins)


def test_the_letter_waits_for_its_document(talk: Conversation) -> None:
    talk.say(OFFICE, "word quý 2")
    assert [letter.state for letter in carrying(talk)] == [LetterState.DRAFTED]


def test_word_alone_means_the_summary_shown_last(talk: Conversation, files: FilesFolder) -> None:
    talk.say(OFFICE, "tổng hợp từ 1/5 đến 14/6")
    talk.say(OFFICE, "word")
    write(talk, files)
    assert carrying(talk)[0].file_name == "Báo cáo từ 01-05-2022 đến 14-06-2022.docx"


def test_a_unit_gets_its_own_part_only(talk: Conversation, files: FilesFolder) -> None:
    [shown] = talk.say(PLANS, "tổng hợp quý 2")
    talk.say(PLANS, next(choice.says for choice in shown.choices if choice.label == "Excel"))
    own = talk.owed("A1").unit.id
    with transaction(talk.engine) as session:
        taken = take_errand(session, talk.now)
    assert taken is not None
    assert taken[1].scope.unit_ids == frozenset({own})


def test_what_holds_nothing_is_not_written(talk: Conversation) -> None:
    assert "không có phần việc nào nên chưa có gì để soạn" in talk.reply(OFFICE, "word quý 4 năm 2021")


def test_evidence_that_nobody_sent_is_not_packed(talk: Conversation) -> None:
    assert "Chưa có tệp minh chứng nào cho quý II năm 2022" in talk.reply(OFFICE, "minh chứng quý 2")


def test_the_clerk_hears_what_is_still_blank(talk: Conversation, files: FilesFolder) -> None:
    talk.say(OFFICE, "word quý 2")
    write(talk, files)
    assert "Còn để trống: người ký, nơi nhận (gõ /mau để điền)." in as_message(carrying(talk)[0].body).text


def test_a_unit_is_not_asked_to_have_it_signed(talk: Conversation, files: FilesFolder) -> None:
    talk.say(PLANS, "word quý 2")
    write(talk, files)
    [letter] = carrying(talk)
    assert f"quý II năm 2022 - {PLANS}, số liệu đến hết ngày" in as_message(letter.body).text
    assert "ký" not in as_message(letter.body).text


def test_an_errand_is_done_once(talk: Conversation, files: FilesFolder) -> None:
    talk.say(OFFICE, "word quý 2")
    assert (write(talk, files), write(talk, files)) == (1, 0)


def test_two_scribes_never_take_one_errand(talk: Conversation) -> None:
    talk.say(OFFICE, "word quý 2")
    with transaction(talk.engine) as session:
        assert take_errand(session, talk.now) is not None
    with transaction(talk.engine) as session:
        assert take_errand(session, talk.now) is None


def test_one_whose_scribe_died_is_written_by_the_next(talk: Conversation, files: FilesFolder) -> None:
    talk.say(OFFICE, "word quý 2")
    with transaction(talk.engine) as session:
        take_errand(session, talk.now)
    talk.now += LEASE + timedelta(seconds=1)
    assert write(talk, files) == 1


def test_what_cannot_be_written_is_said(
    talk: Conversation, files: FilesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise UnfitForm("Mẫu báo cáo hỏng.")

    monkeypatch.setattr(scribe, "write_docx", refuse)
    talk.say(OFFICE, "word quý 2")
    write(talk, files)
    [letter] = carrying(talk)
    assert (letter.state, letter.file_id) == (LetterState.WAITING, None)
    assert as_message(letter.body).text == "Chưa soạn được báo cáo Word: Mẫu báo cáo hỏng."


def hand_in(talk: Conversation, files: FilesFolder, name: str) -> None:
    """The planning unit reports #A1 as done before the data close, with a file."""
    owed, at = talk.owed("A1"), hanoi("2022-06-10 09:00")
    with transaction(talk.engine) as session:
        agency = session.get_one(Agency, owed.obligation.agency_id)
        kept = keep(session, files, owed.obligation.agency_id, name, b"da hop", at)
        said = answer(session, owed, Said.DONE, Heard(at), office_of(session, agency, at.date()))
        add_evidence(session, owed.id, kept, Heard(at), said)


def test_evidence_is_packed_in_folders_by_duty(talk: Conversation, files: FilesFolder) -> None:
    hand_in(talk, files, "bien-ban.txt")
    talk.say(OFFICE, "minh chứng quý 2")
    write(talk, files)
    names = zipfile.ZipFile(io.BytesIO(carried(talk, files))).namelist()
    assert [name for name in names if name.endswith("bien-ban.txt") and name.startswith("01 - 1.1")]


def test_a_pack_that_no_chat_can_be_handed_says_what_to_do(
    talk: Conversation, files: FilesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scribe, "MOST_PACKED", 5)
    hand_in(talk, files, "bien-ban.txt")
    talk.say(OFFICE, "minh chứng quý 2")
    write(talk, files)
    assert "Chưa soạn được bộ minh chứng: bộ minh chứng lớn hơn" in as_message(carrying(talk)[-1].body).text
