"""The words of a slot letter, found when it is sent: what is still worth telling its chat at that moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select, update
from sqlmodel import Session, col

from data.in_force import AWAITED
from data.letter_subjects import speaks_of
from data.obligations import Item, Office, items, still_on_time
from data.once import slices
from data.tables import Chat, ChatRole, Duty, Letter, Nudge, Obligation, Occurrence, Plan, Unit
from duties.message import Message
from duties.nudging import Audience
from duties.windows import window_of_key
from duties.wording.dates import period_name
from duties.wording.nudge import (
    MOST_RAISED,
    MOST_TOLD,
    Concern,
    Raised,
    Told,
    Urgency,
    office_letter,
    slot_letter,
)
from duties.workdays import WorkCalendar, day_of
from scheduler.nudge import LAST_CALL, SLICE, told_only_last_calls
from scheduler.routes import pending, told_in


class Waiting(NamedTuple):
    """A nudge that waits to be told, with what its obligation is like now."""

    id: int
    rung: str
    on: date
    audience: Audience
    partner_id: int
    reckoned_from: date
    obligation_id: int
    is_owed: bool
    asked_answer_id: int | None
    due: date | None
    last_day: date | None
    stated: date | None
    starts: date
    period_end: date | None
    occurrence_id: int
    duty_id: int

    def is_alive(self, office: Office) -> bool:
        is_request = self.rung.startswith("request:")
        return self.is_owed and (self.asked_answer_id is not None) == is_request and self._is_meant(office)

    def _is_meant(self, office: Office) -> bool:
        """A question is about its own day or window, whatever the due date; a milestone may have been taken back."""
        if self.milestone is not None:
            return self.milestone in office.milestones.get(self.duty_id, ())
        present = self.due or self.period_end or self.starts
        return self.rung.startswith("ask:") or self.reckoned_from == present

    @property
    def milestone(self) -> date | None:
        is_one = self.rung.startswith("milestone:")
        return date.fromisoformat(self.rung.removeprefix("milestone:")) if is_one else None

    def urgency(self, office: Office, today: date) -> Urgency:
        if self.partner_id:
            return Urgency.SHARED
        if self.rung.startswith("ask:"):
            return Urgency.ASKED
        if self.milestone is not None:
            return Urgency.MILESTONE
        until = office.still_on_time(self.due, self.last_day, self.stated) if self.due else None
        if until is None or until > today:
            return Urgency.SOON
        return Urgency.TODAY if until == today else Urgency.OVERDUE

    @property
    def concern(self) -> Concern:
        """Why the office or the leader is told."""
        if self.audience is Audience.UNIT:
            return Concern.UNREACHABLE
        if self.rung.startswith("request:"):
            return Concern.WAITING
        return Concern.LEFT if self.rung == "left" else Concern.LATE


def compose(session: Session, letter: Letter, chat: Chat, office: Office, now: datetime) -> Message:
    """The words of a slot letter, from the nudges still worth telling at this moment; they are marked as told by it.

    What was answered, moved or held meanwhile is dropped: nobody is nudged about what is done.
    """
    only_last_calls = told_only_last_calls(session, letter)
    found = _waiting(session, chat, only_last_calls)
    live = [each for each in found if each.is_alive(office)]
    _mark(session, live, letter_id=letter.id)
    speaks_of(session, letter, {each.obligation_id: each.rung for each in live})
    _mark(session, [each for each in found if not each.is_alive(office)], dropped=True)
    if chat.role is ChatRole.UNIT:
        return _unit_message(session, live, office, day_of(now), only_last_calls)
    return _office_message(session, live, office, day_of(now), is_leader=chat.role is ChatRole.LEADER)


def _waiting(session: Session, chat: Chat, only_last_calls: bool) -> list[Waiting]:
    mine = told_in(session, chat)
    if mine is None:
        return []
    query = (
        select(*COLUMNS)
        .join(Obligation, col(Nudge.obligation_id) == Obligation.id)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(pending(chat.agency_id), mine)
        .order_by(col(Nudge.id))
    )
    if only_last_calls:
        query = query.where(col(Nudge.rung) == LAST_CALL)
    return [Waiting(*row) for row in session.execute(query)]


COLUMNS: tuple[Any, ...] = (
    Nudge.id,
    Nudge.rung,
    Nudge.on,
    Nudge.audience,
    Nudge.partner_id,
    Nudge.reckoned_from,
    Nudge.obligation_id,
    and_(*AWAITED),
    Obligation.asked_answer_id,
    Obligation.due,
    Occurrence.last_day,
    Occurrence.stated,
    Obligation.starts,
    Occurrence.period_end,
    Obligation.occurrence_id,
    Occurrence.duty_id,
)


def _mark(session: Session, told: Sequence[Waiting], **became: int | bool | None) -> None:
    for some in slices([each.id for each in told], SLICE):
        session.execute(update(Nudge).where(col(Nudge.id).in_(some)).values(**became))


def _unit_message(
    session: Session, live: Sequence[Waiting], office: Office, today: date, afternoon: bool
) -> Message:
    """The most urgent things in words, the others counted: only what is shown is read in full."""
    things: dict[tuple[int, int], Waiting] = {}
    ordered = sorted(live, key=lambda each: _order(each, office, today))
    for each in ordered:
        things.setdefault((each.obligation_id, each.partner_id), each)
    shown = list(things.values())[:MOST_TOLD]
    oldest = min((each.on for each in live), default=today)
    return slot_letter(
        _in_words(session, shown, office, today),
        folded_since=oldest if oldest < today else None,
        afternoon=afternoon,
        others=len(things) - len(shown),
    )


def _order(each: Waiting, office: Office, today: date) -> tuple[int, date, int, int]:
    """As `Told.order` has it."""
    return each.urgency(office, today), each.due or date.max, each.occurrence_id, each.obligation_id


def _office_message(
    session: Session, live: Sequence[Waiting], office: Office, today: date, *, is_leader: bool
) -> Message:
    first: dict[int, Waiting] = {}
    for each in live:
        first.setdefault(each.obligation_id, each)
    ordered = sorted(first.values(), key=lambda each: (each.concern, _order(each, office, today)))
    shown = ordered[:MOST_RAISED]
    raised = (
        Raised(told, each.concern)
        for told, each in zip(_in_words(session, shown, office, today), shown, strict=True)
    )
    return office_letter(raised, leader=is_leader, others=len(ordered) - len(shown))


def _in_words(session: Session, shown: Sequence[Waiting], office: Office, today: date) -> list[Told]:
    wanted = [each.obligation_id for each in shown]
    found = {each.id: each for each in items(session, col(Obligation.id).in_(wanted))}
    partners = _names(session, {each.partner_id for each in shown})
    return [_told(each, found[each.obligation_id], partners, office, today) for each in shown]


def _names(session: Session, unit_ids: Iterable[int]) -> dict[int, str]:
    rows = session.execute(select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_(list(unit_ids))))
    return {row[0]: row[1] for row in rows}


def _told(each: Waiting, item: Item, partners: Mapping[int, str], office: Office, today: date) -> Told:
    owed, due, duty = item.obligation, item.obligation.due, item.duty
    until = still_on_time(item, due, office) if due else None
    asked = window_of_key(each.rung.removeprefix("ask:")).name if each.rung.startswith("ask:") else ""
    return Told(
        obligation_id=item.id,
        short_code=owed.short_code,
        code=duty.code,
        content=duty.content,
        unit=partners.get(each.partner_id, item.unit.name),
        urgency=each.urgency(office, today),
        due=due,
        days=_days_off_due(due, until, today, office.calendar),
        window=asked,
        lead=item.unit.name if each.partner_id else "",
        obstacle=owed.obstacle,
        until=until,
        occurrence_id=item.occurrence.id or 0,
        kind=duty.kind,
        receiver=duty.receiver,
        period=period_name(item.period) if item.period and item.recurs else "",
        milestone=each.milestone,
        milestone_about=office.milestones_of(duty).get(each.milestone, "") if each.milestone else "",
    )


def _days_off_due(due: date | None, until: date | None, today: date, calendar: WorkCalendar) -> int:
    """Left up to the due date, or gone since the last day on time: as the ladder counts."""
    if due is None or until is None:
        return 0
    return calendar.between(today, due) if today <= until else calendar.between(until, today)
