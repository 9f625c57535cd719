"""Whatever is written, by whomever: nothing raises, nothing crosses units, nothing is left half done."""

import random
from datetime import date, timedelta

import pytest
from sqlmodel import SQLModel, col, select

from data.engine import open_engine, transaction
from data.tables import Answer, Chat, ChatRole, ChatUnit, Decision, Inbox, Letter, Obligation
from duties.intents import Unclear
from duties.replies import read_reply
from duties.rights import may_ask
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
WORDS = [
    "xong",
    "1",
    "2",
    "3",
    "9",
    "A1",
    "A2",
    "#A3",
    "#B7",
    "1.1",
    "2.1",
    "1-3",
    "tất",
    "cả",
    "rồi",
    "chưa",
    "sắp",
    "đang",
    "làm",
    "vướng:",
    "xin",
    "lùi",
    "đến",
    "20/6",
    "1",
    "tuần",
    "vì",
    "kinh",
    "phí",
    "không",
    "phải",
    "việc",
    "của",
    "phòng",
    "tôi",
    "hoàn",
    "tác",
    "nhắc",
    "lại",
    "sau",
    "ngày",
    "duyệt",
    "trả",
    "lại",
    "từ",
    "chối",
    "không",
    "tính",
    "chuyển",
    "sang",
    "/viec",
    "/xong",
    "/tonghop",
    "quý",
    "năm",
    "/choduyet",
    "/donvi",
    "/kehoach",
    "xác",
    "nhận",
    "bỏ",
    "hạn",
    "30/6",
    ",",
    ".",
    ";",
    "?",
    "https://a.vn/x",
    "4",
    "tin",
    "\x00",
    "👍",
    "'",
    "%",
    "_",
    "--",
    "ABCD2345",
    "/dangky",
]
PHRASES = (
    "xong #A1", "xong #A3 https://a.vn/x 4 tin", "xong 1", "1 đang làm", "#A2 đang làm", "#A3 vướng: thiếu người", "#A4 xin lùi đến 20/8",
    "#A1 xin lùi 1 tuần", "duyệt #A1", "duyệt #A3 #A4", "trả lại #A1 thiếu số liệu", "từ chối #A4", "không tính #A2", "hoàn tác",
    f"chuyển #A2 sang {PRESS}", f"chuyển #A3 sang {PLANS}", "#A1 không phải việc của phòng", "/viec", "/choduyet", "tổng hợp năm",
    "#A2 nhắc lại sau 3 ngày", "xong hết", "xong", "duyệt", "/donvi", "/sapgui", "/nhac",
    "#A1: 4 tin, 2 bài", "#A3: công văn số 12/BC-VP", "4 tin", "báo cáo #A2", "báo cáo", "bỏ qua", "thôi", "đã phát tờ rơi",
)  # fmt: skip
SPEAKERS = (OFFICE, PLANS, PRESS, "người lạ")
ROUNDS = 250


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    """A few hundred messages of random words, said in four places, some of them twice."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('random') / 'office.db'}")
    SQLModel.metadata.create_all(engine)
    made = Conversation(engine, NOW)
    june = date(2022, 6, 30)
    made.plan(*(duty(code, due_on(june), unit, row=row) for row, (code, unit) in enumerate(OWED)))
    dice = random.Random(20220314)
    for _ in range(ROUNDS):
        made.now += timedelta(minutes=dice.randrange(200))
        text = " ".join(dice.choices(WORDS, k=dice.randrange(1, 7)))
        made.say(dice.choice(SPEAKERS), dice.choice((text, *dice.choices(PHRASES, k=2))))
    return made


OWED = (("1.1", PLANS), ("1.2", PLANS), ("2.1", PRESS), ("2.2", PRESS))


def test_every_message_was_handled_and_none_failed(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        incoming = session.exec(select(Inbox)).all()
        assert len(incoming) == ROUNDS
        assert all(each.handled_at and not each.failed for each in incoming)


def test_something_was_recorded_at_all(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        assert session.exec(select(Answer)).first()
        assert session.exec(select(Decision)).first()


def test_no_unit_answered_for_another(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        said = session.exec(
            select(Answer, Obligation, Chat)
            .join(Obligation, col(Obligation.id) == Answer.obligation_id)
            .join(Chat, col(Chat.id) == Answer.chat_id)
        ).all()
        served = {(row.chat_id, row.unit_id) for row in session.exec(select(ChatUnit))}
        assert all(
            chat.role is ChatRole.OFFICE or (chat.id, owed.unit_id) in served for _, owed, chat in said
        )


def test_only_the_office_decided(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        decided_in = session.exec(select(Chat).join(Decision, col(Decision.chat_id) == Chat.id)).all()
        assert {chat.role for chat in decided_in} == {ChatRole.OFFICE}


def test_every_answer_stands_on_words_that_ask_for_it(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        for answer, incoming, chat in session.exec(
            select(Answer, Inbox, Chat)
            .join(Inbox, col(Inbox.id) == Answer.inbox_id)
            .join(Chat, col(Chat.id) == Answer.chat_id)
        ):
            intents = read_reply(incoming.text, answer.at.date()).intents
            assert all(may_ask(chat.role, intent) for intent in intents)


def test_an_obligation_is_as_its_history_says(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        for owed in session.exec(select(Obligation)):
            done = select(Answer).where(
                Answer.obligation_id == owed.id, Answer.kind == "done", col(Answer.undone_at).is_(None)
            )
            assert owed.done_at is None or session.exec(done).first()


def test_no_letter_is_empty(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        assert all(letter.body["lines"] for letter in session.exec(select(Letter)))


def test_every_choice_that_was_offered_means_something(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        offered = {says for letter in session.exec(select(Letter)) for _, says in letter.body["choices"]}
    assert len(offered) > 5
    assert [
        says for says in sorted(offered) if isinstance(read_reply(says, NOW.date()).intents[0], Unclear)
    ] == []
