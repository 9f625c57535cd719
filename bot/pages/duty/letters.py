"""The letters about an obligation, as they went, and as far as a reader may see them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.pages.places import Place, places_of
from data.letter_subjects import Sent, letters_about
from data.letters import as_message
from data.tables import ChatRole, LetterState
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
    places = places_of(session, {each.chat.id: each.chat for each in found}.values())
    for number, sent in enumerate(found):
        units = places[sent.letter.chat_id].unit_ids
        if readers_units is not None and not _is_theirs(sent, units, readers_units):
            continue
        is_whole = readers_units is None or units <= set(readers_units)
        yield _shown(sent, found[number + 1 :], places, is_whole=is_whole)


def _is_theirs(sent: Sent, units: frozenset[int], readers_units: Collection[int]) -> bool:
    return sent.chat.role is ChatRole.UNIT and not units.isdisjoint(readers_units)


def _shown(sent: Sent, later: Sequence[Sent], places: Mapping[int, Place], *, is_whole: bool) -> LetterShown:
    letter, chat = sent.letter, sent.chat
    again = [each for each in later if each.rung == sent.rung] if letter.state in LOST and sent.rung else []
    return LetterShown(
        letter.id or 0,
        letter.sent_at or letter.put_at,
        letter.key,
        sent.rung,
        places[letter.chat_id].name,
        channel_name(chat.channel),
        letter.state,
        letter.maybe_twice,
        letter.failure,
        sent_instead([places[each.letter.chat_id].name for each in again]),
        as_message(letter.body).lines if is_whole else (),
    )
