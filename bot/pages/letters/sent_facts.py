"""What went out: an agency's letters, the newest first, as far as the filters ask for them."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, String, cast, literal_column, tuple_
from sqlmodel import Session, col, or_, select

from bot.pages.places import Place, places_of
from data.letters import as_message
from data.people import chats_of_unit
from data.tables import (
    Chat,
    ChatUnit,
    Duty,
    Letter,
    LetterKind,
    LetterState,
    LetterSubject,
    Obligation,
    Occurrence,
)
from duties.message import Line
from duties.wording.letters import about_these, advice, channel_name, sent_instead, topic, why_failed
from duties.workdays import HANOI

AT_ONCE = 50
CODE = re.compile(r"#?([A-Za-z]{1,2}\d{1,4})")
LOST = (LetterState.FAILED, LetterState.UNKNOWN)


class Kind(StrEnum):
    """What is asked for: what we tell by ourselves, its two kinds, answers to whoever wrote, or all."""

    TOLD = ""
    REMINDERS = "nhac"
    NOTICES = "thong-bao"
    ANSWERS = "tra-loi"
    ALL = "tat-ca"


class State(StrEnum):
    """What became of it."""

    ANY = ""
    SENT = "da-gui"
    FAILED = "loi"
    UNKNOWN = "chua-ro"
    TWICE = "co-the-trung"


@dataclass(frozen=True)
class Wanted:
    """The filters; `before` is the letter after which the list goes on."""

    since: date
    until: date
    channel: str = ""
    unit_id: int = 0
    kind: Kind = Kind.TOLD
    state: State = State.ANY
    words: str = ""
    before: int = 0


@dataclass(frozen=True)
class Row:
    """A letter in the list: what became of it, and of what did not arrive why, what was done and what is to be done."""

    id: int
    at: datetime
    to: str
    channel: str
    topic: str
    about: str
    state: LetterState
    maybe_twice: bool = False
    failure: str = ""
    instead: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Sent:
    """A page of the list; `older`: the letter after which the next page begins, 0 for the last page."""

    rows: tuple[Row, ...]
    older: int


def sent(session: Session, agency_id: int, wanted: Wanted) -> Sent:
    """The newest fifty that are asked for."""
    query = (
        select(Letter, Chat)
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(Letter.agency_id == agency_id, *_conditions(session, agency_id, wanted))
        .order_by(col(Letter.put_at).desc(), col(Letter.id).desc())
        .limit(AT_ONCE + 1)
    )
    found = session.exec(query).all()
    shown = found[:AT_ONCE]
    places = places_of(session, {chat.id: chat for _, chat in shown}.values())
    again = _told_again(session, [letter for letter, _ in shown if letter.state in LOST])
    about = _about(session, [letter for letter, _ in shown])
    rows = tuple(
        _row(session, letter, chat, places, again.get(letter.id or 0, ()), about) for letter, chat in shown
    )
    return Sent(rows, rows[-1].id if len(found) > AT_ONCE else 0)


def words_of(session: Session, agency_id: int, letter_id: int) -> tuple[Line, ...]:
    """A letter's lines as they went out; none for another agency's."""
    letter = session.get(Letter, letter_id)
    return as_message(letter.body).lines if letter is not None and letter.agency_id == agency_id else ()


def _conditions(session: Session, agency_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        col(Letter.put_at) >= datetime.combine(wanted.since, time(0), HANOI),
        col(Letter.put_at) < datetime.combine(wanted.until + timedelta(days=1), time(0), HANOI),
        *_of_kind(wanted.kind),
        *_in_state(wanted.state),
        *([col(Chat.channel) == wanted.channel] if wanted.channel else []),
        *([col(Letter.chat_id).in_(_chats_of(session, wanted.unit_id))] if wanted.unit_id else []),
        *(_with_words(session, agency_id, wanted.words) if wanted.words else []),
        *_after(session, wanted.before),
    ]


def _of_kind(kind: Kind) -> list[ColumnElement[bool]]:
    match kind:
        case Kind.TOLD:
            return [col(Letter.kind).in_((LetterKind.SLOT, LetterKind.NOTICE))]
        case Kind.REMINDERS:
            return [or_(col(Letter.kind) == LetterKind.SLOT, col(Letter.key).startswith("notice:nudge:"))]
        case Kind.NOTICES:
            return [col(Letter.kind) == LetterKind.NOTICE]
        case Kind.ANSWERS:
            return [col(Letter.kind) == LetterKind.REPLY]
        case Kind.ALL:
            return []


def _in_state(state: State) -> list[ColumnElement[bool]]:
    match state:
        case State.ANY:
            return [col(Letter.state).in_((LetterState.SENT, *LOST))]
        case State.SENT:
            return [col(Letter.state) == LetterState.SENT]
        case State.FAILED:
            return [_is_lost(), col(Letter.state) == LetterState.FAILED]
        case State.UNKNOWN:
            return [_is_lost(), col(Letter.state) == LetterState.UNKNOWN]
        case State.TWICE:
            return [col(Letter.maybe_twice).is_(True)]


def _is_lost() -> ColumnElement[bool]:
    """In the words of the index that holds only these."""
    lost: tuple[ColumnElement[str], ...] = (literal_column("'failed'"), literal_column("'unknown'"))
    return col(Letter.state).in_(lost)


def _chats_of(session: Session, unit_id: int) -> Sequence[int]:
    """Those that it left too: what went there went to the unit."""
    return session.exec(select(ChatUnit.chat_id).where(ChatUnit.unit_id == unit_id)).all()


def _with_words(session: Session, agency_id: int, words: str) -> list[ColumnElement[bool]]:
    """The code of an obligation, by the letters that speak of it; other words as the letter has them."""
    if found := CODE.fullmatch(words.strip()):
        of_code = (Obligation.agency_id == agency_id, Obligation.short_code == found[1].upper())
        owed = session.exec(select(Obligation.id).where(*of_code)).first()
        about = select(LetterSubject.letter_id).where(LetterSubject.obligation_id == (owed or 0))
        return [col(Letter.id).in_(about)]
    kept = json.dumps(words.strip())[1:-1]  # as the body's JSON has it
    return [cast(Letter.body, String).icontains(kept, autoescape=True)]


def _after(session: Session, letter_id: int) -> list[ColumnElement[bool]]:
    letter = session.get(Letter, letter_id) if letter_id else None
    if letter is None:
        return []
    return [tuple_(col(Letter.put_at), col(Letter.id)) < tuple_(letter.put_at, letter.id)]


def _told_again(session: Session, lost: Sequence[Letter]) -> Mapping[int, Collection[Chat]]:
    """Where the reminders of a letter that did not arrive went afterwards."""
    if not lost:
        return {}
    theirs = select(LetterSubject).where(
        col(LetterSubject.letter_id).in_([letter.id for letter in lost]), LetterSubject.rung != ""
    )
    rows = session.exec(theirs).all()
    later = (
        select(LetterSubject.obligation_id, LetterSubject.rung, LetterSubject.letter_id, Letter.chat_id)
        .join(Letter, col(LetterSubject.letter_id) == Letter.id)
        .where(
            col(LetterSubject.obligation_id).in_({row.obligation_id for row in rows}),
            col(LetterSubject.letter_id) > min(letter.id or 0 for letter in lost),
        )
    )
    places: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for obligation_id, rung, letter_id, chat_id in session.exec(later):
        places.setdefault((obligation_id, rung), []).append((letter_id, chat_id))
    again: dict[int, set[int]] = {}
    for row in rows:
        later_of_it = places.get((row.obligation_id, row.rung), ())
        again.setdefault(row.letter_id, set()).update(
            chat_id for letter_id, chat_id in later_of_it if letter_id > row.letter_id
        )
    wanted = select(Chat).where(col(Chat.id).in_(set().union(*again.values())))
    chats = {chat.id: chat for chat in session.exec(wanted)}
    return {letter_id: [chats[each] for each in sorted(found)] for letter_id, found in again.items()}


def _about(session: Session, letters: Sequence[Letter]) -> dict[int, str]:
    """“3 việc: 1.1 #A2, 1.2 #A5, 2.1 #B1” of each letter that speaks of something."""
    query = (
        select(LetterSubject.letter_id, Duty.code, Obligation.short_code)
        .join(Obligation, col(LetterSubject.obligation_id) == Obligation.id)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .where(col(LetterSubject.letter_id).in_([letter.id for letter in letters]))
        .order_by(col(LetterSubject.id))
    )
    found: dict[int, list[str]] = {}
    for letter_id, code, short_code in session.exec(query):
        found.setdefault(letter_id, []).append(f"{code} #{short_code}".strip())
    return {letter_id: about_these(codes) for letter_id, codes in found.items()}


def _row(
    session: Session,
    letter: Letter,
    chat: Chat,
    places: Mapping[int, Place],
    again: Collection[Chat],
    about: Mapping[int, str],
) -> Row:
    place, is_lost = places[letter.chat_id], letter.state in LOST
    others = places_of(session, again) if again else {}
    instead = sent_instead([each.name for each in others.values()])
    has_other = any(chats_of_unit(session, unit_id) for unit_id in place.unit_ids) if is_lost else False
    lines = as_message(letter.body).lines
    return Row(
        letter.id or 0,
        letter.sent_at or letter.put_at,
        place.name,
        channel_name(chat.channel),
        topic(letter.key),
        about.get(letter.id or 0) or (lines[0].text if lines else letter.file_name),
        letter.state,
        letter.maybe_twice,
        why_failed(letter.failure, channel_name(chat.channel)) if is_lost else "",
        instead,
        advice(
            is_unknown=letter.state is LetterState.UNKNOWN,
            is_reminder=letter.kind is LetterKind.SLOT,
            is_gone=chat.left_at is not None,
            has_other=has_other,
            is_told=bool(again),
        )
        if is_lost
        else "",
    )
