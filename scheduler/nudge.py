"""Today's nudges → rows → one letter a chat and slot; and what will be sent in the coming days."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from data.letters import put_letter
from data.obligations import (
    Item,
    Office,
    items,
    reckoned_from,
    rungs_of,
    settle,
    standing_of,
    still_on_time,
    told,
)
from data.once import insert_once
from data.people import chats_of_role, chats_of_unit
from data.plans import units_of_duty
from data.tables import Agency, Chat, ChatRole, ChatUnit, Letter, LetterKind, Nudge, Obligation, Unit
from duties.message import Message
from duties.nudging import Audience, Firmness, Rung, Slot, due_rungs, slot_at
from duties.plan import Role
from duties.windows import window_of_key
from duties.wording.dates import period_name
from duties.wording.nudge import Concern, Raised, Told, Urgency, office_letter, slot_letter
from duties.workdays import WorkCalendar, day_of

SLICE = 1000
HOURS = {Slot.MORNING: "08", Slot.AFTERNOON: "14"}
LAST_CALL = "due:14h"
AFTERNOON_KEY = f"T{HOURS[Slot.AFTERNOON]}"


def plan_slot(session: Session, agency: Agency, office: Office, now: datetime) -> int:
    """Write every rung reached by now and put the letters that will tell them; how many letters are new."""
    slot = slot_at(now, office.policy, office.calendar)
    if slot is None or agency.paused_at is not None:
        return 0
    write_nudges(session, agency, office, day_of(now), slot)
    return _put_slot_letters(session, agency, day_of(now), slot, now)


def write_nudges(session: Session, agency: Agency, office: Office, today: date, slot: Slot) -> int:
    """A row for each rung reached and not yet written, in slices; how many are new."""
    written, after = 0, 0
    while True:
        reached = items(
            session,
            col(Obligation.agency_id) == agency.id,
            col(Obligation.next_rung_on) <= today,
            after=after,
            limit=SLICE,
        )
        for item in reached:
            written += _write(session, item, office, today, slot)
        if len(reached) < SLICE:
            return written
        after = reached[-1].id


def _write(session: Session, item: Item, office: Office, today: date, slot: Slot) -> int:
    before = told(session, item)
    rungs = due_rungs(rungs_of(session, item, standing_of(session, item), office), before, today, slot)
    written = sum(_put_nudge(session, item, rung) for rung in rungs)
    if rungs and not before:
        written += _tell_partners(session, item, rungs[0])
    settle(session, item, office)
    return written


def _put_nudge(session: Session, item: Item, rung: Rung, partner_id: int = 0) -> bool:
    row = Nudge(
        agency_id=item.obligation.agency_id,
        obligation_id=item.id,
        reckoned_from=reckoned_from(item),
        rung=rung.key,
        partner_id=partner_id,
        audience=rung.audience,
        on=rung.on,
    )
    return insert_once(session, row) is not None


def _tell_partners(session: Session, item: Item, rung: Rung) -> int:
    """A partner is told once, with the lead's first rung; a collective partner is not told (design: never nagged)."""
    if rung.audience is not Audience.UNIT or rung.firmness is Firmness.ASK:
        return 0
    partners = {
        named.unit_id
        for named in units_of_duty(session, item.duty.id or 0)
        if named.role is Role.PARTNER and named.unit_id is not None and named.unit_id != item.unit.id
    }
    earlier = select(col(Nudge.id)).where(Nudge.obligation_id == item.id, Nudge.partner_id != 0)
    if session.exec(earlier).first() is not None:
        return 0
    return sum(_put_nudge(session, item, rung, partner) for partner in sorted(partners))


def _pending(session: Session, agency_id: int) -> Sequence[Nudge]:
    query = select(Nudge).where(
        Nudge.agency_id == agency_id, col(Nudge.letter_id).is_(None), col(Nudge.dropped).is_(False)
    )
    return session.exec(query.order_by(col(Nudge.id))).all()


def _put_slot_letters(session: Session, agency: Agency, today: date, slot: Slot, now: datetime) -> int:
    assert agency.id is not None
    key = _slot_key(today, slot)
    put = 0
    for chat, nudges in _by_chat(session, agency.id).items():
        had_morning = _has_letter(session, chat, _slot_key(today, Slot.MORNING))
        if slot is Slot.AFTERNOON and had_morning and not any(nudge.rung == LAST_CALL for nudge in nudges):
            continue
        put += put_letter(session, _chat(session, chat), key, LetterKind.SLOT, now) is not None
    return put


def _slot_key(day: date, slot: Slot) -> str:
    return f"slot:{day.isoformat()}T{HOURS[slot]}"


