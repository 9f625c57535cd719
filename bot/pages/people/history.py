"""What happened to a unit, read from the trail: who did it and when, the newest first."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from bot.pages.people.facts import Changed, UnitSeen, changes_seen
from bot.pages.people.words import change_in_words
from data.tables import Chat, ChatUnit, Trail
from duties.wording.phrases import capitalised
from duties.wording.trail import called

# Those of the trail that speak of a unit by its number, its name, its chat, or a change of units.
BY_NUMBER = frozenset(("add_unit", "rename_unit", "call_unit", "drop_name"))
BY_NAME = frozenset(
    (
        "invite",
        "withdraw_codes",
        "move_chat",
        "drop_chat",
        "put_first",
        "stop_here",
        "tell_apart",
        "mean_units",
    )
)
BY_CHAT = frozenset(("link", "web_enter", "chat_lost", "chat_found_again"))
BY_CHANGE = frozenset(("confirm_unit_change", "drop_unit_change"))
LOOKED_AT, SHOWN = 2000, 40


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: str
    by: str = ""


def history_of(session: Session, agency_id: int, unit: UnitSeen) -> tuple[Happened, ...]:
    """What is known of it; the oldest of a long life is left out."""
    serving = select(Chat.id, Chat.title).join(ChatUnit, col(ChatUnit.chat_id) == Chat.id)
    rows = session.exec(serving.where(ChatUnit.unit_id == unit.id)).all()
    chats = {chat_id or 0: title for chat_id, title in rows}
    changes = {each.number: each for each in changes_seen(session, agency_id) if _concerns(each, unit)}
    query = (
        select(Trail)
        .where(
            Trail.agency_id == agency_id,
            col(Trail.refused).is_(False),
            or_(
                col(Trail.action).in_(BY_NUMBER | BY_NAME | BY_CHANGE),
                col(Trail.chat_id).in_(list(chats)) & col(Trail.action).in_(BY_CHAT),
            ),
        )
        .order_by(col(Trail.id).desc())
        .limit(LOOKED_AT)
    )
    names = {unit.name, *unit.aliases}
    found: list[Happened] = []
    for entry in session.exec(query):
        found += [
            Happened(entry.at, what, entry.sender) for what in _said(entry, unit.id, names, chats, changes)
        ]
    return tuple(found[:SHOWN])


def _concerns(change: Changed, unit: UnitSeen) -> bool:
    return unit.id in change.unit_ids or unit.name in (*change.units, *change.names)


def _said(
    entry: Trail, unit_id: int, names: Set[str], chats: Mapping[int, str], changes: Mapping[int, Changed]
) -> Iterator[str]:
    """What the entry says of the unit, if it speaks of it."""
    detail, what = {**entry.detail, **entry.words}, capitalised(called(entry.action))
    if entry.action in BY_NUMBER and unit_id in (detail.get("unit"), *detail.get("units", ())):
        yield _named(what, detail)
    elif entry.action in BY_NAME and names & set(_names_in(detail)):
        yield f"{what}: {detail['place']}" if detail.get("place") else what
    elif entry.action in BY_CHAT:
        yield f"{what}: {chats.get(entry.chat_id or 0) or 'không tên'}"
    elif entry.action in BY_CHANGE and detail.get("change") in changes:
        yield f"{what}: {change_in_words(changes[detail['change']])}"


def _named(what: str, detail: Mapping[str, object]) -> str:
    if detail.get("old"):
        return f"{what}: {detail['old']} thành {detail.get('new', '')}"
    return f"{what}: {detail['name']}" if detail.get("name") else what


def _names_in(detail: Mapping[str, object]) -> Iterator[str]:
    for value in detail.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))
