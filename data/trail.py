"""Who did what, in order; refusals are written down too. Each entry is sealed to the one before it, once and for all."""

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from data.locks import in_turn
from data.tables import Agency, Chat, Trail

# What a person said or is called, where they write from, and names of their files: it may have to be erased one day.
ERASABLE = frozenset(
    {
        "about",
        "address",
        "browser",
        "closed_by",
        "documents",
        "file",
        "files",
        "links",
        "moved_from",
        "moved_to",
        "place",
        "reason",
        "text",
        "what",
        "words",
    }
)
BEGINNING = ""
UNSEALED = "trail_unsealed"


def note(
    session: Session,
    now: datetime,
    action: str,
    where: Chat | Agency | None = None,
    *,
    sender: str = "",
    refused: bool = False,
    **detail: object,
) -> None:
    """Write one entry of the trail; `detail` holds plain values only. `where`: the chat, or whose it is where none speaks."""
    plain = _plain(detail)
    chat = where if isinstance(where, Chat) else None
    agency_id = chat.agency_id if chat else where.id if where else None
    entry = Trail(
        agency_id=agency_id,
        chain=agency_id or 0,
        chat_id=chat.id if chat else None,
        sender=sender,
        action=action,
        refused=refused,
        detail={name: value for name, value in plain.items() if name not in ERASABLE},
        words={name: value for name, value in plain.items() if name in ERASABLE},
        at=now,
    )
    session.add(entry)
    session.info.setdefault(UNSEALED, []).append(entry)


def _plain(detail: Mapping[str, object]) -> dict[str, Any]:
    """As the database gives it back, so that it has one hash before and after."""
    plain: dict[str, Any] = json.loads(json.dumps(detail, default=_iso))
    return plain


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")


def seal(session: Session) -> None:
    """Give what this transaction noted its places in the chains: the last thing done before it commits.

    One transaction at a time lengthens a chain; whoever holds that lock asks for no other, so nobody waits in a circle.
    An entry that other hands put into the table gets no place.
    """
    chains: dict[int, list[Trail]] = {}
    for entry in session.info.pop(UNSEALED, ()):
        if entry in session:  # else it was taken back
            chains.setdefault(entry.chain, []).append(entry)
    # whatever else is to be written may have to wait for others: not while others wait for us
    session.flush()
    for chain in sorted(chains):
        in_turn(session, f"trail-{chain}")
        place, previous = head_of(session, chain)
        for entry in chains[chain]:
            place += 1
            entry.place, entry.salt = place, secrets.token_hex(16)
            entry.digest = digest_of(entry)
            entry.hash = previous = hash_of(entry, previous)


def head_of(session: Session, chain: int) -> tuple[int, str]:
    """Place and hash of the newest entry: whoever keeps it elsewhere can tell later that nothing was cut off or changed."""
    newest = select(Trail.place, Trail.hash).where(Trail.chain == chain, col(Trail.place).is_not(None))
    found = session.exec(newest.order_by(col(Trail.place).desc()).limit(1)).first()
    return (found[0] or 0, found[1]) if found else (0, BEGINNING)


def digest_of(entry: Trail) -> str:
    """What stands for name and words in the chain. Without its salt nobody can find out by trying what they were."""
    return sha256(entry.salt.encode() + _canonical([entry.sender, entry.words])).hexdigest()


def hash_of(entry: Trail, previous: str) -> str:
    """The hash of an entry that stands behind that one."""
    said = [
        *(previous, entry.chain, entry.place, entry.at.astimezone(UTC).isoformat(), entry.chat_id),
        *(entry.action, entry.refused, entry.detail, entry.digest),
    ]
    return sha256(_canonical(said)).hexdigest()


def _canonical(value: Iterable[object]) -> bytes:
    """One way of writing it, whatever a file's name or a platform's text may hold."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
