"""The parts of the overview as values: each is drawn anew only when it has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.pages.overview.maps import Laid, duties_by_month, units_by_window
from bot.pages.overview.notes import Note, notes
from bot.pages.overview.picks import OF_VALUE, Known, Pick, picked, shared
from bot.pages.overview.readings import (
    Begun,
    Read,
    Spoken,
    asked_of,
    begun,
    channels_of,
    last_done,
    last_spoken,
    read,
)
from bot.pages.overview.view import Across, View
from data.reports import report_settings
from data.unreached import unreached
from duties.facts import Fact
from duties.progress import Said, Value
from duties.summary import Counts, Summary
from duties.thresholds import next_target
from duties.wording.summary import target_words
from duties.wording.summary_lists import about
from duties.workdays import day_of

OVERDUE_SHOWN, WAITING_SHOWN = 8, 6


@dataclass(frozen=True)
class Figure:
    """One of the four values: how many duties and obligations, its share of the duties, and the share it had before."""

    value: Value
    pick: Pick
    duties: int
    obligations: int
    share: float | None
    before: float | None


@dataclass(frozen=True)
class Beside:
    """What stands outside the four values: “Kỳ trước chuyển sang 3”."""

    pick: Pick
    count: int
    of: int = 0


@dataclass(frozen=True)
class Glance:
    """The window at a glance. `frozen_on` and `frozen_by`: who closed the numbers; `changed`: how many moved since."""

    as_of: date
    figures: tuple[Figure, ...]
    duties: int
    obligations: int
    rate: float | None
    before: str
    rate_before: float | None
    beside: tuple[Beside, ...]
    target: str
    is_empty: bool
    has_begun: bool
    may_close: bool
    frozen_on: date | None = None
    frozen_by: str = ""
    changed: int = 0


@dataclass(frozen=True)
class Owed:
    """An obligation in a list of the overview."""

    id: int
    duty_id: int
    short_code: str
    about: str
    full: str
    unit_id: int
    unit: str
    due: date | None
    value: Value | None
    in_progress: bool = False
    returned: bool = False
    extended: bool = False
    obstacle: str = ""
    is_held: bool = False


@dataclass(frozen=True)
class Late:
    """What is overdue: who holds it, whether they can be reached, and what they said last."""

    owed: Owed
    days: int
    channel: str
    said: Spoken | None


@dataclass(frozen=True)
class LateList:
    count: int
    shown: tuple[Late, ...]


@dataclass(frozen=True)
class Waits:
    """What waits for the office: a request, or a report that nobody has looked at."""

    owed: Owed
    asks: Said
    said: Spoken | None


@dataclass(frozen=True)
class WaitList:
    count: int
    shown: tuple[Waits, ...]


@dataclass(frozen=True)
class Falling:
    """What several units may owe alike on one day: the first of them, and whose they are."""

    owed: Owed
    units: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """What falls due on a day; `why_off`: why the office is closed on it."""

    day: date
    why_off: str
    falling: tuple[Falling, ...]

    @property
    def count(self) -> int:
        return sum(len(each.units) for each in self.falling)


@dataclass(frozen=True)
class Coming:
    count: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Silent:
    """A unit that owes something and that nobody can be told in."""

    unit_id: int
    unit: str
    owes: int


@dataclass(frozen=True)
class Overview:
    """Everything that the page shows, read at one moment."""

    glance: Glance
    map: Laid
    late: LateList
    waiting: WaitList
    coming: Coming
    silent: tuple[Silent, ...]
    notes: tuple[Note, ...]
    begun: Begun


def overview(session: Session, agency_id: int, view: View, today: date) -> Overview:
    """Read the window once, and all that is shown from it."""
    found = read(session, agency_id, view, today)
    known, channels = found.known, channels_of(session, agency_id)
    return Overview(
        glance(found),
        units_by_window(session, found, view) if view.across is Across.UNITS else duties_by_month(found),
        late_list(session, agency_id, known, channels),
        wait_list(session, agency_id, known, WAITING_SHOWN),
        coming(found),
        tuple(Silent(unit.id or 0, unit.name, owes) for unit, owes in unreached(session, agency_id)),
        notes(session, found, view),
        begun(session, agency_id),
    )


def glance(found: Read) -> Glance:
    summary, frozen = found.known.summary, found.known.summary.frozen
    before = summary.before
    thresholds = report_settings(found.agency).thresholds
    today = found.known.today
    return Glance(
        as_of=summary.as_of,
        figures=_figures(summary),
        duties=summary.occurrences.total,
        obligations=summary.obligations.total,
        rate=summary.occurrences.rate,
        before=before.window.name if before else "",
        rate_before=before.occurrences.rate if before else None,
        beside=_beside(found.known),
        target=target_words(next_target(summary.counted, summary.occurrences, thresholds)),
        is_empty=summary.is_empty,
        has_begun=summary.window.data.start <= today,
        may_close=frozen is None and not summary.is_empty and today >= summary.window.cut_off,
        frozen_on=day_of(frozen.at) if frozen else None,
        frozen_by=frozen.by if frozen else "",
        changed=len(frozen.changes) if frozen else 0,
    )


def _figures(summary: Summary) -> tuple[Figure, ...]:
    before = summary.before.occurrences if summary.before else Counts()
    return tuple(
        Figure(
            value,
            OF_VALUE[value],
            duties,
            obligations,
            _share(duties, summary.occurrences.total),
            _share(was, before.total),
        )
        for value, duties, obligations, was in zip(
            Value, summary.occurrences.four, summary.obligations.four, before.four, strict=True
        )
    )


def _share(count: int, total: int) -> float | None:
    return count / total if total else None


BESIDE = (
    Pick.CARRIED_OVER,
    Pick.OBSTACLES,
    Pick.EXTENDED,
    Pick.RETURNED,
    Pick.NOT_APPLICABLE,
)


def _beside(known: Known) -> tuple[Beside, ...]:
    counts = tuple(Beside(pick, len(picked(known, pick))) for pick in BESIDE)
    summary = known.summary
    ongoing = (Beside(Pick.REPORTED, summary.ongoing_reported, summary.ongoing_total),)
    return (*(ongoing if summary.ongoing_total else ()), *(each for each in counts if each.count))


def owed(fact: Fact, known: Known) -> Owed:
    return Owed(
        fact.obligation_id,
        fact.duty_id,
        fact.short_code,
        about(fact, 80),
        about(fact, 400),
        fact.unit_id,
        fact.unit,
        fact.due,
        fact.value,
        fact.in_progress,
        fact.returned,
        fact.extended,
        fact.obstacle,
        fact.obligation_id in known.held,
    )


def late_list(
    session: Session, agency_id: int, known: Known, channels: dict[int, str], most: int = OVERDUE_SHOWN
) -> LateList:
    """What is overdue today, the longest first."""
    found = picked(known, Pick.OVERDUE_NOW)
    said = last_spoken(session, agency_id, _ids(found[:most]))
    return LateList(
        len(found),
        tuple(
            Late(
                owed(fact, known),
                (known.today - fact.due).days if fact.due else 0,
                channels.get(fact.unit_id, ""),
                said.get(fact.obligation_id),
            )
            for fact in found[:most]
        ),
    )


def _ids(facts: Sequence[Fact]) -> list[int]:
    return [fact.obligation_id for fact in facts]


def wait_list(session: Session, agency_id: int, known: Known, most: int) -> WaitList:
    """What waits for the office's decision, requests first."""
    found = picked(known, Pick.WAITING)
    return WaitList(len(found), waiting(session, agency_id, known, found[:most]))


def waiting(session: Session, agency_id: int, known: Known, facts: Sequence[Fact]) -> tuple[Waits, ...]:
    """The same of some obligations."""
    requests = asked_of(session, agency_id, _ids(facts))
    done = last_done(session, agency_id, _ids(facts))
    return tuple(
        Waits(
            owed(fact, known),
            requests[fact.obligation_id].kind if fact.obligation_id in requests else Said.DONE,
            requests.get(fact.obligation_id) or done.get(fact.obligation_id),
        )
        for fact in facts
    )


def coming(found: Read) -> Coming:
    """What falls due in the next two weeks, by day."""
    facts = picked(found.known, Pick.COMING)
    by_day: dict[date, list[Fact]] = {}
    for fact in facts:
        if fact.due:
            by_day.setdefault(fact.due, []).append(fact)
    return Coming(len(facts), tuple(_day(found, day, together) for day, together in by_day.items()))


def _day(found: Read, day: date, facts: Sequence[Fact]) -> Day:
    alike = shared(facts).values()
    falling = (Falling(owed(group[0], found.known), tuple(fact.unit for fact in group)) for group in alike)
    return Day(day, found.office.calendar.why_off(day), tuple(falling))
