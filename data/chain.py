"""The chains of the trail, gone through: is each entry there, in its place, as it was written?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, inspect, tuple_
from sqlmodel import Session, col, func, or_, select

from data.tables import Trail
from data.tables.trail import CUT
from data.trail import BEGINNING, digest_of, hash_of
from duties.errors import DutyError

ERASED = "trail_erased"
AT_ONCE = 500
SHOWN_OF_A_HASH = 16
A_HEAD = re.compile(rf"(\d{{1,9}})-(\d{{1,9}})-([0-9a-f]{{{SHOWN_OF_A_HASH}}})")


class Fault(StrEnum):
    """What is wrong with the first entry that is not as it was written."""

    MISSING = "missing"
    CHANGED = "changed"
    ERASED = "erased"
    UNSEALED = "unsealed"
    CUT_OFF = "cut_off"


@dataclass(frozen=True)
class Head:
    """The newest entry of a chain, to be kept elsewhere: what is cut off at the end is missed by nothing else."""

    chain: int
    place: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}-{self.place}-{self.hash[:SHOWN_OF_A_HASH]}"


class NotAHead(DutyError):
    """Mã đối chiếu chưa đúng dạng; xin chép đúng như đã ghi, ví dụ 1-204-9f86d081884c7d65."""


def read_head(text: str) -> Head:
    """What `str` of a head gave; NotAHead for anything else."""
    found = A_HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise NotAHead
    return Head(int(found[1]), int(found[2]), found[3])


@dataclass(frozen=True)
class Broken:
    """The first entry that is not as it was written; `at` None where it is not there."""

    place: int
    fault: Fault
    at: datetime | None = None


@dataclass(frozen=True)
class Verified:
    """A chain from its first entry to its newest one; `erased`: entries whose names and words were taken out, as noted.

    `cut`: up to which place the oldest were let go, as noted; of what was there nothing can be said any more.
    """

    chain: int
    entries: int
    first_at: datetime | None
    last_at: datetime | None
    head: Head
    erased: int
    cut: int
    broken: Broken | None


def heads_of(connection: Connection) -> list[Head]:
    """The newest entry of each chain; none where the tables are of another release."""
    if "hash" not in {column["name"] for column in inspect(connection).get_columns("trail")}:
        return []
    newest = select(Trail.chain, func.max(Trail.place)).where(Trail.hash != "").group_by(col(Trail.chain))
    asked = (
        select(Trail.chain, Trail.place, Trail.hash)
        .where(tuple_(col(Trail.chain), col(Trail.place)).in_(newest))
        .order_by(col(Trail.chain))
    )
    return [Head(chain, place, hash) for chain, place, hash in connection.execute(asked)]


def chains_of(session: Session) -> list[int]:
    """Every chain that has an entry; an entry that was never sealed counts for its agency's."""
    return sorted({*session.exec(select(Trail.chain).distinct()), *_unsealed(session)})


def verify(session: Session, chain: int, kept: Sequence[Head] = ()) -> Verified:
    """Go through a chain. `kept`: heads of it that were kept elsewhere."""
    walk = _Walk(
        chain, _cuts(session, chain), {head.place: head.hash for head in kept if head.chain == chain}
    )
    for entry in _entries(session, chain):
        walk.step(entry)
    walk.end()
    unsealed = _unsealed(session).get(chain)
    if unsealed is not None and walk.broken is None:
        walk.broken = Broken(walk.place + 1, Fault.UNSEALED, unsealed)
    head = Head(chain, walk.place, walk.previous)
    return Verified(
        chain, walk.entries, walk.first_at, walk.last_at, head, walk.erased, walk.cut, walk.broken
    )


@dataclass
class _Walk:
    """Where we are; what is wrong is remembered once, and the rest only counted."""

    chain: int
    cuts: dict[int, str]
    kept: dict[int, str]
    place: int = 0
    previous: str = BEGINNING
    entries: int = 0
    erased: int = 0
    cut: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    broken: Broken | None = None
    not_noted: dict[int, datetime] = field(default_factory=dict)

    def step(self, entry: Trail) -> None:
        if self.entries == 0:
            self._begin(entry)
        if entry.place != self.place + 1:
            self._wrong(self.place + 1, Fault.MISSING)
        elif not self._is_as_written(entry):
            self._wrong(entry.place, Fault.CHANGED, entry.at)
        self._note(entry)
        self.place, self.previous, self.last_at = entry.place or 0, entry.hash, entry.at
        self.entries += 1

    def _begin(self, entry: Trail) -> None:
        """Where the oldest were let go, the entry that says so knows the hash that came before."""
        self.first_at, before = entry.at, (entry.place or 0) - 1
        if before in self.cuts:
            self.place = self.cut = before
            self.previous = self.cuts[before]

    def _is_as_written(self, entry: Trail) -> bool:
        kept = self.kept.get(entry.place or 0, entry.hash)
        return (
            entry.hash == hash_of(entry, self.previous)
            and entry.chain == (entry.agency_id or 0)
            and (entry.salt == "" or entry.digest == digest_of(entry))
            and (entry.salt != "" or (entry.sender, entry.words) == ("", {}))
            and entry.hash.startswith(kept)
        )

    def _note(self, entry: Trail) -> None:
        """Entries that were emptied are named by a later one; whoever empties one unnoticed does not name it."""
        if entry.salt == "" and entry.place is not None:
            self.not_noted[entry.place] = entry.at
        if entry.action == ERASED:
            for first, last in entry.detail.get("entries", []):
                for place in range(first, last + 1):
                    self.erased += self.not_noted.pop(place, None) is not None

    def _wrong(self, place: int, fault: Fault, at: datetime | None = None) -> None:
        self.broken = self.broken or Broken(place, fault, at)

    def end(self) -> None:
        for place, at in self.not_noted.items():
            if self.broken is None or place < self.broken.place:
                self.broken = Broken(place, Fault.ERASED, at)
        if self.broken is None and self.kept and max(self.kept) > self.place:
            self.broken = Broken(self.place + 1, Fault.CUT_OFF)


def _entries(session: Session, chain: int) -> Iterator[Trail]:
    mine = select(Trail).where(Trail.chain == chain, col(Trail.place).is_not(None), Trail.hash != "")
    yield from session.exec(mine.order_by(col(Trail.place)).execution_options(yield_per=AT_ONCE))


def _cuts(session: Session, chain: int) -> dict[int, str]:
    cuts = session.exec(select(Trail).where(Trail.chain == chain, Trail.action == CUT))
    return {int(cut.detail["through"]): str(cut.detail["hash"]) for cut in cuts}


def _unsealed(session: Session) -> dict[int, datetime]:
    """By chain, since when something stands there that no transaction of ours wrote."""
    query = (
        select(Trail)
        .where(or_(col(Trail.hash) == "", col(Trail.place).is_(None)))
        .order_by(col(Trail.id).desc())
    )
    return {entry.agency_id or 0: entry.at for entry in session.exec(query)}
