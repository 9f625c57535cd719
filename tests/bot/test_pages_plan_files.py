"""Plan files brought to the page: each kept before the next is taken, heard in their order, none lost by a restart."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.channels.web.channel import WebChannel
from bot.pages.invitations import Room
from bot.pages.passes import Seat
from bot.pages.plans.handing_in import store, store_all
from bot.pages.reader import Reader
from bot.world import World
from data.engine import transaction
from data.plan_files import files_of
from data.plans import SourceFile, duties_of
from data.tables import Chat, ChatRole, Inbox, Plan
from scheduler.clock import StoppedClock
from tests.bot.test_conversation_plan_files import ANNEX, BODY
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, Conversation

NOON = hanoi("2022-03-14 09:00")
FILES = (
    SourceFile("Kế hoạch.txt", BODY.encode()),
    SourceFile("Phụ lục 1.md", ANNEX.encode()),
    SourceFile("Phụ lục 2.md", ANNEX.replace("Xây dựng chuyên mục", "Viết bài").encode()),
)
OTHER_PLAN = BODY.replace("12/KH-STTTT", "13/KH-STTTT").replace("Tuyên truyền", "Kiểm tra").encode()


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return Conversation(engine, NOON)


def reader(talk: Conversation) -> Reader:
    with transaction(talk.engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == OFFICE)).one()
        room = Room(Seat(chat.id or 0, chat.address), chat.agency_id, "Sở", ChatRole.OFFICE, OFFICE)
    return Reader(a_world(talk), room, (room,), ())


def a_world(talk: Conversation) -> World:
    return World(talk.engine, StoppedClock(NOON), {"web": WebChannel()}, 1, files=talk.files)


def bring(talk: Conversation, files: Sequence[SourceFile], words: str = "") -> None:
    asyncio.run(_bring(talk, files, words))


async def _bring(talk: Conversation, files: Sequence[SourceFile], words: str) -> None:
    await store_all(reader(talk), files, words)


def start_again(talk: Conversation) -> None:
    """Another process finds what the first one had kept and not heard."""
    asyncio.run(a_world(talk).handle_left_over())


def plans(talk: Conversation) -> list[tuple[str, list[str], int]]:
    """Each plan: its number, its files, how many duties it has."""
    with transaction(talk.engine) as session:
        return [
            (
                plan.number or "",
                [file.name for file in files_of(session, plan)],
                len(duties_of(session, plan.id or 0)),
            )
            for plan in session.exec(select(Plan).order_by(col(Plan.id)))
        ]


def test_files_that_were_kept_are_one_plan_after_a_restart(talk: Conversation) -> None:
    bring(talk, FILES)
    assert plans(talk) == []
    start_again(talk)
    assert plans(talk) == [("12/KH-STTTT", ["Kế hoạch.txt", "Phụ lục 1.md", "Phụ lục 2.md"], 5)]


def test_what_arrived_before_the_rest_was_cut_off_is_read(talk: Conversation) -> None:
    bring(talk, FILES[:2])
    start_again(talk)
    assert plans(talk) == [("12/KH-STTTT", ["Kế hoạch.txt", "Phụ lục 1.md"], 3)]


def test_appendices_belong_to_the_plan_they_came_with_though_another_came_between(
    talk: Conversation,
) -> None:
    who, names = reader(talk), ("a" * 24, "b" * 24)

    async def side_by_side() -> None:
        await store(who, FILES[0], "", names[0], 0)
        await store(who, SourceFile("Kế hoạch khác.txt", OTHER_PLAN), "", names[1], 0)
        await store(who, FILES[1], "", names[0], 1)

    asyncio.run(side_by_side())
    start_again(talk)
    assert [(number, len(files)) for number, files, _ in plans(talk)] == [
        ("12/KH-STTTT", 2),
        ("13/KH-STTTT", 1),
    ]


def test_a_file_that_comes_twice_is_kept_once(talk: Conversation) -> None:
    who, album = reader(talk), "c" * 24

    async def twice() -> list[bool]:
        return [await store(who, FILES[0], "", album, 0) is not None for _ in range(2)]

    assert asyncio.run(twice()) == [True, False]
    with transaction(talk.engine) as session:
        assert len(session.exec(select(Inbox).where(Inbox.album == album)).all()) == 1


def test_a_body_without_a_table_is_read_with_its_appendix(talk: Conversation) -> None:
    bare = BODY.replace("1. Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 10/12/2022.", "")
    bring(talk, [SourceFile("Kế hoạch.txt", bare.encode()), FILES[1]])
    start_again(talk)
    assert [(files, duties) for _, files, duties in plans(talk)] == [(["Kế hoạch.txt", "Phụ lục 1.md"], 2)]
