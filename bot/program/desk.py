"""The desk: whoever runs the program speaks as the office does in its chat, on the database of the settings."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlmodel import Session

from bot.app import DAMAGED_DATABASE, ensure_agency
from bot.program.keeping import settings
from bot.program.terminal import BAD_USAGE, NOT_DONE, leave, who
from bot.settings import Settings
from bot.turn import AskBack, Turn
from data.engine import is_damaged, migrate, open_engine, transaction
from data.files import folder_of
from data.locks import in_turn, turn_in
from data.offices import office_of
from data.people import the_agency
from data.tables import Chat, Inbox
from duties.errors import DutyError, UnreadablePlan
from duties.message import Message
from duties.rights import ChatRole
from duties.workdays import day_of
from scheduler.clock import Clock, WallClock

PROGRAM = "program"


@contextmanager
def desk(context: typer.Context) -> Iterator[Turn]:
    """A turn of the office in a short transaction of its own; what is refused ends the program with one line."""
    clock: Clock = context.obj or WallClock()
    try:
        engine = _opened(settings())
        with transaction(engine) as session:
            yield _turn(session, clock)
        engine.dispose()
    except AskBack as asked:
        leave(_one_line(asked.message), NOT_DONE)
    except UnreadablePlan as refused:
        leave(str(refused), BAD_USAGE)
    except DutyError as refused:
        leave(str(refused), NOT_DONE)
    except (ArgumentError, OperationalError) as broken:
        why = str(getattr(broken, "orig", broken)).partition("\n")[0]
        leave(f"Không dùng được cơ sở dữ liệu (NHACVIEC_DATABASE_URL): {why}", BAD_USAGE)
    except DatabaseError as trouble:
        if not is_damaged(trouble):
            raise
        leave(DAMAGED_DATABASE, NOT_DONE)


def _opened(of: Settings) -> Engine:
    engine = open_engine(of.database_url)
    migrate(engine)
    with transaction(engine) as session:
        is_new = the_agency(session) is None
    if is_new:
        ensure_agency(engine, of)
    return engine


def _turn(session: Session, clock: Clock) -> Turn:
    """The office's turn; its chat and its message are not stored, only named as the sender."""
    agency, now, speaker = the_agency(session), clock.now(), who()
    assert agency is not None
    assert agency.id is not None
    in_turn(session, turn_in(agency.id))
    return Turn(
        session=session,
        agency=agency,
        office=office_of(session, agency, day_of(now)),
        chat=Chat(agency_id=agency.id, channel=PROGRAM, address=speaker, role=ChatRole.OFFICE, linked_at=now),
        units=(),
        inbox=Inbox(channel=PROGRAM, platform_id="", address=speaker, sender=speaker, received_at=now),
        now=now,
        files=folder_of(session),
    )


def _one_line(asked: Message) -> str:
    choices = "; ".join(f"“{choice.label}”" for choice in asked.choices)
    text = " ".join(asked.text.split())
    return f"{text} Có thể ghi: {choices}." if choices else text
