"""A Summary of a window: from what is known now, or from the numbers that the office closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from data.facts import Ledger, facts_on, ledger_of
from data.freezes import freeze, freeze_of, frozen_numbers
from data.obligations import Heard, Office
from data.tables import Agency, Answer, Decision, Freeze, Obligation
from duties.facts import WHOLE, Fact, Numbers, Scope
from duties.freeze import Change, Frozen, changes_since
from duties.summary import Summary, cut_day, summarise, worth_keeping
from duties.windows import Window, previous
from duties.workdays import end_of


def summary_of(
    session: Session,
    agency: Agency,
    office: Office,
    window: Window,
    today: date,
    scope: Scope = WHOLE,
) -> Summary:
    """The numbers of a window as of its cut-off, or of today before it; where they were closed, those."""
    assert agency.id is not None
    closed = freeze_of(session, agency.id, window)
    if closed is None:
        return summarise(window, numbers_of(session, agency.id, office, window, today).of(scope))
    return _closed_summary(session, office, closed, window, today, scope)


@dataclass(frozen=True)
class Reading:
    """A window of an agency, or of a part of it, read once: its numbers, and how what is wanted of it stands today."""

    summary: Summary
    present: tuple[Fact, ...]
    ledger: Ledger


def reading_of(
    session: Session,
    agency: Agency,
    office: Office,
    window: Window,
    today: date,
    scope: Scope,
    wanted: Collection[int],
) -> Reading:
    """The summary, and beside it how these obligations stand today, whatever their window."""
    assert agency.id is not None
    ledger = ledger_of(session, agency.id)
    closed = freeze_of(session, agency.id, window)
    known: Iterable[Fact] | None = None
    if closed is None:
        numbers = _numbers(session, agency.id, ledger, office, window, today)
        summary = summarise(window, numbers.of(scope))
        known = numbers.facts if numbers.as_of == today else None
    else:
        summary = _closed_summary(session, office, closed, window, today, scope)
    if known is None:
        known = facts_on(ledger, office, today, (each for each in ledger.owed if each.id in wanted))
    present = tuple(fact for fact in known if fact.obligation_id in wanted and scope.holds(fact))
    return Reading(summary, present, ledger)


def numbers_of(session: Session, agency_id: int, office: Office, window: Window, today: date) -> Numbers:
    """What is known of a window today, with what was known of the window before it when its data closed."""
    return _numbers(session, agency_id, ledger_of(session, agency_id), office, window, today)


def _closed_summary(
    session: Session, office: Office, closed: Freeze, window: Window, today: date, scope: Scope
) -> Summary:
    numbers = frozen_numbers(closed)
    changes = _changes(session, office, closed, window, numbers, today)
    kept = tuple(change for change in changes if scope.holds(change.about))
    return summarise(window, numbers.of(scope), Frozen(closed.at, closed.sender, kept))


def _numbers(
    session: Session,
    agency_id: int,
    ledger: Ledger,
    office: Office,
    window: Window,
    today: date,
) -> Numbers:
    as_of = cut_day(window, today)
    facts = tuple(facts_on(ledger, office, as_of))
    moment = end_of(as_of)
    return Numbers(
        as_of=as_of,
        facts=facts,
        told=tuple(
            told
            for fact in facts
            if not fact.not_applicable
            for told in ledger.counted(fact.obligation_id, moment)
        ),
        earlier=facts_of_window(session, agency_id, ledger, office, previous(window), today),
    )


def close(
    session: Session, agency: Agency, office: Office, window: Window, today: date, heard: Heard
) -> Freeze:
    """“Chốt số liệu”: keep the window's numbers as they stand; closed again they are reckoned anew."""
    assert agency.id is not None
    numbers = numbers_of(session, agency.id, office, window, today)
    return freeze(session, agency.id, window, worth_keeping(numbers, window), heard)


def facts_of_window(
    session: Session, agency_id: int, ledger: Ledger, office: Office, window: Window, today: date
) -> tuple[Fact, ...]:
    """The dated facts of another window: as they were closed, else as they stood when its data closed, or stand today."""
    closed = freeze_of(session, agency_id, window)
    if closed is not None:
        return tuple(fact for fact in frozen_numbers(closed).facts if fact.belongs_to(window))
    inside = (each for each in ledger.owed if each.belongs_on and window.contains(each.belongs_on))
    return tuple(facts_on(ledger, office, cut_day(window, today), inside))


def _changes(
    session: Session, office: Office, closed: Freeze, window: Window, then: Numbers, today: date
) -> tuple[Change, ...]:
    """What stands otherwise today than when the numbers were closed, and what was added to the window since."""
    before = {fact.obligation_id: fact for fact in then.facts if fact.belongs_to(window)}
    undone = {id for id, fact in before.items() if fact.is_open}
    touched = undone | _touched_since(session, closed.agency_id, closed.at, before)
    ledger = ledger_of(session, closed.agency_id, touched)
    return changes_since(
        [fact for id, fact in before.items() if id in touched],
        [fact for fact in facts_on(ledger, office, today) if fact.belongs_to(window)],
    )


def _touched_since(session: Session, agency_id: int, since: datetime, known: Iterable[int]) -> set[int]:
    """The obligations of which something was said, decided or taken back since then, or that were made since then."""
    touched: set[int] = set()
    for table in (Answer, Decision):
        happened = or_(col(table.at) > since, col(table.undone_at) > since)
        query = select(table.obligation_id).where(table.agency_id == agency_id, happened)
        touched.update(session.exec(query))
    newest = max(known, default=0)
    made = select(Obligation.id).where(Obligation.agency_id == agency_id, col(Obligation.id) > newest)
    return touched | {id for id in session.exec(made) if id is not None}
