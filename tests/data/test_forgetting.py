"""A person is forgotten: nothing of them is left anywhere, and everything of their unit is."""

from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.conversation import handle_safely
from data.chain import verify
from data.engine import transaction
from data.files import FilesFolder
from data.forgetting import Forgotten, Person, forget, people_called
from data.inbox import receive
from data.people import Place
from data.tables import Agency, Answer, Chat, Evidence, Inbox, Letter, Obligation, Trail
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.keeping import PDF, everything, numbers
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
LAN, LAN_ID, GROUP = "Nguyễn Thị Lan", "5550101", "-100200"
NUMBERS = count(1)


def hear(
    talk: Conversation,
    where: str,
    text: str,
    who: str = LAN_ID,
    name: str = LAN,
    file: bytes | None = None,
) -> None:
    """A person writes on Telegram: alone with the bot, or in a group."""
    with transaction(talk.engine) as session:
        number = receive(
            session,
            Place("telegram", "71", where),
            f"said:{where}:{next(NUMBERS)}",
            NOW,
            text,
            sender=name,
            sender_id=who,
            file_name="bao-cao.pdf" if file else "",
            file=file,
        )
    assert number is not None
    handle_safely(talk.engine, number, NOW, talk.files)


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    """Lan answers for a unit alone and in a group, is decided about, and is refused something."""
    talk = Conversation(engine, NOW, FilesFolder(tmp_path / "files"))
    talk.plan(*(duty(f"1.{n}", due_on(NOW.date()), PLANS, row=n) for n in (1, 2, 3)))
    for where in (LAN_ID, GROUP):
        hear(talk, where, f"/dangky {talk.code()}")
    hear(talk, LAN_ID, "xong #A1: 4 tin, 2 bài, chị Lan ký", file=PDF)
    hear(talk, LAN_ID, "#A2 vướng: chưa có kinh phí")
    hear(talk, GROUP, "#A3 xin lùi đến 20/4 vì chờ số liệu")
    hear(talk, LAN_ID, "duyệt #A1")
    hear(talk, GROUP, "dạ", who="5550202", name="Trần Văn Minh")
    with transaction(talk.engine) as session:
        for letter in session.exec(select(Letter).join(Chat).where(Chat.address == LAN_ID)):
            letter.platform_id = f"{LAN_ID}/{letter.id}"
    talk.say(OFFICE, "trả lại #A1 thiếu số liệu")
    talk.say(OFFICE, f"kênh 2 của {PLANS} nhận trước")
    return talk


def lan(talk: Conversation) -> Person:
    with transaction(talk.engine) as session:
        [found] = people_called(session, 1, LAN)
    return found


def forgotten(talk: Conversation) -> Forgotten:
    person = lan(talk)
    with transaction(talk.engine) as session:
        return forget(session, session.get_one(Agency, 1), person, NOW)


def left(talk: Conversation) -> str:
    return repr(everything(talk.engine))


@pytest.mark.parametrize("trace", [LAN, LAN_ID, "chị Lan ký", "duyệt #A1"])
def test_nothing_of_them_is_left_in_any_table(talk: Conversation, trace: str) -> None:
    assert trace in left(talk)
    forgotten(talk)
    assert trace not in left(talk)


def test_a_name_that_others_wrote_goes_and_the_rest_of_their_words_stays(talk: Conversation) -> None:
    talk.say(PLANS, f"#A3 vướng: chờ {LAN} ký")
    talk.say(OFFICE, f"trả lại #A3 đề nghị {LAN} làm rõ")
    forgotten(talk)
    assert LAN not in left(talk)
    with transaction(talk.engine) as session:
        assert "chờ (đã xóa tên) ký" in session.exec(select(Answer.text)).all()


def test_a_name_of_one_word_is_not_looked_for_in_what_others_wrote(talk: Conversation) -> None:
    hear(talk, "5550303", f"/dangky {talk.code()}", who="5550303", name="Hà")
    talk.say(PLANS, "#A3 vướng: chờ tỉnh Hà Tĩnh")
    with transaction(talk.engine) as session:
        [person] = people_called(session, 1, "5550303")
        forget(session, session.get_one(Agency, 1), person, NOW)
        noted = [words.get("text") for words in session.exec(select(Trail.words))]
    assert "chờ tỉnh Hà Tĩnh" in noted


