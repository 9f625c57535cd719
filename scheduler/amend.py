"""A letter that was answered is changed in place: what was answered loses its buttons and gains a line that says so."""

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, tuple_
from sqlmodel import Session, col, select

from data.engine import transaction
from data.letters import Bot, as_body, as_message
from data.locks import CLAIMS, in_turn
from data.people import chat_at, place_of
from data.tables import Chat, Inbox, Letter, LetterState, Trail
from duties.message import Choice, Line, Message
from duties.wording.receipts import CLOSING, WHAT, receipt
from scheduler.channel import SILENT, Address, Channel, DeliveryError, Failure, can_edit
from scheduler.clock import Clock
from scheduler.limits import give_back, halt, take_turn
from scheduler.pace import Door, Pace
from scheduler.post_room import in_post_room

log = logging.getLogger(__name__)

LETTERS_LOOKED_AT = 20
NOTES_LOOKED_AT = 200
# in seconds
AT_THE_DOOR = 2.0
CODE = re.compile(r"#(\w+)")
TAKE_BACK = "hoàn tác"


@dataclass(frozen=True)
class Recorded:
    """What one incoming message made the conversation write down: codes by action, as the trail has them."""

    said: str
    codes: Mapping[str, Sequence[str]]
    sender: str
    at: datetime

    @property
    def closed(self) -> set[str]:
        return {code for action in CLOSING & self.codes.keys() for code in self.codes[action]}

    @property
    def lines(self) -> list[Line]:
        return [receipt(codes, action, self.sender, self.at) for action, codes in self.codes.items()]


def answered(message: Message, recorded: Recorded) -> Message:
    """The message after that answer; the same when it had no button that the answer settles."""
    left = tuple(choice for choice in message.choices if not _is_settled(choice, recorded))
    if left == message.choices:
        return message
    about = {code for choice in message.choices for code in CODE.findall(choice.says)}
    told = any(about & set(codes) for codes in recorded.codes.values())
    return replace(message, lines=(*message.lines, *(recorded.lines if told else ())), choices=left)


def _is_settled(choice: Choice, recorded: Recorded) -> bool:
    codes = set(CODE.findall(choice.says))
    # “hoàn tác” takes back the newest only: under an older letter it would take back another thing than it shows
    return (
        choice.says == TAKE_BACK
        or (bool(codes) and codes <= recorded.closed)
        or (choice.says == recorded.said and not choice.says.startswith("/"))
    )


def mark_answered(session: Session, inbox_id: int, editing: Collection[str], now: datetime) -> int:
    """Change the letters that this message answered, on channels that can; how many the chat is to be shown anew."""
    inbox = session.get_one(Inbox, inbox_id)
    if inbox.channel not in editing:
        return 0
    chat = chat_at(session, place_of(inbox))
    recorded = _recorded(session, inbox, now)
    if chat is None or not recorded.codes:
        return 0
    changed = 0
    for letter in _newest(session, chat):
        before = as_message(letter.body, letter.listed)
        after = answered(before, recorded)
        if after != before:
            letter.body, letter.edit_at = as_body(after), now
            changed += 1
    return changed


def _recorded(session: Session, inbox: Inbox, now: datetime) -> Recorded:
    newest = session.exec(select(Trail).order_by(col(Trail.id).desc()).limit(NOTES_LOOKED_AT)).all()
    codes: dict[str, list[str]] = {}
    for row in reversed(newest):
        mine = row.detail.get("inbox") == inbox.id and not row.refused and row.action in WHAT
        if mine and "code" in row.detail:
            codes.setdefault(row.action, []).append(str(row.detail["code"]))
    return Recorded(inbox.text, codes, inbox.sender, now)


def _newest(session: Session, chat: Chat) -> Sequence[Letter]:
    """The chat's newest letters that can be changed."""
    query = select(Letter).where(
        Letter.chat_id == chat.id, Letter.state == LetterState.SENT, col(Letter.platform_id).is_not(None)
    )
    return session.exec(query.order_by(col(Letter.id).desc()).limit(LETTERS_LOOKED_AT)).all()


@dataclass(frozen=True)
class Edit:
    letter_id: int
    address: Address
    platform_id: str
    message: Message