def _morning_of(key: str) -> str:
    return key.removesuffix(AFTERNOON_KEY) + f"T{HOURS[Slot.MORNING]}"


def _has_letter(session: Session, chat_id: int, key: str) -> bool:
    return (
        session.exec(select(col(Letter.id)).where(Letter.chat_id == chat_id, Letter.key == key)).first()
        is not None
    )


def _chat(session: Session, chat_id: int) -> Chat:
    return session.exec(select(Chat).where(Chat.id == chat_id)).one()


def _by_chat(session: Session, agency_id: int) -> dict[int, list[Nudge]]:
    """Pending nudges by the chat that will be told: the unit's first living chat, or the office's or leader's.

    A unit without any chat cannot be told: its nudge goes to the office, which is asked to invite it.
    """
    routes = _Routes(session, agency_id)
    found: dict[int, list[Nudge]] = {}
    for nudge in _pending(session, agency_id):
        chat = routes.chat_for(nudge)
        if chat is not None:
            found.setdefault(chat, []).append(nudge)
    return found


def chats_with_nudges(session: Session, agency_id: int) -> list[int]:
    """The chats for which something waits to be told."""
    return list(_by_chat(session, agency_id))


class _Routes:
    """Which chat is told of which nudge, each unit and role looked up once."""

    def __init__(self, session: Session, agency_id: int) -> None:
        self._session = session
        self._unit_chat: dict[int, int | None] = {}
        self._unit_of: dict[int, int] = {}
        self._office = self._first(ChatRole.OFFICE, agency_id)
        self._leader = self._first(ChatRole.LEADER, agency_id)

    def _first(self, role: ChatRole, agency_id: int) -> int | None:
        return next((chat.id for chat in chats_of_role(self._session, agency_id, role)), None)

    def chat_for(self, nudge: Nudge) -> int | None:
        if nudge.audience is Audience.OFFICE:
            return self._office
        if nudge.audience is Audience.LEADER:
            return self._leader or self._office
        chat = self._of_unit(nudge.partner_id or self._owner(nudge.obligation_id))
        return chat if chat is not None or nudge.partner_id else self._office

    def _owner(self, obligation_id: int) -> int:
        if obligation_id not in self._unit_of:
            query = select(Obligation.unit_id).where(Obligation.id == obligation_id)
            self._unit_of[obligation_id] = self._session.exec(query).one()
        return self._unit_of[obligation_id]

    def _of_unit(self, unit_id: int) -> int | None:
        if unit_id not in self._unit_chat:
            self._unit_chat[unit_id] = next((chat.id for chat in chats_of_unit(self._session, unit_id)), None)
        return self._unit_chat[unit_id]


def compose(session: Session, letter: Letter, chat: Chat, office: Office, now: datetime) -> Message:
    """The words of a slot letter, from the nudges still worth telling at this moment; they are marked as told by it.

    What was answered, moved or held meanwhile is dropped: nobody is nudged about what is done.
    """
    afternoon_only = letter.key.endswith(AFTERNOON_KEY) and _has_letter(
        session, letter.chat_id, _morning_of(letter.key)
    )
    nudges = [
        nudge
        for nudge in _by_chat(session, letter.agency_id).get(letter.chat_id, ())
        if not afternoon_only or nudge.rung == LAST_CALL
    ]
    live = [
        (nudge, item) for nudge in nudges if (item := _still_open(session, nudge, letter, office)) is not None
    ]
    if chat.role is ChatRole.UNIT:
        return _unit_message(session, live, office, now, afternoon_only)
    return office_letter(_raised(session, live, office, day_of(now)), leader=chat.role is ChatRole.LEADER)


def _still_open(session: Session, nudge: Nudge, letter: Letter, office: Office) -> Item | None:
    found = next(iter(items(session, col(Obligation.id) == nudge.obligation_id)), None)
    alive = (
        found is not None
        and found.obligation.is_open
        and not found.obligation.held
        and (found.obligation.asked_answer_id is None) == (not nudge.rung.startswith("request:"))
        and _is_meant(nudge, found, office)
    )
    if alive:
        nudge.letter_id = letter.id
    else:
        nudge.dropped = True
    session.add(nudge)
    return found if alive else None


def _is_meant(nudge: Nudge, item: Item, office: Office) -> bool:
    """A question is about its own day or window, whatever the due date; a milestone may have been taken back."""
    if nudge.rung.startswith("milestone:"):
        day = date.fromisoformat(nudge.rung.removeprefix("milestone:"))
        return day in office.milestones_of(item.duty)
    return nudge.rung.startswith("ask:") or nudge.reckoned_from == reckoned_from(item)


