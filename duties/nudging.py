"""Who is nudged, when and how firmly: the rungs of an obligation's ladder, and the slots in which letters go out."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum

from duties.deadline import Period
from duties.progress import Answer
from duties.windows import STANDARD, Window, WindowRules, report_windows
from duties.workdays import HANOI, ONE_DAY, WorkCalendar, day_of

ONE_WEEK = timedelta(weeks=1)
FARTHEST, LONGEST_PERIOD = 250, 366  # working days, days: about a year
SHORTEST_SLOT = 15  # minutes: a slot that the clock's beats cannot miss


class Audience(StrEnum):
    """Who is told."""

    UNIT = "unit"
    OFFICE = "office"
    LEADER = "leader"


class Slot(IntEnum):
    """The two times of a working day at which letters go out, in their order."""

    MORNING = 1
    AFTERNOON = 2


class Firmness(IntEnum):
    """How firmly it is said, from a kind question to what is left to the office."""

    ASK = 0
    EARLY = 1
    NEAR = 2
    DUE = 3
    LATE = 4
    SERIOUS = 5
    LEFT = 6


@dataclass(frozen=True)
class Policy:
    """The numbers of an agency, or of a plan where it differs; rungs and delays are in working days."""

    quarter_rungs: tuple[int, ...] = (10, 5, 2, 0)
    month_rungs: tuple[int, ...] = (5, 2, 0)
    week_rungs: tuple[int, ...] = (1, 0)
    # A quarter has 90 days or more; a few may be gone when it is counted from the first working day.
    quarter_days: int = 85
    # In a fortnight five working days are just half: the shortest period in which the first month rung makes sense.
    month_days: int = 14
    # From so many days on a rung is early: a unit that is at work need not hear it.
    early_from: int = 5
    after: tuple[int, ...] = (1, 3, 5)
    mondays_until: int = 30
    office_after: int = 3
    leader_after: int = 10
    request_after: int = 2
    ask_before: int = 5
    morning: time = time(8)
    afternoon: time = time(14)
    late_until: time = time(16, 30)
    opens: time = time(7, 30)
    closes: time = time(17)

    def __post_init__(self) -> None:
        """Refuse numbers by which nobody could be told, with a ValueError in words for the office."""
        self._check_days()
        self._check_hours()

    def _check_days(self) -> None:
        before = (*self.quarter_rungs, *self.month_rungs, *self.week_rungs)
        ahead = (*before, self.request_after, self.ask_before)
        behind = (*self.after, self.office_after, self.leader_after, self.mondays_until, self.early_from)
        if not all(0 <= n <= FARTHEST for n in ahead):
            raise ValueError(f"Số ngày nhắc trước phải từ 0 đến {FARTHEST}.")
        if not all(1 <= n <= FARTHEST for n in behind):
            raise ValueError(f"Số ngày nhắc sau hạn phải từ 1 đến {FARTHEST}.")
        if max(self.after, default=0) > self.mondays_until:
            raise ValueError("Lần nhắc sau hạn cuối cùng phải trước khi thôi nhắc.")
        if not 1 <= self.month_days <= self.quarter_days <= LONGEST_PERIOD:
            raise ValueError(
                "Kỳ nhắc như tháng không được dài hơn kỳ nhắc như quý; cả hai từ 1 đến 366 ngày."
            )

    def _check_hours(self) -> None:
        if not self.opens <= self.morning < self.afternoon < self.late_until <= self.closes:
            raise ValueError(
                "Các giờ phải theo thứ tự: mở, gửi sáng, gửi chiều, gửi bù, đóng; giờ gửi không ngoài giờ mở và đóng."
            )
        slots = (_minutes(self.morning, self.afternoon), _minutes(self.afternoon, self.late_until))
        if min(slots) < SHORTEST_SLOT:
            raise ValueError(f"Từ giờ gửi này đến giờ sau phải cách ít nhất {SHORTEST_SLOT} phút.")

    def never_told(self, rungs: str) -> tuple[int, ...]:
        """Of the rungs of that name those longer than half of every period they are for."""
        longest = {"week_rungs": self.month_days - 1, "month_rungs": self.quarter_days - 1}
        days = longest.get(rungs, LONGEST_PERIOD)
        numbers: tuple[int, ...] = getattr(self, rungs)
        return tuple(n for n in numbers if 2 * n > -(-days * 5 // 7) + 1)

    def rungs_before(self, days: int) -> tuple[int, ...]:
        """How many working days ahead a period of so many days is called to mind."""
        if days >= self.quarter_days:
            return self.quarter_rungs
        return self.month_rungs if days >= self.month_days else self.week_rungs


def _minutes(earlier: time, later: time) -> int:
    return (later.hour - earlier.hour) * 60 + later.minute - earlier.minute


@dataclass(frozen=True)
class Rung:
    """One step of a ladder; with the obligation and the due date it was reckoned from, its key is told once."""

    key: str
    on: date
    audience: Audience
    slot: Slot
    firmness: Firmness


def ladder(
    due: date, starts: date, policy: Policy, calendar: WorkCalendar, *, until: date | None = None
) -> tuple[Rung, ...]:
    """Every rung of one due date, ordered; the period it closes runs from `starts`.

    `until` is the last day still on time where a day off is given until the next working day: lateness counts from it.
    """
    return in_order([*_before(due, starts, policy, calendar), *_after(until or due, policy, calendar)])


def asks(
    period: Period, due: date | None, policy: Policy, calendar: WorkCalendar, rules: WindowRules = STANDARD
) -> tuple[Rung, ...]:
    """One kind question for each report window in which nothing falls due, while the period lasts.

    An ongoing occurrence stands for one window and is asked about that one, though others overlap it.
    """
    years = range(period.start.year, period.end.year + 1)
    windows = [window for year in years for window in report_windows(year, rules)]
    own = [window for window in windows if due is None and window.span == period]
    rungs = (_ask(window, policy, calendar) for window in own or _without_date(windows, period, due))
    return in_order(rung for rung in rungs if rung.on >= period.start)


def milestones(days: Iterable[date], period: Period, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """How a long duty goes is asked on the days the office chose within it; for a day off on the next working day."""
    return in_order(_milestone(day, calendar) for day in days if period.start <= day <= period.end)


def turn_of(window: Window) -> Period:
    """The days of its year on which a report window is the next to close; the last one's run to the year's end."""
    windows = report_windows(window.cut_off.year, window.rules)
    before = [each.cut_off for each in windows if each.cut_off < window.cut_off]
    starts = before[-1] + ONE_DAY if before else date(window.cut_off.year, 1, 1)
    is_last = all(each.cut_off <= window.cut_off for each in windows)
    return Period(starts, date(window.cut_off.year, 12, 31) if is_last else window.cut_off)


def request_rung(asked: Answer, policy: Policy, calendar: WorkCalendar) -> Rung:
    """When the office is called to mind that a unit's request waits."""
    on = calendar.shift(day_of(asked.at), policy.request_after)
    return Rung(f"request:{asked.id}", on, Audience.OFFICE, Slot.MORNING, Firmness.NEAR)


