"""Everything that happened to one obligation, as events in the order of time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from bot.pages.duty.letters import LetterShown, letters_shown
from data.file_kinds import PICTURES
from data.obligations import Item, answers_of, as_decision
from data.tables import Answer, Decision, Evidence, FormerOwner, StoredFile, Unit
from data.trail_of_duties import trail_of_duty
from duties.progress import standing
from duties.wording import history as wording
from duties.wording.dates import day
from duties.wording.entries import counted
from duties.wording.letters import told_as, topic
from duties.wording.phrases import capitalised
from duties.workdays import end_of

A_MOMENT = timedelta(microseconds=1)


class Sort(StrEnum):
    """Whose doing it is: a letter of ours, the unit's, the office's; or something taken back."""

    LETTER = "letter"
    UNIT = "unit"
    OFFICE = "office"
    UNDONE = "undone"


@dataclass(frozen=True)
class FileShown:
    """A file as it is kept; one that was taken back is shown by its name only."""

    file_id: int
    name: str
    size: int
    is_picture: bool
    is_removed: bool


@dataclass(frozen=True)
class Event:
    """One thing that happened: who did what, in their words, and what came with it."""

    at: datetime
    sort: Sort
    title: str
    who: str = ""
    words: str = ""
    details: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    files: tuple[FileShown, ...] = ()
    letter: LetterShown | None = None
    is_taken_back: bool = False


def history_of(session: Session, item: Item, readers_units: Collection[int] | None) -> tuple[Event, ...]:
    """Oldest first. `readers_units`: of a unit's reader, who sees no letters to others; None for the office."""
    events = [
        *_from_answers(session, item),
        *_from_decisions(session, item),
        *(_from_letter(each) for each in letters_shown(session, item.id, readers_units)),
        *_from_trail(session, item),
        *_from_owners(session, item),
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def _from_answers(session: Session, item: Item) -> Iterator[Event]:
    files = _files_of(session, item.id)
    for row in session.exec(select(Answer).where(Answer.obligation_id == item.id).order_by(col(Answer.id))):
        yield Event(
            row.at,
            Sort.OFFICE if row.on_behalf else Sort.UNIT,
            wording.said(row.kind, row.wanted_due, on_behalf=row.on_behalf),
            row.sender,
            row.text,
            _particulars(row),
            tuple(row.links),
            tuple(file for answer_id, _, _, file in files if answer_id == row.id),
            is_taken_back=row.undone_at is not None,
        )
        if row.undone_at is not None:
            yield Event(row.undone_at, Sort.UNDONE, wording.took_back(row.kind), row.sender)
    for answer_id, at, who, file in files:
        if answer_id is None:
            yield Event(at, Sort.UNIT, wording.FILE_CAME, who, files=(file,))


def _particulars(row: Answer) -> tuple[str, ...]:
    lines = (
        f"Đơn vị nêu đã xong từ ngày {day(row.claimed_on)}" if row.claimed_on else "",
        f"Kết quả: {counted(row.quantities.items())}" if row.quantities else "",
        f"Văn bản: {', '.join(row.documents)}" if row.documents else "",
        f"Đã nộp sản phẩm số {', '.join(map(str, row.deliverables))}" if row.deliverables else "",
    )
    return tuple(line for line in lines if line)


def _files_of(session: Session, obligation_id: int) -> list[tuple[int | None, datetime, str, FileShown]]:
    """Every file that ever came, with the answer it came with, when and from whom."""
    query = (
        select(Evidence, StoredFile)
        .join(StoredFile, col(Evidence.file_id) == StoredFile.id)
        .where(Evidence.obligation_id == obligation_id)
        .order_by(col(Evidence.at), col(Evidence.id))
    )
    return [(row.answer_id, row.at, row.sender, _file(row, kept)) for row, kept in session.exec(query)]


def _file(row: Evidence, kept: StoredFile) -> FileShown:
    is_picture = kept.media_type in PICTURES
    return FileShown(row.file_id, row.file_name, kept.size, is_picture, row.removed_at is not None)


def _from_decisions(session: Session, item: Item) -> Iterator[Event]:
    rows = _decisions(session, item)
    for row in rows:
        before, after = _due_around(session, item, rows, row)
        to_unit = session.get(Unit, row.to_unit_id) if row.to_unit_id else None
        title = wording.ruled(row.kind, before=before, after=after, to_unit=to_unit.name if to_unit else "")
        yield Event(
            row.at, Sort.OFFICE, title, row.sender, row.reason, is_taken_back=row.undone_at is not None
        )
        if row.undone_at is not None:
            yield Event(row.undone_at, Sort.UNDONE, wording.decision_taken_back(row.kind), row.sender)


def _due_around(
    session: Session, item: Item, rows: Sequence[Decision], row: Decision
) -> tuple[date | None, date | None]:
    """The due date right before and right after a decision."""
    said, ruled = answers_of(session, item.id), [as_decision(each) for each in rows]
    before, after = (
        standing(item.occurrence.last_day, said, ruled, as_of) for as_of in (row.at - A_MOMENT, row.at)
    )
    return before.due, after.due


def dues_of(session: Session, item: Item) -> tuple[str, ...]:
    """Every due date it had, in order; nothing where the first one still stands."""
    rows = _decisions(session, item)
    moved = [_due_around(session, item, rows, row) for row in rows if row.undone_at is None]
    steps = [day(after) for before, after in moved if after is not None and after != before]
    first = item.occurrence.last_day
    return (day(first), *steps) if steps and first else ()


def _decisions(session: Session, item: Item) -> Sequence[Decision]:
    query = select(Decision).where(Decision.obligation_id == item.id)
    return session.exec(query.order_by(col(Decision.at), col(Decision.id))).all()


def _from_letter(shown: LetterShown) -> Event:
    why = told_as(shown.rung)
    title = capitalised(why) if why else topic(shown.key)
    return Event(shown.at, Sort.LETTER, title, letter=shown)


def _from_trail(session: Session, item: Item) -> Iterator[Event]:
    agency_id, duty_id = item.obligation.agency_id, item.duty.id or 0
    for each in trail_of_duty(session, agency_id, duty_id, [item.id]):
        title, words = wording.noted(each.action, each.detail)
        sort = Sort.UNIT if each.action in ("snooze", "evidence_dropped") else Sort.OFFICE
        yield Event(each.at, sort, title, each.sender, words)


def _from_owners(session: Session, item: Item) -> Iterator[Event]:
    """Whose it was before its unit was merged or split."""
    query = select(FormerOwner, Unit).join(Unit, col(FormerOwner.unit_id) == Unit.id)
    for row, unit in session.exec(query.where(FormerOwner.obligation_id == item.id)):
        yield Event(end_of(row.until), Sort.OFFICE, wording.owned_before(unit.name, row.until))