def _unit_message(
    session: Session, live: Sequence[tuple[Nudge, Item]], office: Office, now: datetime, afternoon: bool
) -> Message:
    today = day_of(now)
    oldest = min((nudge.on for nudge, _ in live), default=today)
    things: dict[tuple[int, int], Told] = {}
    for nudge, item in live:
        thing = _told(session, nudge, item, office, today)
        kept = things.get((item.id, nudge.partner_id))
        if kept is None or thing.order < kept.order:
            things[item.id, nudge.partner_id] = thing
    return slot_letter(things.values(), folded_since=oldest if oldest < today else None, afternoon=afternoon)


def _told(session: Session, nudge: Nudge, item: Item, office: Office, today: date) -> Told:
    owed, due = item.obligation, item.obligation.due
    until = still_on_time(item, due, office) if due else None
    unit, lead, urgency, window, milestone = item.unit.name, "", Urgency.SOON, "", None
    if nudge.partner_id:
        unit = session.exec(select(Unit.name).where(Unit.id == nudge.partner_id)).one()
        lead, urgency = item.unit.name, Urgency.SHARED
    elif nudge.rung.startswith("ask:"):
        urgency, window = Urgency.ASKED, window_of_key(nudge.rung.removeprefix("ask:")).name
    elif nudge.rung.startswith("milestone:"):
        urgency, milestone = Urgency.MILESTONE, date.fromisoformat(nudge.rung.removeprefix("milestone:"))
    elif until is not None and until <= today:
        urgency = Urgency.TODAY if until == today else Urgency.OVERDUE
    return Told(
        item.id,
        owed.short_code,
        item.duty.code,
        item.duty.content,
        unit,
        urgency,
        due,
        _days_off_due(due, until, today, office.calendar),
        window,
        lead,
        owed.obstacle,
        until,
        item.occurrence.id or 0,
        item.duty.kind,
        item.duty.receiver,
        period_name(item.period) if item.period and item.recurs else "",
        milestone,
        office.milestones_of(item.duty).get(milestone, "") if milestone else "",
    )


def _days_off_due(due: date | None, until: date | None, today: date, calendar: WorkCalendar) -> int:
    """Left up to the due date, or gone since the last day on time: as the ladder counts."""
    if due is None or until is None:
        return 0
    return calendar.between(today, due) if today <= until else calendar.between(until, today)


def _raised(
    session: Session, live: Sequence[tuple[Nudge, Item]], office: Office, today: date
) -> Iterator[Raised]:
    seen: set[int] = set()
    for nudge, item in live:
        if item.id not in seen:
            seen.add(item.id)
            yield Raised(_told(session, nudge, item, office, today), _concern(nudge))


def _concern(nudge: Nudge) -> Concern:
    if nudge.audience is Audience.UNIT:
        return Concern.UNREACHABLE
    if nudge.rung.startswith("request:"):
        return Concern.WAITING
    return Concern.LEFT if nudge.rung == "left" else Concern.LATE


@dataclass(frozen=True)
class Coming:
    """A letter that will go out if nothing changes: the day, who gets it, how many things it tells."""

    on: date
    to: str
    things: int
    reachable: bool


def preview(session: Session, agency: Agency, office: Office, today: date, days: int = 14) -> list[Coming]:
    """What will be sent to which unit (or to the office, the leader) in the coming days, as things stand now."""
    until = today + timedelta(days=days)
    unit_has_chat = set(
        session.exec(
            select(ChatUnit.unit_id)
            .join(Chat, col(ChatUnit.chat_id) == Chat.id)
            .where(col(Chat.left_at).is_(None))
        )
    )
    counted: Counter[tuple[date, str, bool]] = Counter()
    near = items(
        session,
        col(Obligation.agency_id) == agency.id,
        or_(col(Obligation.next_rung_on) <= until, col(Obligation.next_rung_on).is_(None)),
        col(Obligation.next_rung_on).is_not(None),
    )
    for item in near:
        done = told(session, item)
        rungs = rungs_of(session, item, standing_of(session, item), office)
        days_told = {
            (max(rung.on, today), rung.audience)
            for rung in rungs
            if rung.on <= until and rung.key not in done
        }
        for on, audience in days_told:
            to = item.unit.name if audience is Audience.UNIT else WHO[audience]
            counted[on, to, audience is not Audience.UNIT or item.unit.id in unit_has_chat] += 1
    return [Coming(on, to, n, reachable) for (on, to, reachable), n in sorted(counted.items())]


WHO = {Audience.OFFICE: "Văn phòng", Audience.LEADER: "Lãnh đạo"}
