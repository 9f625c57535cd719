"""What will go out in the next fortnight if nothing changes: by day and whom, with the duties named."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.offices import office_of
from data.tables import Agency, Duty, Obligation, Occurrence
from duties.wording.entries import spoken
from duties.workdays import day_of
from scheduler.outlook import Coming, first_day, outlook

DAYS = 14
NAMED = 8
CODE = re.compile(r"#(\w+)$")


@dataclass(frozen=True)
class Told:
    """An obligation that a letter will tell."""

    duty_id: int
    code: str
    title: str


@dataclass(frozen=True)
class ToCome:
    """A letter to come: to whom, what it tells, the first few by name; whether there is a chat to send it to."""

    to: str
    told: tuple[Told, ...]
    count: int
    summary: str
    reachable: bool


@dataclass(frozen=True)
class Fortnight:
    """By day; `mute`: those who have no chat, whose reminders go to the office."""

    days: tuple[tuple[date, tuple[ToCome, ...]], ...]
    mute: tuple[str, ...]


def fortnight(session: Session, agency_id: int, now: datetime) -> Fortnight:
    agency = session.get_one(Agency, agency_id)
    office = office_of(session, agency, day_of(now))
    found = outlook(session, agency, office, first_day(agency, office, now), DAYS)
    named = _named(session, agency_id, {code for each in found for code in _codes(each)[:NAMED]})
    days = dict.fromkeys(each.on for each in found)
    by_day = tuple((on, tuple(_to_come(each, named) for each in found if each.on == on)) for on in days)
    return Fortnight(by_day, tuple(sorted({each.to for each in found if not each.reachable})))


def _codes(coming: Coming) -> list[str]:
    return [match[1] for words in coming.what if (match := CODE.search(words))]


def _named(session: Session, agency_id: int, codes: set[str]) -> dict[str, Told]:
    query = (
        select(Obligation.short_code, Duty)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .where(Obligation.agency_id == agency_id, col(Obligation.short_code).in_(codes))
    )
    return {
        code: Told(
            duty.id or 0, code, spoken(duty.code, duty.content, 90, kind=duty.kind, receiver=duty.receiver)
        )
        for code, duty in session.exec(query)
    }


def _to_come(coming: Coming, named: dict[str, Told]) -> ToCome:
    codes = _codes(coming)
    told = tuple(named[code] for code in codes[:NAMED] if code in named)
    summary = coming.what[0] if coming.is_summary else ""
    return ToCome(coming.to, told, len(codes), summary, coming.reachable)
