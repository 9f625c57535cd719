"""The letters about an obligation, as they went, and as far as a reader may see them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.letter_subjects import Sent, letters_about
from data.letters import as_message
from data.tables import ChatRole, ChatUnit, LetterState
from duties.message import Line
from duties.wording.letters import channel_name, sent_instead

NOT_TOLD = frozenset({LetterState.EMPTY, LetterState.DRAFTED})
LOST = frozenset({LetterState.FAILED, LetterState.UNKNOWN})


@dataclass(frozen=True)
class LetterShown:
    """A letter: why, where to, what became of it; `lines` are its words, none where they are not for the reader."""

    id: int
    at: datetime
    key: str
    rung: str
    to: str
    channel: str
    state: LetterState
    maybe_twice: bool = False
    failure: str = ""
    instead: str = ""
    lines: tuple[Line, ...] = ()


def letters_shown(
    session: Session, obligation_id: int, readers_units: Collection[int] | None
) -> Iterator[LetterShown]:
    """Oldest first. `readers_units`: of a unit's reader, who sees what went to its own chats; None for the office."""
    found = [each for each in letters_about(session, [obligation_id]) if each.letter.state not in NOT_TOLD]
    served = _served(session, {each.letter.chat_id for each in found})
    for place, sent in enumerate(found):
        units = served.get(sent.letter.chat_id, frozenset())
        if readers_units is not None and not _is_theirs(sent, units, readers_units):
            continue
        is_whole = readers_units is None or units <= set(readers_units)
        yield _shown(sent, found[place + 1 :], is_whole=is_whole)


def _is_theirs(sent: Sent, units: frozenset[int], readers_units: Collection[int]) -> bool:
    return sent.chat.role is ChatRole.UNIT and not units.isdisjoint(readers_units)


def _served(session: Session, chats: Collection[int]) -> dict[int, frozenset[int]]:
    rows = session.exec(select(ChatUnit.chat_id, ChatUnit.unit_id).where(col(ChatUnit.chat_id).in_(chats)))
    found: dict[int, set[int]] = {}
    for chat_id, unit_id in rows:
        found.setdefault(chat_id, set()).add(unit_id)
    return {chat_id: frozenset(units) for chat_id, units in found.items()}


def _shown(sent: Sent, later: Sequence[Sent], *, is_whole: bool) -> LetterShown:
    letter, chat = sent.letter, sent.chat
    again = [each for each in later if each.rung == sent.rung] if letter.state in LOST and sent.rung else []
    return LetterShown(
        letter.id or 0,
        letter.sent_at or letter.put_at,
        letter.key,
        sent.rung,
        chat.title or channel_name(chat.channel),
        channel_name(chat.channel),
        letter.state,
        letter.maybe_twice,
        letter.failure,
        sent_instead([each.chat.title for each in again]),
        as_message(letter.body).lines if is_whole else (),
    )