async def send_edits(
    engine: Engine,
    channels: Mapping[str, Channel],
    clock: Clock,
    *,
    is_closing: Callable[[], bool] = lambda: False,
    pace: Pace | None = None,
    elsewhere: Collection[Bot] = (),
) -> int:
    """Show every changed letter to its chat; how many. An edit is a courtesy: what cannot be shown is let be.

    `elsewhere`: bots for which another process does so.
    """
    shown, tried, pace = 0, set[int](), pace or Pace()
    while not is_closing() and (
        edit := await in_post_room(_take_edit, engine, channels, clock.now(), tried, frozenset(elsewhere))
    ):
        tried.add(edit.letter_id)
        channel = channels[edit.address.channel]
        door = pace.door(channel.capabilities.limits(edit.address))
        try:
            was_shown = await (_show(channel, edit) if door is None else _show_through(door, channel, edit))
        except DeliveryError as failure:
            await in_post_room(_record_refusal, engine, channel, edit, failure, clock.now())
            continue
        shown += was_shown
        if not was_shown:
            await in_post_room(_put_back, engine, channel, edit, clock.now())
    return shown


async def _show(channel: Channel, edit: Edit) -> bool:
    assert can_edit(channel)
    await channel.edit(edit.address, edit.platform_id, edit.message)
    return True


async def _show_through(door: Door, channel: Channel, edit: Edit) -> bool:
    """Among the letters of its bot, which may send so many in a second; False when it was not let out soon."""
    try:
        # others wait behind it, perhaps of another bot
        async with asyncio.timeout(AT_THE_DOOR):
            is_out = await door.go_out(turn_in=0, ready_in=0, is_answer=False)
    except TimeoutError:
        return False
    if not is_out:
        return False
    answered: bool | None = None
    try:
        await _show(channel, edit)
        answered = True
    except DeliveryError as failure:
        answered = failure.kind not in SILENT
        raise
    finally:
        await door.back(answered)
    return True


def _take_edit(
    engine: Engine,
    channels: Mapping[str, Channel],
    now: datetime,
    tried: set[int],
    elsewhere: Collection[Bot],
) -> Edit | None:
    query = (
        select(Letter, Chat)
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(col(Letter.edit_at) <= now, tuple_(Chat.channel, Chat.bot).not_in(elsewhere))
        .order_by(col(Letter.id))
        .limit(100)
    )
    with transaction(engine) as session:
        if session.exec(query.limit(1)).first() is None:
            return None
        in_turn(session, CLAIMS)
        free = query.with_for_update(of=Letter, skip_locked=True)
        for letter, chat in session.exec(free):
            edit = _claim(session, letter, chat, channels, now) if letter.id not in tried else None
            if edit is not None:
                return edit
    return None


def _claim(
    session: Session, letter: Letter, chat: Chat, channels: Mapping[str, Channel], now: datetime
) -> Edit | None:
    address = Address(chat.channel, chat.bot, chat.address, chat.topic)
    channel = channels.get(chat.channel)
    message = as_message(letter.body, letter.listed)
    if channel is None or not can_edit(channel) or len(channel.capabilities.parts(message)) > 1:
        letter.edit_at = None
        return None
    letter.edit_at = take_turn(session, channel.capabilities.limits(address), now)
    if letter.edit_at is not None:
        return None
    assert letter.id is not None
    return Edit(letter.id, address, letter.platform_id or "", message)


def _put_back(engine: Engine, channel: Channel, edit: Edit, now: datetime) -> None:
    """What was not begun is shown later; its turns are others'."""
    with transaction(engine) as session:
        session.get_one(Letter, edit.letter_id).edit_at = now
        give_back(session, channel.capabilities.limits(edit.address), now)


def _record_refusal(
    engine: Engine, channel: Channel, edit: Edit, failure: DeliveryError, now: datetime
) -> None:
    log.info("letter=%s not edited, %s: %s", edit.letter_id, failure.kind.value, failure)
    if failure.kind is not Failure.WAIT or failure.wait is None:
        return
    with transaction(engine) as session:
        session.get_one(Letter, edit.letter_id).edit_at = now + failure.wait
        for limit in channel.capabilities.limits(edit.address)[:1]:
            halt(session, limit, now + failure.wait, now)
