"""`nhacviec run` as a process of its own, and the office whose program has run in a folder."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlmodel import select

from bot.site import free_port
from data.engine import open_engine, transaction
from data.people import invite
from data.tables import Agency, Chat, ChatRole, Letter, LetterState
from scheduler.clock import WallClock
from tests.fakes.offices import SmallOffice

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def program(folder: Path, *command: str, **more: str) -> AsyncIterator[Process]:
    """`nhacviec run`, or another command, in a folder of its own with those settings, until the block ends."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'office.db'}",
        "SECRET_FILE": str(folder / "secret"),
        "PORT": str(free_port("127.0.0.1", 0)),
        **more,
    }
    # NiceGUI serves otherwise when it thinks it is under test
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**around, **{f"NHACVIEC_{name}": value for name, value in settings.items()}}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *(command or ("run",)),
        cwd=ROOT,
        env=environment,
        stdout=PIPE,
        stderr=STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def codes(folder: Path, count: int) -> list[str]:
    """Invitations for that many units of the office whose program has run in the folder."""
    engine, now = open_engine(f"sqlite:///{folder / 'office.db'}"), WallClock().now()
    with transaction(engine) as session:
        small = SmallOffice(session, session.exec(select(Agency)).one())
        units = [small.unit(f"Phòng số {n}") for n in range(count)]
        made = [invite(session, small.agency_id, ChatRole.UNIT, unit.id, now) for unit in units]
    engine.dispose()
    return made


def linked(folder: Path) -> set[str]:
    """The titles of its chats."""
    engine = open_engine(f"sqlite:///{folder / 'office.db'}")
    with transaction(engine) as session:
        titles = set(session.exec(select(Chat.title)))
    engine.dispose()
    return titles


def on_their_way(folder: Path) -> int:
    """How many letters somebody has claimed and not yet recorded."""
    engine = open_engine(f"sqlite:///{folder / 'office.db'}")
    with transaction(engine) as session:
        sending = session.exec(select(Letter.id).where(Letter.state == LetterState.SENDING)).all()
    engine.dispose()
    return len(sending)
