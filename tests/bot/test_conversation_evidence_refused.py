"""Files that are not kept: unsafe, too big, secret, or from who may not send any; the words beside them are heard."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import select

from data.engine import transaction
from data.people import Place, redeem
from data.tables import ChatRole, StoredFile
from tests.fakes.conversation import PLANS, Conversation
from tests.fakes.evidence import JPEG, NOW, PDF, is_done, owing, proof, send


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    return owing(engine, tmp_path)


def test_the_same_file_twice_is_there_once(talk: Conversation) -> None:
    send(talk, "xong #A1")
    assert "đã có trong việc này, không lưu thêm lần nữa" in send(talk, "#A1", "ten-khac.pdf")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_an_unsafe_file_is_refused_and_the_words_are_heard(talk: Conversation) -> None:
    answer = send(talk, "xong #A1", "bao-cao.pdf", b"MZ\x90\0" + bytes(60))
    assert answer.startswith("Không nhận tệp “bao-cao.pdf” vì lý do an toàn")
    assert "Đã ghi nhận: việc #A1" in answer
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (True, [])


@pytest.mark.parametrize(
    ("file", "why"), [(b"", "không có nội dung"), (PDF + bytes(2**20), "lớn hơn 1 MB"), (b"<svg>", "an toàn")]
)
def test_a_file_that_is_not_kept_alone_is_told_in_one_line(talk: Conversation, file: bytes, why: str) -> None:
    answer = send(talk, "", "anh.jpg", file)
    assert why in answer
    assert " / " not in answer


def test_an_archive_that_hides_a_program_is_refused(talk: Conversation) -> None:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("bao-cao.pdf.exe", b"MZ")
    assert "vì lý do an toàn" in send(talk, "xong #A1", "ho-so.zip", held.getvalue())


def test_a_leader_s_file_is_not_kept(talk: Conversation) -> None:
    code = talk.code(ChatRole.LEADER)
    with transaction(talk.engine) as session:
        redeem(session, code, Place("web", "", "Lãnh đạo"), "Lãnh đạo", NOW)
    assert "Chỉ đơn vị và Văn phòng" in send(talk, who="Lãnh đạo")


def test_a_stranger_s_file_is_not_kept(talk: Conversation) -> None:
    talk.say("người lạ", "", file_name="bao-cao.pdf", file=PDF)
    with transaction(talk.engine) as session:
        assert session.exec(select(StoredFile)).all() == []


# --- a secret paper


def everything(engine: Engine) -> str:
    """All that every table holds, as one text."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(str(row) for row in rows)


STAMPED = "UBND TỈNH\nTỐI MẬT\nSố: 9/BC-Z77\nNội dung"


def test_evidence_that_is_stamped_is_refused(talk: Conversation) -> None:
    said = send(talk, "xong 1", name="bao-cao-z77.txt", file=STAMPED.encode())
    assert "đóng dấu mật" in said
    assert not is_done(talk, "A1")


def test_nothing_of_stamped_evidence_stays(talk: Conversation, tmp_path: Path) -> None:
    send(talk, "#A1 Z77", name="bao-cao-z77.txt", file=STAMPED.encode())
    assert "z77" not in everything(talk.engine).lower()
    assert not any(path.is_file() for path in (tmp_path / "files").rglob("*"))


def test_a_stamped_paper_that_is_pasted_is_wiped(talk: Conversation) -> None:
    assert "đóng dấu mật" in talk.reply(PLANS, STAMPED)
    assert "z77" not in everything(talk.engine).lower()


def test_a_word_of_secrets_alone_is_no_paper(talk: Conversation) -> None:
    assert "đóng dấu mật" not in talk.reply(PLANS, "MẬT")


def test_a_photo_or_a_damaged_file_is_kept_as_before(talk: Conversation) -> None:
    send(talk, "#A1", name="anh.jpg", file=JPEG)
    assert proof(talk, "A1") == ["anh.jpg"]
