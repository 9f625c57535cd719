"""Work that nobody can be told of: the office reads it in the answer, and no notice says it again."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.people import Place, invite, redeem
from data.plans import SourceFile, put_draft
from data.tables import ChatRole
from duties.deadline import Years
from duties.plan import DraftPlan, PlanHead
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
INSPECTORS, SECOND = "Thanh tra Sở", "Văn phòng (máy hai)"
JUNE = due_on(date(2022, 6, 30))


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Thanh tra Sở has no chat; a draft of one duty of theirs waits for the office's word."""
    made = Conversation(engine, NOW)
    made.plan(duty("1.1", JUNE, PLANS))
    with made.office() as small:
        small.unit(INSPECTORS)
        draft = DraftPlan(
            PlanHead("9/KH-STTTT", "Thanh tra", "Sở TT&TT", None), (duty("2.1", JUNE, INSPECTORS),)
        )
        source = SourceFile("thanh-tra.txt", b"2.1")
        put_draft(small.session, small.agency_id, draft, Years.of(2022), source, NOW)
    return made


def after_a_beat(talk: Conversation, chat: str = OFFICE) -> list[str]:
    """The notices of that chat once the clock has ticked."""
    plan_agency(talk.engine, 1, talk.now, is_new_day=True)
    return [each for each in talk.told(chat) if "chưa có kênh nhận tin" in each]


def second_office_chat(talk: Conversation) -> None:
    with talk.office() as small:
        code = invite(small.session, small.agency_id, ChatRole.OFFICE, None, NOW)
        redeem(small.session, code, Place("web", "", SECOND), SECOND, NOW)


def test_whoever_confirms_a_plan_reads_who_has_no_chat_and_is_not_told_again(talk: Conversation) -> None:
    assert f"Chưa có kênh nhận tin: {INSPECTORS}." in talk.reply(OFFICE, "xác nhận")
    assert after_a_beat(talk) == []


def test_the_office_s_other_chat_is_told(talk: Conversation) -> None:
    second_office_chat(talk)
    talk.say(OFFICE, "xác nhận")
    assert len(after_a_beat(talk, SECOND)) == 1


def test_whoever_moves_work_to_such_a_unit_reads_it_and_is_not_told_again(talk: Conversation) -> None:
    said = talk.reply(OFFICE, f"chuyển #A1 sang {INSPECTORS}")
    assert f"Chưa báo được cho {INSPECTORS} vì chưa có kênh nhận tin." in said
    assert after_a_beat(talk) == []


def test_whoever_drops_a_unit_s_last_chat_is_not_told_again(talk: Conversation) -> None:
    assert "không còn kênh nhận tin" in talk.reply(OFFICE, f"bỏ kênh của {PLANS}")
    assert after_a_beat(talk) == []
