"""Rows of a draft given to other units: taken back wholly, and many as quickly as a few."""

import pytest
from sqlalchemy import Connection, Engine, event

from data.engine import transaction
from data.plans import duties_of, units_of_duty
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

HEAD = """KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

| TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn |
|---|---|---|---|---|
"""
PLAN = f"{HEAD}| 1 | Viết bài | Công an | {PRESS} | 30/6 |\n| 2 | Viết tin | Công an tỉnh | | 30/6 |\n"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """The first row has a lead that no row would name without it, and a partner; both leads are asked about."""
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.encode())
    return talk


def the_draft(talk: Conversation) -> tuple[list[tuple[str, str, int | None]], str]:
    """Everybody named in it, and what is asked."""
    with transaction(talk.engine) as session:
        named = [
            (each.printed, each.role.value, each.unit_id)
            for duty in duties_of(session, 1)
            for each in units_of_duty(session, duty.id or 0)
        ]
    return named, talk.reply(OFFICE, "/kehoach")


@pytest.mark.parametrize("words", [f"1 giao {PLANS}", f"1 giao {PRESS}", f"@1, @2 giao {PLANS}; {PRESS}"])
def test_giving_is_taken_back_with_the_partners_and_the_questions(talk: Conversation, words: str) -> None:
    before = the_draft(talk)
    talk.say(OFFICE, words)
    assert the_draft(talk) != before
    assert "Đã hoàn tác: giao" in talk.reply(OFFICE, "hoàn tác")
    assert the_draft(talk) == before


def test_giving_twice_is_taken_back_step_by_step(talk: Conversation) -> None:
    steps = [the_draft(talk)]
    for unit in (PRESS, PLANS):
        talk.say(OFFICE, f"1 giao {unit}")
        steps.append(the_draft(talk))
    for was in (steps[1], steps[0]):
        talk.say(OFFICE, "hoàn tác")
        assert the_draft(talk) == was


def times_read(engine: Engine, rows: int) -> int:
    """How often the whole plan is read while so many of its rows are given, and given back."""
    talk, read = Conversation(engine, hanoi("2022-03-14 09:00")), []
    table = "".join(f"| {n} | Viết bài {n} | Công an tỉnh | | 30/6 |\n" for n in range(1, rows + 1))
    talk.say(OFFICE, file_name="ke-hoach.txt", file=(HEAD + table).encode())

    def count(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "FROM duty" in statement and "ORDER BY duty.position" in statement:
            read.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    talk.say(OFFICE, f"{', '.join(f'@{n}' for n in range(1, rows + 1))} giao {PLANS}")
    talk.say(OFFICE, "hoàn tác")
    event.remove(engine, "before_cursor_execute", count)
    return len(read)


def test_many_rows_are_given_with_the_plan_read_a_few_times(engine: Engine) -> None:
    assert times_read(engine, 30) < 30
