"""The agenda: a chat's due dates as a calendar, for the file that is sent and for the address that is asked again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from data.obligations import SLICE, Item, Office, items, standings_of, still_on_time
from data.offices import office_of
from data.people import units_of
from data.tables import Agency, Answer, Chat, ChatRole, Decision, Obligation, Plan
from documents.ics import Deadline, write_calendar
from duties.progress import Standing
from duties.wording import agenda as wording
from duties.workdays import day_of

SHOWN_AFTER = timedelta(days=30)  # long enough for every telephone to hear that it is done or void


def agenda_of(session: Session, chat: Chat, now: datetime) -> tuple[bytes, int]:
    """What the chat's units owe, or the whole agency for the office and the leader; and how many dates are open."""
    agency = session.get_one(Agency, chat.agency_id)
    office = office_of(session, agency, day_of(now))
    found = _dated(session, chat, now)
    changes = _changes(session, [each.id for each in found])
    plans = _plans(session, agency)
    told = [
        _deadline(agency, each, state, office, plans[each.duty.plan_id], changes.get(each.id, []))
        for each, state in zip(found, standings_of(session, found), strict=True)
        if state.due is not None
    ]
    whose = [unit.name for unit in units_of(session, chat.id or 0)] if _is_unit(chat) else [agency.name]
    is_open = sum(not each.done and not each.cancelled for each in told)
    return write_calendar(wording.agenda_title(whose), told), is_open


def _is_unit(chat: Chat) -> bool:
    return chat.role is ChatRole.UNIT


def _dated(session: Session, chat: Chat, now: datetime) -> list[Item]:
    """What is open, and what was closed or due a short while ago."""
    lately = now - SHOWN_AFTER
    wanted = [
        col(Obligation.agency_id) == chat.agency_id,
        col(Obligation.due).is_not(None),
        col(Obligation.held).is_(False),
        or_(
            col(Obligation.is_open).is_(True),
            col(Obligation.done_at) >= lately,
            col(Obligation.due) >= day_of(lately),
        ),
    ]
    if _is_unit(chat):
        units = [unit.id for unit in units_of(session, chat.id or 0)]
        wanted.append(col(Obligation.unit_id).in_(units))
    return sorted(items(session, *wanted), key=lambda each: (str(each.obligation.due), each.id))


def _plans(session: Session, agency: Agency) -> dict[int, tuple[str, datetime]]:
    """A plan's number and title, and since when it is in force."""
    query = select(Plan.id, Plan.number, Plan.title, Plan.confirmed_at)
    rows = session.exec(query.where(Plan.agency_id == agency.id, col(Plan.confirmed_at).is_not(None)))
    return {
        plan_id: (" ".join(part for part in (number, title) if part), confirmed)
        for plan_id, number, title, confirmed in rows
        if plan_id is not None and confirmed is not None
    }


def _changes(session: Session, ids: Sequence[int]) -> dict[int, list[datetime]]:
    """When something was said or decided of each, or taken back."""
    found: dict[int, list[datetime]] = {}
    for start in range(0, len(ids), SLICE):
        some = ids[start : start + SLICE]
        for table in (Answer, Decision):
            query = select(table.obligation_id, table.at, table.undone_at)
            for obligation_id, at, undone_at in session.exec(query.where(col(table.obligation_id).in_(some))):
                found.setdefault(obligation_id, []).extend(each for each in (at, undone_at) if each)
    return found


def _deadline(
    agency: Agency,
    each: Item,
    state: Standing,
    office: Office,
    plan: tuple[str, datetime],
    changes: Sequence[datetime],
) -> Deadline:
    assert state.due is not None
    extended_from = state.first_due if state.first_due != state.due else None
    entry = wording.AgendaEntry(
        code=each.obligation.short_code,
        duty=each.duty.code,
        content=each.duty.content,
        unit=each.unit.name,
        due=state.due,
        until=still_on_time(each, state.due, office),
        kind=each.duty.kind,
        receiver=each.duty.receiver,
        extended_from=extended_from,
        done_on=state.done_on,
        plan=plan[0],
    )
    return Deadline(
        uid=f"{entry.code.lower()}.{agency.id}.{agency.created_at:%Y%m%d%H%M%S}@nhacviec",
        due=state.due,
        title=wording.agenda_line(entry),
        about=wording.agenda_details(entry),
        changed=max([plan[1], *changes]),
        changes=len(changes),
        at=each.occurrence.at if extended_from is None else None,
        done=state.is_done,
        cancelled=not state.counts,
    )
