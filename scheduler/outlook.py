"""What will be sent to whom in the coming days, if nothing changes: reminders, questions, and the windows' summaries."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from data.obligations import Office
from data.once import slices
from data.pauses import is_paused
from data.reckoning import Basis, History, bases, history_of, rungs_of
from data.tables import Agency, ChatRole, Duty, Obligation, Occurrence, Unit
from duties.nudging import Audience
from duties.wording.outlook import LEADER
from duties.workdays import HANOI, ONE_DAY, day_of
from scheduler.digest import coming_digests
from scheduler.routes import Routes, routes_of

SLICE = 1000
WHO = {Audience.OFFICE: "Văn phòng", Audience.LEADER: LEADER}


@dataclass(frozen=True)
class Coming:
    """A letter that will go out: the day, who gets it, what it tells; whether there is a chat to send it to."""

    on: date
    to: str
    what: tuple[str, ...]
    reachable: bool
    is_summary: bool = False


def first_day(agency: Agency, office: Office, now: datetime) -> date:
    """The next day on which a letter may go: after the last slot of today, or after a pause, that is later."""
    if is_paused(agency, now) and agency.paused_until:
        return agency.paused_until + ONE_DAY
    is_over = now.astimezone(HANOI).time() > office.policy.late_until
    return day_of(now) + ONE_DAY if is_over else day_of(now)


def outlook(
    session: Session, agency: Agency, office: Office, start: date, days: int, *, with_summaries: bool = True
) -> list[Coming]:
    """The letters of the days from `start` on, as things stand now; what was missed goes out with the first of them.

    To learn whether a summary will have news its numbers are reckoned: `with_summaries` leaves that out.
    """
    first, until = office.calendar.on_or_after(start), start + timedelta(days=days)
    routes = routes_of(session, agency.id or 0)
    letters = list(_nudges(session, agency, office, first, until, routes))
    if with_summaries:
        letters += _summaries(session, agency, office, first, until, routes)
    return sorted(letters, key=lambda each: (each.on, each.is_summary, each.to, each.reachable))


def _nudges(
    session: Session, agency: Agency, office: Office, first: date, until: date, routes: Routes
) -> Iterator[Coming]:
    told: dict[tuple[date, Audience, int], set[int]] = {}
    near = bases(session, col(Obligation.agency_id) == agency.id, col(Obligation.next_rung_on) <= until)
    for some in slices(near, SLICE):
        history = history_of(session, some)
        for basis in some:
            for key in _tellings(basis, history, office, first, until):
                told.setdefault(key, set()).add(basis.id)
    names = _names(session, {unit_id for _, _, unit_id in told})
    codes = _codes(session, {each for ids in told.values() for each in ids})
    for (on, audience, unit_id), ids in told.items():
        what = tuple(codes[each] for each in sorted(ids))
        yield Coming(on, WHO.get(audience) or names[unit_id], what, _has_chat(routes, audience, unit_id))


def _tellings(
    basis: Basis, history: History, office: Office, first: date, until: date
) -> set[tuple[date, Audience, int]]:
    """On which days somebody is told of an obligation: a day's rungs are one thing in one letter."""
    told = history.told_of(basis)
    return {
        (max(rung.on, first), rung.audience, basis.unit_id if rung.audience is Audience.UNIT else 0)
        for rung in rungs_of(basis, history, office)
        if max(rung.on, first) <= until and rung.key not in told
    }


def _has_chat(routes: Routes, audience: Audience, unit_id: int) -> bool:
    match audience:
        case Audience.UNIT:
            return unit_id in routes.units
        case Audience.LEADER:
            return routes.leader is not None
        case Audience.OFFICE:
            return routes.office is not None


def _names(session: Session, unit_ids: Collection[int]) -> dict[int, str]:
    rows = session.exec(select(Unit.id, Unit.name).where(col(Unit.id).in_(unit_ids)))
    return {unit_id or 0: name for unit_id, name in rows}


def _codes(session: Session, ids: Collection[int]) -> dict[int, str]:
    """“IV.4 #A1” of each."""
    found: dict[int, str] = {}
    for some in slices(sorted(ids), SLICE):
        query = (
            select(Obligation.id, Duty.code, Obligation.short_code)
            .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
            .join(Duty, col(Occurrence.duty_id) == Duty.id)
            .where(col(Obligation.id).in_(some))
        )
        found.update((each or 0, f"{code} #{short}".strip()) for each, code, short in session.exec(query))
    return found


def _summaries(
    session: Session, agency: Agency, office: Office, first: date, until: date, routes: Routes
) -> Iterator[Coming]:
    chats = {ChatRole.OFFICE: routes.office, ChatRole.LEADER: routes.leader}
    for on, window, role in coming_digests(session, agency, office, first, until):
        yield Coming(on, WHO[Audience(role.value)], (window.name,), chats[role] is not None, True)
