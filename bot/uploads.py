"""Files brought to an upload address: the same as if the chat had sent them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot import filing
from bot.commands.link_chat import turn_of
from data.access_links import Opened
from data.evidence import brought_since, evidence_of, leave_room
from data.files import FilesFolder
from data.inbox import receive
from data.letters import newest_put, put_letter
from data.locks import in_turn, turn_in
from data.obligations import hold, item
from data.people import place_of
from data.tables import Inbox, LetterKind
from duties.errors import DutyError
from duties.wording import answers
from duties.wording import files as wording
from duties.wording.entries import Entry


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
    """File what was brought; the name under which it is kept. Raises DutyError."""
    about = item(session, opened.link.obligation_id or 0)
    if about is None:
        raise DutyError(wording.GONE)
    in_turn(session, turn_in(opened.chat.agency_id))
    turn = turn_of(session, opened.chat, _heard(session, opened, name, content, now), now, files)
    if not turn.entry(about).is_owed:
        raise DutyError(answers.closed(turn.entry(about)))
    leave_room(session, opened.chat.id or 0, len(content), now)
    refused = filing.take_in(turn, by_link=True)
    if turn.file is None:
        raise DutyError(refused[0].text)
    if filing.follows(turn) is None:
        hold(session, [about])
        turn.found.append(about)
        filing.finish(turn, [], is_recorded=True)
    return turn.file.name


def tell(session: Session, opened: Opened, files: FilesFolder, now: datetime) -> None:
    """One letter to the chat of all that was brought since the last one, when whoever brings it has done."""
    about = item(session, opened.link.obligation_id or 0)
    key = f"upload:{opened.link.id}:"
    untold = brought_since(session, key, newest_put(session, opened.chat, key))
    if about is None or not untold:
        return
    entry = turn_of(session, opened.chat, _nothing_said(opened), now, files).entry(about)
    names = list(dict.fromkeys(row.file_name for row in untold))
    [message] = wording.with_line([wording.received([entry])], wording.kept_files(names))
    put_letter(session, opened.chat, f"{key}{untold[-1].inbox_id}", LetterKind.REPLY, now, message)


def _heard(session: Session, opened: Opened, name: str, content: bytes, now: datetime) -> Inbox:
    """As if the chat had sent it; what is brought within an hour goes together."""
    chat = opened.chat
    inbox_id = receive(
        session,
        place_of(chat),
        f"upload:{uuid.uuid4().hex}",
        now,
        sender=wording.BY_LINK,
        file_name=name,
        file=content,
        album=f"upload:{opened.link.id}:{now:%Y%m%d%H}",
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
