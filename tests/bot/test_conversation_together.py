"""Two people at once, in two threads with a transaction each: one effect, and no word of either is lost."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.conversation import handle_safely
from data.calendar_changes import change_days
from data.engine import transaction
from data.obligations import Heard, answer, items, settle_open, standing_of
from data.offices import office_of
from data.tables import Answer, Decision, Inbox
from duties.progress import Said
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
JUNE = date(2022, 6, 30)
COLLEAGUE = "Điện thoại của phó phòng"
ROUNDS = range(6)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Six things owed by one unit that has two chats."""
    made = Conversation(engine, NOW)
    made.plan(*(duty(f"1.{n + 1}", due_on(JUNE), PLANS, row=n) for n in ROUNDS))
    made.say(COLLEAGUE, f"/dangky {made.code(unit=PLANS)}")
    return made


def at_once(talk: Conversation, inbox_ids: Sequence[int]) -> None:
    """Each message handled by a thread of its own, all started together."""
    start = Barrier(len(inbox_ids))

    def handle(inbox_id: int) -> None:
        start.wait()
        handle_safely(talk.engine, inbox_id, talk.now)

    with ThreadPoolExecutor(len(inbox_ids)) as pool:
        list(pool.map(handle, inbox_ids))


def said(talk: Conversation) -> list[Answer]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Answer).order_by(col(Answer.id))))


def none_failed(talk: Conversation) -> bool:
    with transaction(talk.engine) as session:
        return not session.exec(select(Inbox).where(col(Inbox.failed))).all()


def stands_as_its_history_says(talk: Conversation) -> bool:
    with transaction(talk.engine) as session:
        return all(
            (
                each.obligation.done_at,
                each.obligation.in_progress,
                each.obligation.obstacle,
                each.obligation.due,
            )
            == (state.done_at, state.in_progress, state.obstacle, state.due)
            for each in items(session)
            if (state := standing_of(session, each))
        )


def test_one_update_in_two_processes_is_one_answer(talk: Conversation) -> None:
    for n in ROUNDS:
        inbox_id = talk.hear(PLANS, f"xong #A{n + 1}")
        at_once(talk, [inbox_id, inbox_id])
    assert len(said(talk)) == len(ROUNDS)


def test_two_colleagues_who_say_done_give_one_done(talk: Conversation) -> None:
    for n in ROUNDS:
        at_once(talk, [talk.hear(PLANS, f"xong #A{n + 1}"), talk.hear(COLLEAGUE, f"xong #A{n + 1}")])
    assert [each.kind for each in said(talk)] == [Said.DONE] * len(ROUNDS)


def test_what_two_colleagues_say_of_one_thing_is_both_there(talk: Conversation) -> None:
    for n in ROUNDS:
        obstacle = talk.hear(COLLEAGUE, f"#A{n + 1} vướng: thiếu người")
        at_once(talk, [talk.hear(PLANS, f"#A{n + 1} đang làm"), obstacle])
    assert all(talk.owed(f"A{n + 1}").obligation.in_progress for n in ROUNDS)
    assert all(talk.owed(f"A{n + 1}").obligation.obstacle for n in ROUNDS)
    assert stands_as_its_history_says(talk)


def test_the_same_things_in_another_order_do_not_wait_for_each_other(talk: Conversation) -> None:
    for n in range(0, 6, 2):
        one, other = f"#A{n + 1}", f"#A{n + 2}"
        there, back = f"{one} {other} đang làm", f"xong {other} {one}"
        at_once(talk, [talk.hear(PLANS, there), talk.hear(COLLEAGUE, back)])
    assert none_failed(talk)
    assert stands_as_its_history_says(talk)


def test_a_unit_takes_back_while_the_office_accepts_and_only_one_of_them_may(talk: Conversation) -> None:
    for n in ROUNDS:
        talk.say(PLANS, f"xong #A{n + 1}")
        at_once(talk, [talk.hear(PLANS, "hoàn tác"), talk.hear(OFFICE, f"duyệt #A{n + 1}")])
    with transaction(talk.engine) as session:
        accepted = {row.answer_id for row in session.exec(select(Decision))}
        undone = {row.id for row in session.exec(select(Answer)) if row.undone_at}
    assert not accepted & undone
    assert stands_as_its_history_says(talk)


def test_what_is_answered_while_everything_is_reckoned_anew_is_left_in_peace(talk: Conversation) -> None:
    def reckon() -> int:
        with talk.office() as small:
            rung = small.owed()[0].obligation.next_rung_on
            change_days(small.session, small.agency_id, [rung or JUNE], Heard(NOW), is_off=True, note="")
            new = office_of(small.session, small.agency, NOW.date())
            return settle_open(small.session, small.agency_id, new)

    with ThreadPoolExecutor(1) as pool:
        with talk.office() as small:
            found = small.owed()[0]
            answer(
                small.session,
                found,
                Said.DONE,
                Heard(NOW),
                office_of(small.session, small.agency, NOW.date()),
            )
            small.session.flush()
            reckoned = pool.submit(reckon)
            wait([reckoned], timeout=0.5)
        reckoned.result()
    assert talk.owed(found.obligation.short_code).obligation.next_rung_on is None
