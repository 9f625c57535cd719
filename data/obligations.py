"""Occurrences and obligations: what is owed, what was answered and decided, and what that makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.in_force import IN_FORCE
from data.reckoning import Basis, as_answer, basis_of, history_of, rungs_of
from data.reckoning import Office as Office
from data.tables import (
    Answer,
    Chat,
    ChatRole,
    Decision,
    Duty,
    Inbox,
    Obligation,
    Occurrence,
    Plan,
    Unit,
)
from duties import progress
from duties.deadline import Period
from duties.nudging import Slot, next_rung
from duties.progress import Ruling, Said, Standing

SLICE = 1000


@dataclass(frozen=True)
class Item:
    """An obligation with what it is about: the rows belong to the session that read them."""

    obligation: Obligation
    occurrence: Occurrence
    duty: Duty
    unit: Unit

    @property
    def id(self) -> int:
        assert self.obligation.id is not None
        return self.obligation.id

    @property
    def period(self) -> Period | None:
        start, end = self.occurrence.period_start, self.occurrence.period_end
        return Period(start, end) if start and end else None

    @property
    def basis(self) -> Basis:
        return basis_of(self.obligation, self.occurrence, self.duty)

    @property
    def recurs(self) -> bool:
        """Several kỳ hạn of one duty look alike unless each is named."""
        return len(self.duty.deadline.get("due", ())) > 1


def items(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None, after: int = 0
) -> list[Item]:
    """The obligations of confirmed plans that meet the conditions, by id; `after` and `limit` cut long work in slices.

    What was withdrawn is left out.
    """
    query = (
        select(Obligation, Occurrence, Duty, Unit)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*IN_FORCE, col(Obligation.id) > after, *conditions)
        .order_by(col(Obligation.id))
        .limit(limit)
    )
    return [Item(*row) for row in session.exec(query)]


def item(session: Session, obligation_id: int) -> Item | None:
    """One obligation, if its plan is confirmed."""
    return next(iter(items(session, col(Obligation.id) == obligation_id)), None)


def open_items(session: Session, unit_ids: Iterable[int]) -> list[Item]:
    """What those units still owe, the most urgent first; what has no date comes last."""
    found = items(session, col(Obligation.unit_id).in_(list(unit_ids)), col(Obligation.is_open).is_(True))
    return sorted(found, key=by_urgency)


def by_urgency(item: Item) -> tuple[date, int, int]:
    """Earliest due first; then in the order of the plan."""
    return (item.obligation.due or date.max, item.duty.position, item.id)


def item_by_code(session: Session, agency_id: int, short_code: str) -> Item | None:
    """The obligation of a printed short code such as “A12” (any case, with or without #)."""
    code = short_code.upper().lstrip("#")
    return items_by_code(session, agency_id, [code]).get(code)


def items_by_code(session: Session, agency_id: int, codes: Sequence[str]) -> dict[str, Item]:
    """The same of many in one query, by their codes; what is not there is left out."""
    meant = col(Obligation.short_code).in_(list(codes))
    found = items(session, col(Obligation.agency_id) == agency_id, meant) if codes else []
    return {each.obligation.short_code: each for each in found}


def items_by_id(session: Session, ids: Iterable[int]) -> dict[int, Item]:
    """Obligations of confirmed plans, by number; what is not there is left out."""
    return {each.id: each for each in items(session, col(Obligation.id).in_(list(ids)))}


def short_code(n: int) -> str:
    """The n-th short code of an agency, from 1: A1 … A99, B1 … Z99, AA1 …; a letter and two digits stay easy to type."""
    block, number = divmod(n - 1, 99)
    letters = ""
    while True:
        block, letter = divmod(block, 26)
        letters = chr(ord("A") + letter) + letters
        if block == 0:
            return f"{letters}{number + 1}"
        block -= 1


def as_decision(row: Decision) -> progress.Decision:
    """A row as the core's value."""
    return progress.Decision(
        id=row.id or 0,
        kind=row.kind,
        at=row.at,
        answer_id=row.answer_id,
        reason=row.reason,
        due=row.due,
        to_unit=row.to_unit_id,
        undone_at=row.undone_at,
    )


def answers_of(session: Session, obligation_id: int) -> list[progress.Answer]:
    """Everything the unit said of it, as the core's values."""
    rows = session.exec(select(Answer).where(Answer.obligation_id == obligation_id).order_by(col(Answer.id)))
    return [as_answer(row) for row in rows]


def decisions_of(session: Session, obligation_id: int) -> list[progress.Decision]:
    """Everything the office decided about it, as the core's values."""
    rows = session.exec(
        select(Decision).where(Decision.obligation_id == obligation_id).order_by(col(Decision.id))
    )
    return [as_decision(row) for row in rows]


def standing_of(session: Session, item: Item, as_of: datetime | None = None) -> Standing:
    """Where an obligation stands, now or as it stood at a moment."""
    return progress.standing(
        item.occurrence.last_day, answers_of(session, item.id), decisions_of(session, item.id), as_of
    )


def standings_of(session: Session, items: Sequence[Item]) -> list[Standing]:
    """Where each of them stands now, in two queries."""
    ids = [each.id for each in items]
    said: dict[int, list[progress.Answer]] = {}
    for row in session.exec(select(Answer).where(col(Answer.obligation_id).in_(ids))):
        said.setdefault(row.obligation_id, []).append(as_answer(row))
    ruled: dict[int, list[progress.Decision]] = {}
    for decision in session.exec(select(Decision).where(col(Decision.obligation_id).in_(ids))):
        ruled.setdefault(decision.obligation_id, []).append(as_decision(decision))
    return [
        progress.standing(each.occurrence.last_day, said.get(each.id, ()), ruled.get(each.id, ()))
        for each in items
    ]


def has_history(session: Session, item: Item) -> bool:
    """Whether anything was ever said or decided of it, though it may have been taken back."""
    said = select(Answer.id).where(Answer.obligation_id == item.id)
    ruled = select(Decision.id).where(Decision.obligation_id == item.id)
    return session.exec(said).first() is not None or session.exec(ruled).first() is not None


@dataclass(frozen=True)
class Heard:
    """Where an answer or a decision came from: the chat and the incoming message, if it came by one."""

    at: datetime
    chat: Chat | None = None
    inbox: Inbox | None = None

    @property
    def sender(self) -> str:
        return self.inbox.sender if self.inbox else ""

    @property
    def sender_id(self) -> str:
        return self.inbox.sender_id if self.inbox else ""

    @property
    def is_on_behalf(self) -> bool:
        """Whether the office speaks for a unit."""
        return self.chat is not None and self.chat.role is not ChatRole.UNIT


def hold(session: Session, found: Iterable[Item]) -> None:
    """Let nobody else change these until we are done; what somebody changed a moment ago is read anew."""
    ids = sorted(each.id for each in found)
    locked = select(Obligation).where(col(Obligation.id).in_(ids)).order_by(col(Obligation.id))
    session.exec(locked.with_for_update().execution_options(populate_existing=True)).all()


def answer(
    session: Session,
    item: Item,
    kind: Said,
    heard: Heard,
    office: Office,
    *,
    text: str = "",
    wanted_due: date | None = None,
    claimed_on: date | None = None,
    links: Sequence[str] = (),
    documents: Sequence[str] = (),
    quantities: dict[str, int] | None = None,
) -> Answer:
    """Record what a unit said and settle the obligation."""
    row = Answer(
        agency_id=item.obligation.agency_id,
        obligation_id=item.id,
        chat_id=heard.chat.id if heard.chat else None,
        inbox_id=heard.inbox.id if heard.inbox else None,
        sender=heard.sender,
        sender_id=heard.sender_id,
        on_behalf=heard.is_on_behalf,
        kind=kind,
        text=text,
        wanted_due=wanted_due,
        claimed_on=claimed_on,
        links=list(links),
        documents=list(documents),
        quantities=quantities or {},
        at=heard.at,
    )
    session.add(row)
    settle(session, item, office)
    return row


def decide(
    session: Session,
    item: Item,
    kind: Ruling,
    heard: Heard,
    office: Office,
    *,
    answer_id: int | None = None,
    reason: str = "",
    due: date | None = None,
    to_unit_id: int | None = None,
) -> Decision:
    """Record what the office decided and settle the obligation."""
    row = _decided(item, kind, heard, answer_id)
    row.reason, row.due, row.to_unit_id = reason, due, to_unit_id
    session.add(row)
    settle(session, item, office)
    return row


def accept_all(
    session: Session, done: Sequence[tuple[Item, int | None]], heard: Heard, office: Office
) -> None:
    """Accept what is reported as done, each with the answer that says so, and settle all of it together."""
    session.add_all(_decided(item, Ruling.ACCEPT, heard, answer_id) for item, answer_id in done)
    settle_all(session, [item for item, _ in done], office)


def _decided(item: Item, kind: Ruling, heard: Heard, answer_id: int | None) -> Decision:
    return Decision(
        agency_id=item.obligation.agency_id,
        obligation_id=item.id,
        answer_id=answer_id,
        chat_id=heard.chat.id if heard.chat else None,
        inbox_id=heard.inbox.id if heard.inbox else None,
        sender=heard.sender,
        sender_id=heard.sender_id,
        kind=kind,
        at=heard.at,
    )


def settle_open(session: Session, agency_id: int, office: Office) -> int:
    """Reckon the next rung of everything open anew, in slices: after the calendar or a setting changed. How many."""
    settled, after = 0, 0
    while True:
        still_open = items(
            session,
            col(Obligation.agency_id) == agency_id,
            col(Obligation.is_open).is_(True),
            after=after,
            limit=SLICE,
        )
        hold(session, still_open)
        settle_all(session, still_open, office)
        settled += len(still_open)
        if len(still_open) < SLICE:
            return settled
        after = still_open[-1].id


def settle(session: Session, item: Item, office: Office) -> Standing:
    """Bring an obligation's columns and its next rung in line with its history."""
    return settle_all(session, [item], office)[0]


def settle_all(session: Session, items: Sequence[Item], office: Office) -> list[Standing]:
    """The same for many, in a few queries; the one place that writes what an obligation's history makes of it."""
    session.flush()
    states = standings_of(session, items)
    for each, state in zip(items, states, strict=True):
        _set_columns(each.obligation, state)
    bases = [each.basis for each in items]
    history = history_of(session, bases)
    for each, basis in zip(items, bases, strict=True):
        coming = next_rung(rungs_of(basis, history, office), history.told_of(basis))
        each.obligation.next_rung_on = coming.on if coming else None
        each.obligation.next_slot = int(coming.slot) if coming else int(Slot.MORNING)
        session.add(each.obligation)
    session.flush()
    return states


def _set_columns(owed: Obligation, state: Standing) -> None:
    owed.due = state.due
    owed.done_at = state.done_at
    owed.in_progress = state.in_progress
    owed.obstacle = state.obstacle
    owed.asked_answer_id = state.asked.id if state.asked else None
    owed.not_applicable = state.not_applicable
    owed.is_open = state.is_open


def still_on_time(item: Item, due: date, office: Office) -> date:
    """The last day on which an answer is on time."""
    return office.still_on_time(due, item.occurrence.last_day, item.occurrence.stated)
