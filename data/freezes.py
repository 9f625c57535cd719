"""Freezes: the numbers of a window as the office closed them, kept as they stood."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from data.obligations import Heard, Item
from data.tables import Freeze
from duties.facts import Numbers
from duties.windows import Window, WindowRules, window_of_key

NUMBERS = TypeAdapter(Numbers)


def freeze(session: Session, agency_id: int, window: Window, numbers: Numbers, heard: Heard) -> Freeze:
    """Close a window with these numbers."""
    row = Freeze(
        agency_id=agency_id,
        window_key=window.key,
        facts=NUMBERS.dump_python(numbers, mode="json", exclude_defaults=True),
        chat_id=heard.chat.id if heard.chat else None,
        sender=heard.sender,
        at=heard.at,
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, row: Freeze, now: datetime) -> None:
    """Open a window again; what was kept stays where it is."""
    row.withdrawn_at = now
    session.add(row)
    session.flush()


def freeze_of(session: Session, agency_id: int, window: Window) -> Freeze | None:
    """The freeze in force of a window."""
    query = select(Freeze).where(
        Freeze.agency_id == agency_id,
        Freeze.window_key == window.key,
        col(Freeze.withdrawn_at).is_(None),
    )
    return session.exec(query.order_by(col(Freeze.id).desc())).first()


def frozen_numbers(row: Freeze) -> Numbers:
    """The numbers as they were closed."""
    return NUMBERS.validate_python(row.facts)


def frozen_at(session: Session, item: Item, rules: WindowRules) -> datetime | None:
    """When the numbers that hold an obligation were last closed; None where all of them may still move.

    What an answer said before that moment can no longer be taken back: `progress.may_undo(…, frozen_at=…)`.
    """
    return closed_at(freezes_in_force(session, item.obligation.agency_id), item, rules)


def closed_at(freezes: Sequence[tuple[str, datetime]], item: Item, rules: WindowRules) -> datetime | None:
    """The same by the freezes in force, read once for many."""
    holding = (at for key, at in freezes if _holds(window_of_key(key, rules), item))
    return max(holding, default=None)


def freezes_in_force(session: Session, agency_id: int) -> Sequence[tuple[str, datetime]]:
    """The keys of the windows that are closed, and since when; the oldest first."""
    query = select(Freeze.window_key, Freeze.at).order_by(col(Freeze.id))
    return session.exec(query.where(Freeze.agency_id == agency_id, col(Freeze.withdrawn_at).is_(None))).all()


def _holds(window: Window, item: Item) -> bool:
    """What belongs to the window, or was carried over into it."""
    if item.occurrence.window is not None:
        return item.occurrence.window == window.asked_as
    last_day = item.period.end if item.period else item.occurrence.last_day
    return last_day is not None and last_day <= window.span.end
