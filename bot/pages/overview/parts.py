"""The parts of the overview as values: each is drawn anew only when it has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.pages.overview.maps import Laid, duties_by_month, units_by_window
from bot.pages.overview.picks import OF_VALUE, Known, Pick, picked
from bot.pages.overview.readings import (
    Read,
    Spoken,
    asked_of,
    channels_of,
    has_plan,
    last_done,
    last_spoken,
    read,
)
from bot.pages.overview.view import Across, View
from data.plans import drafts
from data.reports import report_settings
from data.tables import Agency
from data.unreached import unreached
from data.unwatched import unwatched_in
from duties.facts import Fact
from duties.progress import Said, Value
from duties.summary import Counts, Summary
from duties.thresholds import next_target
from duties.wording.dates import day
from duties.wording.summary import target_words
from duties.wording.summary_lists import about
from duties.wording.unwatched import lacking_line
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
class Day:
    """What falls due on a day."""

    day: date
    why_off: str
    owed: tuple[Owed, ...]


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
class Note:
    """Something about the whole agency, with a link to where it is dealt with."""

    words: str
    link: str = ""
    goes_to: str = ""


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
    has_plan: bool


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
        has_plan(session, agency_id),
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
        about(fact, 90),
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
    by_day: dict[date, list[Owed]] = {}
    for fact in facts:
        if fact.due:
            by_day.setdefault(fact.due, []).append(owed(fact, found.known))
    calendar = found.office.calendar
    return Coming(
        len(facts), tuple(Day(day, calendar.why_off(day), tuple(rows)) for day, rows in by_day.items())
    )


def notes(session: Session, found: Read, view: View) -> tuple[Note, ...]:
    """What concerns the whole agency, the most pressing first."""
    agency_id, known = found.agency.id or 0, found.known
    held = picked(known, Pick.HELD)
    lacking = (
        ""
        if view.is_part
        else lacking_line(
            [each.in_words for each in unwatched_in(session, agency_id, view.window, known.today)]
        )
    )
    said = [
        _paused(found.agency, found.known.today),
        *(
            Note(
                f"Kế hoạch {plan.number or plan.title} đang chờ xác nhận.",
                "Xem và xác nhận",
                f"/ke-hoach/{plan.id}",
            )
            for plan in drafts(session, agency_id)
        ),
        Note(
            f"{len(held)} phần việc đã qua hạn khi xác nhận kế hoạch, chờ Văn phòng cho biết: đã xong, vẫn nhắc hay không tính.",
            "Xem danh sách",
            view.address("/danh-sach", muc=Pick.HELD.value),
        )
        if held
        else None,
        Note(f"Nhiệm vụ chưa nhắc được ai: {lacking[:1].lower()}{lacking[1:]}", "Bổ sung", "/ke-hoach")
        if lacking
        else None,
        *_unannounced(found),
    ]
    return tuple(note for note in said if note is not None)


def _paused(agency: Agency, today: date) -> Note | None:
    if agency.paused_at is None or (agency.paused_until is not None and agency.paused_until < today):
        return None
    until = f" đến hết ngày {day(agency.paused_until)}" if agency.paused_until else ""
    return Note(f"Đang tạm dừng gửi tin nhắc{until}.", "Xem tin nhắc", "/tin-nhac")


NEXT_YEAR_FROM = 12


def _unannounced(found: Read) -> list[Note]:
    """From December on the next year's calendar matters too."""
    today, calendar = found.known.today, found.office.calendar
    years = [today.year, *([today.year + 1] if today.month >= NEXT_YEAR_FROM else [])]
    return [
        Note(
            f"Chưa có thông báo lịch nghỉ năm {year}; ngày làm việc đang tính theo luật.",
            "Xem lịch làm việc",
            "/lich-lam-viec",
        )
        for year in years
        if not calendar.is_announced(year)
    ]
