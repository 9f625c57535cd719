"""Files brought to an upload address: the same as if the chat had sent them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import filing
from bot.commands.link_chat import turn_of
from bot.turn import Turn
from data.access_links import Opened
from data.evidence import evidence_of
from data.files import FilesFolder
from data.inbox import receive
from data.letters import put_letter
from data.locks import in_turn, turn_in
from data.obligations import Item, hold, item
from data.people import Place
from data.tables import Inbox, LetterKind
from duties.errors import DutyError
from duties.wording import answers
from duties.wording import files as wording
from duties.wording.entries import Entry

BY_LINK = "Trang nộp tệp"
GONE = "Việc này không còn trong kế hoạch nên không nhận thêm tệp."


@dataclass(frozen=True)
class Desk:
    """What an upload address is for, and what was brought already."""

    entry: Entry
    agency: str
    names: tuple[str, ...]


def desk_of(session: Session, opened: Opened, files: FilesFolder, now: datetime) -> Desk | None:
    """What the page shows; None when the obligation is gone."""
    about = item(session, opened.link.obligation_id or 0)
    if about is None:
        return None
    turn = turn_of(session, opened.chat, _nothing_said(opened), now, files)
    names = tuple(row.file_name for row in evidence_of(session, about.id))
    return Desk(turn.entry(about), turn.agency.name, names)


def bring(
    session: Session, opened: Opened, name: str, content: bytes, files: FilesFolder, now: datetime
) -> str:
    """File what was brought, and let the chat know; the name under which it is kept. Raises DutyError."""
    about = item(session, opened.link.obligation_id or 0)
    if about is None:
        raise DutyError(GONE)
    in_turn(session, turn_in(opened.chat.agency_id))
    turn = turn_of(session, opened.chat, _heard(session, opened, name, content, now), now, files)
    refused = filing.take_in(turn, by_link=True)
    if refused or turn.file is None:
        raise DutyError(refused[0].text if refused else GONE)
    _file(turn, about)
    return turn.file.name


def _file(turn: Turn, about: Item) -> None:
    """One letter tells of all that was brought within a minute; it waits for the minute to end."""
    if filing.follows(turn) is not None:
        return
    hold(turn.session, [about])
    entry = turn.entry(about)
    if not entry.is_owed:
        raise DutyError(answers.closed(entry))
    turn.found.append(about)
    for n, message in enumerate(filing.finish(turn, [wording.received([entry])], is_recorded=True), start=1):
        put_letter(
            turn.session,
            turn.chat,
            f"reply:{turn.inbox.id}:{n}",
            LetterKind.REPLY,
            turn.now,
            message,
            not_before=_next_minute(turn.now),
        )


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _heard(session: Session, opened: Opened, name: str, content: bytes, now: datetime) -> Inbox:
    chat, minute = opened.chat, f"{_next_minute(now):%Y%m%d%H%M}"
    inbox_id = receive(
        session,
        Place(chat.channel, chat.bot, chat.address, chat.topic),
        f"upload:{uuid.uuid4().hex}",
        now,
        sender=BY_LINK,
        file_name=name,
        file=content,
        album=f"upload:{opened.link.id}:{minute}",
    )
    incoming = session.get_one(Inbox, inbox_id)
    incoming.handled_at = now
    return incoming


def _nothing_said(opened: Opened) -> Inbox:
    chat = opened.chat
    return Inbox(
        channel=chat.channel,
        bot=chat.bot,
        platform_id="",
        address=chat.address,
        topic=chat.topic,
        received_at=opened.link.made_at,
    )
