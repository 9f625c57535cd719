"""What a unit's own page tells: its open work by urgency, and what it did lately."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col

from bot.entries import entries_of
from data.obligations import Item, Office, items, open_items
from data.offices import office_of
from data.people import units_of
from data.tables import Agency, Chat, Obligation
from duties.windows import window_at, window_of_key
from duties.wording.entries import Entry
from duties.workdays import day_of

SOON = timedelta(days=14)
DONE_SHOWN = 30


class Stage(StrEnum):
    """Where a piece of open work stands for whoever has to do it, the most pressing first."""

    OVERDUE = "overdue"
    SOON = "soon"
    ASKED = "asked"
    LATER = "later"
    BY_WINDOW = "by-window"


@dataclass(frozen=True)
class Work:
    """An obligation and the duty it comes from."""

    duty_id: int
    entry: Entry


@dataclass(frozen=True)
class OwnWork:
    """`stages` has only stages with work in them; `done` the latest first, of `done_count` in all."""

    units: tuple[str, ...]
    today: date
    stages: tuple[tuple[Stage, tuple[Work, ...]], ...]
    done: tuple[Work, ...]
    done_count: int

    def count(self, stage: Stage) -> int:
        return len(self._of(stage))

    @property
    def overdue_asked(self) -> int:
        """Of what waits for the office, what the numbers of every summary call overdue meanwhile."""
        return sum(_is_overdue(work.entry, self.today) for work in self._of(Stage.ASKED))

    def _of(self, stage: Stage) -> tuple[Work, ...]:
        return next((found for each, found in self.stages if each is stage), ())


def own_work(session: Session, chat_id: int, now: datetime) -> OwnWork:
    """All that the chat's units owe and did."""
    today, chat = day_of(now), session.get_one(Chat, chat_id)
    office = office_of(session, session.get_one(Agency, chat.agency_id), today)
    units = units_of(session, chat_id)
    unit_ids = [unit.id or 0 for unit in units]
    owed = [
        each
        for each in open_items(session, unit_ids)
        if not each.obligation.held and _is_asked_about(each, office, today)
    ]
    done = _done(session, unit_ids)
    known = _works(owed, entries_of(session, owed, office))
    stages = tuple(
        (stage, found)
        for stage in Stage
        if (found := tuple(each for each in known if stage_of(each.entry, today) is stage))
    )
    shown = done[:DONE_SHOWN]
    names = tuple(unit.name for unit in units)
    return OwnWork(names, today, stages, tuple(_works(shown, entries_of(session, shown, office))), len(done))


def stage_of(entry: Entry, today: date) -> Stage:
    """Where that piece of open work stands today."""
    if entry.is_asked:
        return Stage.ASKED
    if entry.due is None:
        return Stage.BY_WINDOW
    if _is_overdue(entry, today):
        return Stage.OVERDUE
    return Stage.SOON if entry.due <= today + SOON else Stage.LATER


def _is_overdue(entry: Entry, today: date) -> bool:
    last = entry.until or entry.due
    return last is not None and last < today


def _is_asked_about(item: Item, office: Office, today: date) -> bool:
    """What goes on all year is asked about once a window: those that are still to come are no work of today."""
    key = item.occurrence.window
    if item.obligation.due is not None or not key:
        return True
    asked, present = window_of_key(key, office.windows), window_at(today, office.windows)
    return asked.span.end <= present.span.end


def _done(session: Session, unit_ids: list[int]) -> list[Item]:
    of_units = col(Obligation.unit_id).in_(unit_ids)
    done = items(session, of_units, col(Obligation.done_at).is_not(None))
    return sorted(done, key=_when_done, reverse=True)


def _when_done(item: Item) -> tuple[float, int]:
    return item.obligation.done_at.timestamp() if item.obligation.done_at else 0.0, item.id


def _works(found: list[Item], entries: list[Entry]) -> list[Work]:
    return [Work(item.duty.id or 0, entry) for item, entry in zip(found, entries, strict=True)]
