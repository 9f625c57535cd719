"""Several files sent at once: one caption, one answer, one undo for all of them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.tables import Letter, LetterState
from tests.fakes.conversation import PLANS, Conversation
from tests.fakes.evidence import JPEG, NOW, is_done, owing, proof


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    return owing(engine, tmp_path)


def album(talk: Conversation, *captions: str) -> None:
    for n, caption in enumerate(captions, start=1):
        talk.say(PLANS, caption, file_name=f"anh-{n}.jpg", file=JPEG + bytes([n]), album="chuyen-1")


def replies(talk: Conversation) -> list[str]:
    return [message.text for key, message in talk.letters(PLANS) if key.startswith("reply")]


def test_one_caption_speaks_for_the_whole_album(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    assert proof(talk, "A1") == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg"]


def test_an_album_is_answered_once_with_all_its_files(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    [answer] = replies(talk)
    assert answer.endswith("Đã lưu 3 tệp minh chứng: “anh-1.jpg”, “anh-2.jpg”, “anh-3.jpg”.")


def test_an_album_without_words_is_asked_about_once(talk: Conversation) -> None:
    album(talk, "", "", "")
    [question] = replies(talk)
    assert question.endswith(
        "Đã giữ 3 tệp “anh-1.jpg”, “anh-2.jpg”, “anh-3.jpg”, sẽ lưu khi biết là của việc nào."
    )
    talk.say(PLANS, "2")
    assert len(proof(talk, "A2")) == 3


def test_a_caption_that_comes_last_takes_the_album_along(talk: Conversation) -> None:
    album(talk, "", "", "xong #A1")
    assert proof(talk, "A1") == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg"]


def test_taking_an_album_back_takes_all_of_it(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    talk.say(PLANS, "hoàn tác")
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (False, [])


def test_a_changed_caption_keeps_the_whole_album(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    first = talk.first_heard()
    talk.say(PLANS, "xong #A2", edits=first, file_name="anh-1.jpg", file=JPEG + b"\x01", album="chuyen-1")
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (False, [])
    assert (is_done(talk, "A2"), len(proof(talk, "A2"))) == (True, 3)


def test_a_sent_answer_to_an_album_is_shown_anew(talk: Conversation) -> None:
    album(talk, "xong #A1")
    with transaction(talk.engine) as session:
        for letter in session.exec(select(Letter)):
            letter.state = LetterState.SENT
    talk.say(PLANS, "", file_name="anh-2.jpg", file=JPEG + b"2", album="chuyen-1")
    with transaction(talk.engine) as session:
        newest = session.exec(select(Letter).order_by(col(Letter.id).desc())).first()
    assert newest is not None
    assert newest.edit_at == NOW