def open_rungs(
    rungs: Iterable[Rung], *, since: date, in_progress: bool, snoozed_until: date | None
) -> tuple[Rung, ...]:
    """The rungs that may be told: none from before `since`, no early one to a unit at work, and those put off later."""
    ladder_in_order = in_order(rungs)
    last_call = next((rung.on for rung in ladder_in_order if rung.key == "due"), None)
    kept = (
        rung
        for rung in ladder_in_order
        if rung.on >= since and not (in_progress and rung.firmness is Firmness.EARLY)
    )
    return in_order(_put_off(rung, snoozed_until, last_call) for rung in kept)


def due_rungs(rungs: Iterable[Rung], told: Collection[str], today: date, slot: Slot) -> tuple[Rung, ...]:
    """Every rung reached and not told, oldest first: after a lost week they come together, none is forgotten."""
    now = (today, slot)
    return in_order(rung for rung in rungs if (rung.on, rung.slot) <= now and rung.key not in told)


def next_rung(rungs: Iterable[Rung], told: Collection[str]) -> Rung | None:
    """The earliest that was not told; it may be one that time has passed."""
    return next(iter(in_order(rung for rung in rungs if rung.key not in told)), None)


def in_order(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """By day and slot; of two for one audience at one time the firmer stays, of equals the later given."""
    firmest: dict[tuple[date, Slot, Audience], Rung] = {}
    for rung in rungs:
        place = (rung.on, rung.slot, rung.audience)
        if place not in firmest or rung.firmness >= firmest[place].firmness:
            firmest[place] = rung
    return tuple(sorted(firmest.values(), key=lambda rung: (rung.on, rung.slot, rung.firmness, rung.key)))


def may_send(now: datetime, policy: Policy, calendar: WorkCalendar) -> bool:
    """Never on a day off, never outside office hours."""
    local = now.astimezone(HANOI)
    return calendar.is_workday(local.date()) and policy.opens <= local.time() <= policy.closes


def opening(now: datetime, policy: Policy, calendar: WorkCalendar) -> datetime:
    """This moment, or the next at which letters may go out."""
    if may_send(now, policy, calendar):
        return now
    local = now.astimezone(HANOI)
    is_early = local.time() < policy.opens
    first = calendar.on_or_after(local.date() if is_early else local.date() + ONE_DAY)
    return datetime.combine(first, policy.opens, HANOI)


def slot_at(now: datetime, policy: Policy, calendar: WorkCalendar) -> Slot | None:
    """The slot whose letters may go out at this moment: a missed one at once until 16:30, else with the next."""
    clock = now.astimezone(HANOI).time()
    if not may_send(now, policy, calendar) or not policy.morning <= clock <= policy.late_until:
        return None
    return Slot.MORNING if clock < policy.afternoon else Slot.AFTERNOON


def _before(due: date, starts: date, policy: Policy, calendar: WorkCalendar) -> Iterator[Rung]:
    """A last day that is off is called to mind on the working day before it, and the days count back from there."""
    last_call = calendar.on_or_before(due)
    workdays = calendar.between(starts - ONE_DAY, due)
    for n in policy.rungs_before((due - starts).days + 1):
        if n == 0:
            yield Rung("due", last_call, Audience.UNIT, Slot.MORNING, Firmness.DUE)
            yield Rung("due:14h", last_call, Audience.UNIT, Slot.AFTERNOON, Firmness.DUE)
        elif 2 * n <= workdays:
            firmness = Firmness.EARLY if n >= policy.early_from else Firmness.NEAR
            yield Rung(f"before:{n}", calendar.shift(last_call, -n), Audience.UNIT, Slot.MORNING, firmness)


def _after(until: date, policy: Policy, calendar: WorkCalendar) -> Iterator[Rung]:
    def on(key: str, n: int, audience: Audience, firmness: Firmness) -> Rung:
        return Rung(key, calendar.shift(until, n), audience, Slot.MORNING, firmness)

    for n in policy.after:
        yield on(f"after:{n}", n, Audience.UNIT, Firmness.LATE)
    yield on(f"office:{policy.office_after}", policy.office_after, Audience.OFFICE, Firmness.LATE)
    yield on(f"leader:{policy.leader_after}", policy.leader_after, Audience.LEADER, Firmness.SERIOUS)
    left = on("left", policy.mondays_until, Audience.OFFICE, Firmness.LEFT)
    yield from _mondays(calendar.shift(until, max(policy.after, default=0)), left.on, calendar)
    yield left


def _mondays(after: date, left: date, calendar: WorkCalendar) -> Iterator[Rung]:
    """Every Monday between two days; one that is off is told on the next working day, under its own name."""
    monday = after + ONE_WEEK - timedelta(days=after.weekday())
    while (on := calendar.on_or_after(monday)) < left:
        yield Rung(f"monday:{monday.isoformat()}", on, Audience.UNIT, Slot.MORNING, Firmness.SERIOUS)
        monday += ONE_WEEK


def _without_date(windows: Iterable[Window], period: Period, due: date | None) -> Iterator[Window]:
    for window in windows:
        overlaps = window.span.start <= period.end and period.start <= window.span.end
        if overlaps and (due is None or (window.cut_off < due and not window.contains(due))):
            yield window


def _ask(window: Window, policy: Policy, calendar: WorkCalendar) -> Rung:
    on = calendar.shift(calendar.on_or_before(window.cut_off), -policy.ask_before)
    return Rung(f"ask:{window.key}", on, Audience.UNIT, Slot.MORNING, Firmness.ASK)


def _milestone(day: date, calendar: WorkCalendar) -> Rung:
    return Rung(
        f"milestone:{day.isoformat()}", calendar.on_or_after(day), Audience.UNIT, Slot.MORNING, Firmness.ASK
    )


def _put_off(rung: Rung, until: date | None, last_call: date | None) -> Rung:
    """“Nhắc lại sau 3 ngày”: the unit's rungs before that day wait for it, but never past the due date."""
    if until is None or rung.audience is not Audience.UNIT or rung.on >= until:
        return rung
    if last_call is None:
        return replace(rung, on=until)
    return rung if rung.on > last_call else replace(rung, on=min(until, last_call))
