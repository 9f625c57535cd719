"""A letter's document goes with it, after it, or as a link, as its channel can."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.access_links import Opened, open_link
from data.engine import transaction
from data.files import FilesFolder, keep_own
from data.letters import put_letter, talk
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState, LinkPurpose
from duties.message import Attached, Line, Message
from scheduler.channel import Capabilities, Channel, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from tests.conftest import NOW
from tests.fakes.channels import PLAIN, FaultyChannel, RecordingChannel
from tests.fakes.offices import SmallOffice

REPORT = b"PK\x03\x04 a report"
WORDS = Message((Line("Kính gửi báo cáo quý I."),))
LINK = re.compile(r"https://cchc\.example/tep/([\w-]{43})$")


class Bare(RecordingChannel):
    """A channel that carries words only, as Zalo's bots do."""

    capabilities = replace(PLAIN, documents_out=False)


class Post:
    """A letter with a document that waits for one chat."""

    def __init__(self, engine: Engine, files: FilesFolder) -> None:
        self.engine, self.files = engine, files
        with transaction(engine) as session:
            agency = Agency(name="Sở", settings={"web_url": "https://cchc.example"}, created_at=NOW)
            session.add(agency)
            session.flush()
            chat = SmallOffice(session, agency).chat("van-phong", NOW, role=ChatRole.OFFICE)
            self.chat_id, self.agency_id = chat.id or 0, agency.id or 0
            self.file = keep_own(
                session, files, self.agency_id, "Báo cáo quý I.docx", REPORT, "application/x", NOW
            )

    def put(self, message: Message = WORDS) -> None:
        with transaction(self.engine) as session:
            chat = session.get_one(Chat, self.chat_id)
            put_letter(session, chat, "reply:1:1", LetterKind.NOTICE, NOW, replace(message, file=self.file))

    def send(self, channel: Channel) -> None:
        for _ in range(2):  # what follows a letter is put when it was sent
            asyncio.run(deliver(self.engine, {"web": channel}, StoppedClock(NOW), files=self.files))

    def letters(self) -> list[Letter]:
        with transaction(self.engine) as session:
            return list(session.exec(select(Letter).order_by(col(Letter.id))))


@pytest.fixture
def post(engine: Engine, tmp_path: Path) -> Post:
    return Post(engine, FilesFolder(tmp_path / "files"))


def test_a_channel_that_can_carries_the_document(post: Post) -> None:
    channel = RecordingChannel()
    post.put()
    post.send(channel)
    assert channel.files == [("Báo cáo quý I.docx", REPORT)]
    assert [message.text for _, message in channel.sent] == ["Kính gửi báo cáo quý I."]


def test_words_that_are_no_caption_go_first(post: Post) -> None:
    channel = RecordingChannel()
    post.put(Message((Line("chữ " * 400),)))
    post.send(channel)
    assert [message.text[:9] for _, message in channel.sent] == ["chữ chữ c", "Tệp: Báo "]
    assert [name for name, _ in channel.files] == ["Báo cáo quý I.docx"]


def test_other_channels_get_a_link_that_opens_the_document(post: Post) -> None:
    channel = Bare()
    post.put()
    post.send(channel)
    found = LINK.search(channel.sent[0][1].text)
    assert found is not None
    with transaction(post.engine) as session:
        opened = open_link(session, found[1], LinkPurpose.DOWNLOAD, NOW)
        assert isinstance(opened, Opened)
        assert opened.link.file_id == post.file.file_id


def test_a_document_that_is_too_big_for_its_channel_becomes_a_link(post: Post) -> None:
    class Narrow(RecordingChannel):
        capabilities = replace(RecordingChannel.capabilities, biggest_document=len(REPORT) - 1)

    channel = Narrow()
    post.put()
    post.send(channel)
    assert channel.files == []
    assert LINK.search(channel.sent[0][1].text) is not None


def test_the_link_is_in_no_letter_that_is_kept(post: Post) -> None:
    post.put()
    post.send(Bare())
    assert "/tep/" not in repr([letter.model_dump() for letter in post.letters()])


def test_a_link_that_does_not_fit_follows_in_its_own_letter(post: Post) -> None:
    class Short(Bare):
        capabilities = Capabilities(
            documents_out=False,
            parts=lambda m: (m,) if len(m.text) < 200 else (m, m),
        )

    channel = Short()
    post.put(Message((Line("chữ " * 40),)))
    post.send(channel)
    assert "/tep/" not in channel.sent[0][1].text
    assert "/tep/" in channel.sent[1][1].text


def test_a_document_is_tried_again_like_any_letter(post: Post) -> None:
    class Busy(FaultyChannel):
        async def send_file(self, *given: object) -> str:
            raise DeliveryError("bận", Failure.RETRY)

    post.put()
    post.send(Busy())
    [letter] = post.letters()
    assert (letter.state, letter.file_id, letter.next_try_at > NOW) == (
        LetterState.WAITING,
        post.file.file_id,
        True,
    )


def test_a_document_that_is_gone_fails_its_letter_alone(post: Post) -> None:
    post.put()
    for path in post.files.path.rglob("*"):
        if path.is_file():
            path.unlink()
    post.send(RecordingChannel())
    assert [(letter.state, letter.failure) for letter in post.letters()] == [
        (LetterState.FAILED, "không đọc được tệp đi kèm")
    ]


def test_another_agency_s_document_is_never_enclosed(post: Post) -> None:
    with transaction(post.engine) as session:
        other = Agency(name="Sở khác", created_at=NOW)
        session.add(other)
        session.flush()
        theirs = keep_own(session, post.files, other.id or 0, "mật.docx", b"x", "application/x", NOW)
    post.file = Attached(theirs.file_id, theirs.name)
    channel = RecordingChannel()
    post.put()
    post.send(channel)
    assert channel.files == []


def test_the_chat_s_page_knows_the_document(post: Post) -> None:
    post.put()
    post.send(RecordingChannel())
    with transaction(post.engine) as session:
        [spoken] = talk(session, session.get_one(Chat, post.chat_id))
    assert spoken.message.file == post.file
