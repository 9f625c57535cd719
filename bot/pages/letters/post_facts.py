"""How sending is set at this moment: paused or not, who is reached where, the announcement, the bots and their limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from bot.commands.announce import WAITS
from bot.pages.places import places_of
from data.announcements import drafted, last_sent
from data.pauses import is_paused
from data.people import chats_of_unit, living_units
from data.tables import Agency, Allowance, Chat, Letter, LetterState
from duties.wording.announcements import held_by_pause
from duties.wording.dates import moment
from duties.wording.letters import became, channel_name
from duties.workdays import HANOI, day_of
from scheduler.channel import Channel
from scheduler.quota import used

LATELY = timedelta(days=7)
A_MOMENT = timedelta(seconds=5)


@dataclass(frozen=True)
class Pause:
    """`until`: the last day of a pause that ends by itself."""

    is_on: bool
    until: date | None = None


def pause_of(session: Session, agency_id: int, now: datetime) -> Pause:
    agency = session.get_one(Agency, agency_id)
    return Pause(True, agency.paused_until) if is_paused(agency, now) else Pause(False)


@dataclass(frozen=True)
class Reached:
    """A unit and the chat in which it is told, "" for none."""

    unit: str
    place: str
    channel: str = ""


@dataclass(frozen=True)
class Announced:
    """The announcement that went out last, and how far it has got: (place, channel, what became of it)."""

    text: str
    at: datetime
    by: str
    arrived: int
    total: int
    reached: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class Sending:
    """What may be sent by hand: to whom, the words that wait to be confirmed, and the last announcement.

    `held`: why nothing can be sent at this moment, "" where it can.
    """

    reached: tuple[Reached, ...]
    draft: str
    last: Announced | None
    held: str = ""


def sending(session: Session, agency_id: int, chat_id: int, now: datetime) -> Sending:
    units = living_units(session, agency_id, day_of(now))
    reached = tuple(sorted((_reached(session, unit.id or 0, unit.name) for unit in units), key=_by_name))
    draft = drafted(session, chat_id, now - WAITS)
    pause = pause_of(session, agency_id, now)
    return Sending(
        reached,
        str(draft.words.get("text", "")) if draft else "",
        _last(session, agency_id, now, paused=pause.is_on),
        held_by_pause(pause.until) if pause.is_on else "",
    )


def _by_name(reached: Reached) -> tuple[bool, str]:
    return bool(reached.place), reached.unit


def _reached(session: Session, unit_id: int, name: str) -> Reached:
    chats = chats_of_unit(session, unit_id)[:1]
    places = places_of(session, chats)
    return next(
        (Reached(name, places[chat.id or 0].name, channel_name(chat.channel)) for chat in chats),
        Reached(name, ""),
    )


def _became(letter: Letter, now: datetime, *, paused: bool) -> str:
    if paused and letter.state is LetterState.WAITING:
        return "chờ hết tạm dừng"
    words = became(letter.state.value, maybe_twice=letter.maybe_twice)
    is_later = letter.state is LetterState.WAITING and letter.next_try_at > now + A_MOMENT
    return f"{words} lúc {moment(letter.next_try_at)}" if is_later else words


def _last(session: Session, agency_id: int, now: datetime, *, paused: bool) -> Announced | None:
    last = last_sent(session, agency_id)
    if last is None:
        return None
    query = select(Letter, Chat).join(Chat, col(Letter.chat_id) == Chat.id)
    key = f"notice:announce:{last.detail['draft']}"
    rows = session.exec(query.where(Letter.agency_id == agency_id, Letter.key == key)).all()
    places = places_of(session, [chat for _, chat in rows])
    reached = tuple(
        (
            places[letter.chat_id].name,
            channel_name(chat.channel),
            _became(letter, now, paused=paused),
            letter.state in (LetterState.FAILED, LetterState.UNKNOWN),
        )
        for letter, chat in rows
    )
    arrived = sum(letter.state is LetterState.SENT for letter, _ in rows)
    ordered = tuple(sorted(reached, key=lambda each: (not each[3], each[0])))
    return Announced(str(last.words.get("text", "")), last.at, last.sender, arrived, len(rows), ordered)


@dataclass(frozen=True)
class Bot:
    """A bot that serves the agency, "" for the built-in web chat; `free_at`: until when its platform lets it wait."""

    channel: str
    bot: str
    chats: int
    today: int
    lost: int
    month: int | None
    cap: int | None
    free_at: datetime | None


def bots(session: Session, agency_id: int, channels: Mapping[str, Channel], now: datetime) -> tuple[Bot, ...]:
    """Every bot through which the agency's chats are reached, with what it sent and lost lately."""
    living = select(Chat).where(Chat.agency_id == agency_id, col(Chat.left_at).is_(None))
    chats: dict[tuple[str, str], list[Chat]] = {}
    for chat in session.exec(living.order_by(col(Chat.id))):
        chats.setdefault((chat.channel, chat.bot), []).append(chat)
    counts = _counts(session, agency_id, now)
    return tuple(
        _bot(session, theirs, channels.get(channel), counts.get((channel, bot), (0, 0)), now)
        for (channel, bot), theirs in sorted(chats.items())
    )


def _counts(session: Session, agency_id: int, now: datetime) -> dict[tuple[str, str], tuple[int, int]]:
    """What was sent today and lost within a week, by bot."""
    midnight = datetime.combine(day_of(now), time(0), HANOI)
    is_sent = (col(Letter.state) == LetterState.SENT) & (col(Letter.put_at) >= midnight)
    is_lost = col(Letter.state).in_((LetterState.FAILED, LetterState.UNKNOWN))
    query = (
        select(
            Chat.channel,
            Chat.bot,
            func.sum(case((is_sent, 1), else_=0)),
            func.sum(case((is_lost, 1), else_=0)),
        )
        .join(Letter, col(Letter.chat_id) == Chat.id)
        .where(Letter.agency_id == agency_id, Letter.put_at >= now - LATELY)
        .group_by(Chat.channel, Chat.bot)
    )
    return {(channel, bot): (sent, lost) for channel, bot, sent, lost in session.exec(query)}


def _bot(
    session: Session, chats: list[Chat], channel: Channel | None, counts: tuple[int, int], now: datetime
) -> Bot:
    first = chats[0]
    so_far = used(session, channel.capabilities, first, now) if channel else None
    held = session.exec(
        select(Allowance.next_allowed_at).where(Allowance.name == f"{first.channel}:{first.bot}")
    ).first()
    return Bot(
        first.channel,
        first.bot,
        len(chats),
        *counts,
        so_far.sent if so_far else None,
        so_far.cap if so_far else None,
        held if held is not None and held > now + A_MOMENT else None,
    )