def test_what_others_said_is_left(talk: Conversation) -> None:
    forgotten(talk)
    assert "Trần Văn Minh" in left(talk)


def test_the_numbers_of_every_window_stay(talk: Conversation) -> None:
    before = numbers(talk.engine)
    forgotten(talk)
    assert numbers(talk.engine) == before


def test_what_the_unit_reported_stays(talk: Conversation) -> None:
    forgotten(talk)
    with transaction(talk.engine) as session:
        answers = session.exec(select(Answer).order_by(col(Answer.id))).all()
        assert [(each.kind.value, each.text, each.quantities) for each in answers] == [
            ("done", "", {"tin": 4, "bài": 2}),
            ("obstacle", "chưa có kinh phí", {}),
            ("extension", "chờ số liệu", {}),
        ]
        assert session.exec(select(Evidence.file_name)).all() == ["bao-cao.pdf"]
        assert "chưa có kinh phí" in session.exec(select(Obligation.obstacle)).all()


def test_how_much_there_was_is_told(talk: Conversation) -> None:
    found = forgotten(talk)
    assert (found.messages, found.chats, found.answers, found.muted) == (6, 1, 3, ())


def test_the_chain_stays_whole_and_says_what_was_erased(talk: Conversation) -> None:
    found = forgotten(talk)
    with transaction(talk.engine) as session:
        checked = verify(session, 1)
        noted = session.exec(select(Trail).where(Trail.action == "trail_erased")).one()
    assert (checked.broken, checked.erased) == (None, found.entries)
    assert sum(last - first + 1 for first, last in noted.detail["entries"]) == found.entries


def test_the_group_goes_on_and_their_own_chat_does_not(talk: Conversation) -> None:
    forgotten(talk)
    with transaction(talk.engine) as session:
        before = len(session.exec(select(Inbox)).all())
    hear(talk, GROUP, "việc của tôi", who="5550202", name="Trần Văn Minh")
    hear(talk, LAN_ID, "việc của tôi")
    with transaction(talk.engine) as session:
        assert len(session.exec(select(Inbox)).all()) == before + 2
        assert session.exec(select(Trail).where(Trail.action == "refused")).all()[-1].sender == ""


def test_they_may_be_linked_again(talk: Conversation) -> None:
    forgotten(talk)
    hear(talk, LAN_ID, f"/dangky {talk.code()}")
    hear(talk, LAN_ID, "xong #A2")
    with transaction(talk.engine) as session:
        assert session.exec(select(Answer.sender).order_by(col(Answer.id).desc())).first() == LAN


def test_a_unit_that_nobody_reaches_any_more_is_told_of(talk: Conversation) -> None:
    hear(talk, "5550303", f"/dangky {talk.code(unit=PRESS)}", who="5550303", name="Lê Văn Hải")
    talk.say(PRESS, "ngừng nhận tin ở đây, chắc chắn")
    with transaction(talk.engine) as session:
        [hai] = people_called(session, 1, "le van hai")
        found = forget(session, session.get_one(Agency, 1), hai, NOW)
    assert found.muted == (PRESS,)


def test_two_of_one_name_are_told_apart_by_their_numbers(talk: Conversation) -> None:
    hear(talk, GROUP, "chào", who="5550404", name=LAN)
    with transaction(talk.engine) as session:
        assert [each.key for each in people_called(session, 1, "nguyen thi lan")] == [LAN_ID, "5550404"]
        assert [each.key for each in people_called(session, 1, "5550404", "telegram")] == ["5550404"]
        assert people_called(session, 1, LAN, "zalo") == []


def test_people_of_another_agency_are_nobody_here(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        session.add(Agency(name="Sở Nội vụ", created_at=NOW))
        session.flush()
        assert people_called(session, 2, LAN) == []


def test_forgetting_twice_finds_nobody(talk: Conversation) -> None:
    forgotten(talk)
    with transaction(talk.engine) as session:
        assert people_called(session, 1, LAN) == []
