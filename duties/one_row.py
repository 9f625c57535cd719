"""Rows of a plan that are one duty: what they say together, and who does what of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from duties.deadline import Deadline, Reading
from duties.plan import Role
from duties.spelling import fold


@dataclass(frozen=True)
class Named:
    """A name in a row and which of its bullets it answers for; none named means all."""

    printed: str
    role: Role
    bullets: tuple[int, ...] = ()


@dataclass(frozen=True)
class RowSaid:
    """One of the rows; `deadline` is what its `phrase` was understood, or said, to mean."""

    called: str
    content: str
    phrase: str
    deadline: Deadline
    units: tuple[Named, ...] = ()
    forms: tuple[str, ...] = ()


def words_together(texts: Sequence[str], between: str = "\n") -> str:
    """Each text once, below one another."""
    kept: list[str] = []
    for text in filter(None, (each.strip() for each in texts)):
        if fold(text) not in map(fold, kept):
            kept.append(text)
    return between.join(kept)


def deadline_together(rows: Sequence[RowSaid]) -> RowSaid:
    """The row whose deadline counts: the first that is understood, else the first that says anything."""
    said = [row for row in rows if _says(row)]
    read = [row for row in said if row.deadline.reading is not Reading.UNREAD]
    return next(iter((*read, *said)), rows[0])


def other_deadlines(rows: Sequence[RowSaid], counts: RowSaid) -> list[RowSaid]:
    """The rows that say another time than the one that counts: whether it counts too, the office must say."""
    return [row for row in rows if _says(row) and fold(_meant(row)) != fold(_meant(counts))]


def asks_which(counts: RowSaid, others: Sequence[RowSaid]) -> str:
    """“2.3 ghi “Quý II”, 2.4 ghi “30/9”; đang tính theo “Quý II”, có đúng không?”"""
    said = ", ".join(f"{row.called} ghi “{_meant(row)}”" for row in (counts, *others))
    return f"Các dòng gộp làm một khác thời hạn: {said}; đang tính theo “{_meant(counts)}”, có đúng không?"


def units_together(rows: Sequence[RowSaid]) -> list[Named]:
    """Everybody named: who leads any of the rows leads; each keeps the bullets of its own rows where they can be told."""
    leads = {each.printed for row in rows for each in row.units if each.role is Role.LEAD}
    total = sum(len(row.forms) for row in rows)
    owed: dict[str, list[int]] = {}
    for start, row in zip(_starts(rows), rows, strict=True):
        for each in row.units:
            bullets = each.bullets or range(1, len(row.forms) + 1)
            mine = owed.setdefault(each.printed, [])
            mine += [start + bullet for bullet in bullets if start + bullet not in mine]
    is_told = all(row.forms for row in rows)
    named = [
        Named(
            name,
            Role.LEAD if name in leads else Role.PARTNER,
            tuple(mine) if is_told and len(mine) < total else (),
        )
        for name, mine in owed.items()
    ]
    return sorted(named, key=lambda each: each.role is not Role.LEAD)


def _starts(rows: Sequence[RowSaid]) -> list[int]:
    """How many bullets stand before those of each row."""
    return [sum(len(row.forms) for row in rows[:place]) for place in range(len(rows))]


def _says(row: RowSaid) -> bool:
    return bool(_meant(row).strip(" .…-–"))


def _meant(row: RowSaid) -> str:
    return row.deadline.phrase or row.phrase
