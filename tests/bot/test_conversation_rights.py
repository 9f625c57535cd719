"""Who may do what, through the real conversation: every role × every intent, and each refusal written down."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from bot.commands.link_chat import turn_of
from bot.conversation import answer
from bot.turn import Turn
from data.engine import open_engine, transaction
from data.tables import Answer, Change, Chat, ChatRole, Decision, Inbox, Trail
from duties.intents import Intent
from duties.replies import read_reply
from duties.rights import ACTIONS, may
from duties.wording.help import HOW_TO_DISOWN, REFUSED
from tests.conftest import hanoi
from tests.corpus.rights_page import OTHER, SAID, UNIT
from tests.fakes.conversation import OFFICE, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
WHERE = {
    ChatRole.UNIT: UNIT,
    ChatRole.OFFICE: OFFICE,
    ChatRole.LEADER: "Lãnh đạo",
    ChatRole.ADMIN: "Quản trị",
}


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """An office with a chat of each role; what the tests say in it is rolled back."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('rights') / 'office.db'}")
    SQLModel.metadata.create_all(engine)
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(date(2022, 6, 30)), UNIT, row=1),
        duty("2.1", due_on(date(2022, 6, 30)), OTHER, row=2),
    )
    for role in (ChatRole.LEADER, ChatRole.ADMIN):
        made.say(WHERE[role], f"/dangky {made.code(role)}")
    yield made
    engine.dispose()


def turn_for(session: Session, role: ChatRole, text: str) -> Turn:
    chat = session.exec(select(Chat).where(Chat.address == WHERE[role])).one()
    inbox = Inbox(
        channel="web",
        platform_id=f"{role}:{text}",
        address=chat.address,
        text=text,
        received_at=NOW,
        sender=WHERE[role],
    )
    session.add(inbox)
    session.flush()
    return turn_of(session, chat, inbox, NOW)


def written(session: Session) -> list[int]:
    return [
        session.exec(select(func.count()).select_from(table)).one() for table in (Answer, Decision, Change)
    ]


@pytest.mark.parametrize("intent", get_args(Intent), ids=lambda intent: intent.__name__)
def test_its_example_asks_for_it(intent: type[Intent]) -> None:
    assert [type(each) for each in read_reply(SAID[intent], NOW.date()).intents] == [intent]


@pytest.mark.parametrize("intent", get_args(Intent), ids=lambda intent: intent.__name__)
@pytest.mark.parametrize("role", ChatRole)
def test_it_is_carried_out_or_refused_as_the_table_says(
    talk: Conversation, role: ChatRole, intent: type[Intent]
) -> None:
    with transaction(talk.engine) as session:
        before = written(session)
        told = " ".join(message.text for message in answer(turn_for(session, role, SAID[intent])))
        refused = session.exec(select(Trail).where(col(Trail.refused), Trail.action == "refused")).all()
        allowed = any(may(role.value, action) for action in ACTIONS[intent])
        assert any(words in told for words in (*REFUSED.values(), HOW_TO_DISOWN)) is not allowed
        assert [row.sender for row in refused] == ([] if allowed else [WHERE[role]])
        assert allowed or written(session) == before
        session.rollback()
