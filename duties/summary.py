"""The numbers of a window, by unit and by duty; every summary starts here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duties.deadline import Period
from duties.mentions import AMOUNT_OF
from duties.plan import DutyKind
from duties.progress import Value
from duties.windows import Window


@dataclass(frozen=True)
class Fact:
    """One obligation as it stood on the summary's day; `window` is an ongoing one's, `reported` that it was answered."""

    obligation_id: int
    occurrence_id: int
    duty_id: int
    unit_id: int
    unit: str
    code: str
    content: str
    group: str = ""
    plan: str = ""
    due: date | None = None
    original_last_day: date | None = None
    stated: date | None = None
    period: Period | None = None
    value: Value | None = None
    done_on: date | None = None
    in_progress: bool = False
    obstacle: str = ""
    extended: bool = False
    returned: bool = False
    waiting: bool = False
    ongoing: bool = False
    window: str | None = None
    reported: bool = False
    not_applicable: bool = False
    kind: DutyKind = DutyKind.TASK
    receiver: str = ""
    period_name: str = ""

    @property
    def belongs_on(self) -> date | None:
        """The day that decides its window: the end of its period, else its first last day, whatever was extended."""
        return self.period.end if self.period else self.original_last_day

    @property
    def is_open(self) -> bool:
        return self.value in (Value.OPEN, Value.OVERDUE)


@dataclass(frozen=True)
class Counted:
    """What one answer counts, and the day it was given."""

    on: date
    quantities: Mapping[str, int]


@dataclass(frozen=True)
class Counts:
    """The four values; together they are the denominator."""

    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def total(self) -> int:
        return self.done + self.open + self.overdue

    @property
    def rate(self) -> float | None:
        """The share done, from 0 to 1; None when there was nothing to do."""
        return self.done / self.total if self.total else None

    def missing_to_pass(self, percent: int) -> int:
        """How many more must be done for the share to lie above so many percent (below 100)."""
        return max(0, self.total * percent // 100 + 1 - self.done) if self.total else 0


@dataclass(frozen=True)
class UnitLine:
    """One unit's obligations in the window, and beside them what it carried over and its ongoing work."""

    unit_id: int
    unit: str
    counts: Counts
    carried_over: int
    ongoing_reported: int
    ongoing_total: int


@dataclass(frozen=True)
class Summary:
    """A window as it stood on a day: obligations are what units answer for, occurrences what the plan asks for."""

    window: Window
    as_of: date
    obligations: Counts
    occurrences: Counts
    by_unit: tuple[UnitLine, ...]
    counted: tuple[Fact, ...]
    overdue: tuple[Fact, ...]
    obstacles: tuple[Fact, ...]
    coming: tuple[Fact, ...]
    carried_over: tuple[Fact, ...]
    ongoing: tuple[Fact, ...]
    not_applicable: tuple[Fact, ...]
    quantities: tuple[tuple[str, int], ...] = ()

    @property
    def ongoing_reported(self) -> int:
        return sum(fact.reported for fact in self.ongoing)

    @property
    def ongoing_total(self) -> int:
        return len(self.ongoing)


def cut_day(window: Window, today: date) -> date:
    """The day whose values a summary gives: the cut-off, or today before it."""
    return min(window.cut_off, today)


def summarise(window: Window, facts: Iterable[Fact], as_of: date, told: Iterable[Counted] = ()) -> Summary:
    """Count what belongs to the window; the facts hold the values of `as_of`, in the order of the plan.

    `told`: what the answers in force count; those of the days of the window's data are added up.
    """
    known = tuple(facts)
    inside = tuple(fact for fact in known if _belongs(fact, window))
    counted = tuple(fact for fact in inside if fact.value and not fact.not_applicable and not fact.ongoing)
    ongoing = tuple(fact for fact in inside if fact.ongoing and not fact.not_applicable)
    carried_over = tuple(fact for fact in known if _is_carried_over(fact, window))
    return Summary(
        window=window,
        as_of=as_of,
        obligations=_counts(fact.value for fact in counted),
        occurrences=_counts(_values_of_occurrences(counted)),
        by_unit=_by_unit(counted, ongoing, carried_over),
        counted=counted,
        overdue=_by_due(fact for fact in counted if fact.value is Value.OVERDUE),
        obstacles=tuple(fact for fact in known if _is_hindered(fact, window)),
        coming=_by_due(fact for fact in known if _is_coming(fact, as_of)),
        carried_over=carried_over,
        ongoing=ongoing,
        not_applicable=tuple(fact for fact in inside if fact.not_applicable),
        quantities=added_up(each.quantities for each in told if window.data.start <= each.on <= as_of),
    )


# A thing that is written in two ways is counted as one.
SAME_AS = {"bài viết": "bài"}
ORDER = tuple(dict.fromkeys(AMOUNT_OF.values()))


def added_up(quantities: Iterable[Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    """Each kind of thing once, in the order in which reports name them; what comes to nothing is left out."""
    sums: Counter[str] = Counter()
    for each in quantities:
        for what, count in each.items():
            sums[SAME_AS.get(what, what)] += count
    known = [(what, sums[what]) for what in sorted(sums, key=_in_order)]
    return tuple((what, count) for what, count in known if count)


def _in_order(what: str) -> tuple[int, str]:
    return (ORDER.index(what) if what in ORDER else len(ORDER), what)


def value_of_occurrence(values: Sequence[Value]) -> Value:
    """Done when every obligation is, on time only if all were; overdue if any is."""
    if all(value.is_done for value in values):
        return Value.ON_TIME if set(values) == {Value.ON_TIME} else Value.LATE
    return Value.OVERDUE if Value.OVERDUE in values else Value.OPEN


def _belongs(fact: Fact, window: Window) -> bool:
    if fact.ongoing:
        return fact.window == window.key
    return fact.belongs_on is not None and window.contains(fact.belongs_on)


def _is_carried_over(fact: Fact, window: Window) -> bool:
    """From before the window, and not yet done when the data of the window before it closed."""
    if fact.ongoing or fact.not_applicable or fact.value is None or fact.belongs_on is None:
        return False
    is_news = fact.is_open or (fact.done_on is not None and fact.done_on >= window.data.start)
    return fact.belongs_on < window.span.start and is_news


def _is_hindered(fact: Fact, window: Window) -> bool:
    """Not done and with an obstacle stated, in the window or before; what runs on past it counts too."""
    starts = fact.period.start if fact.period else fact.original_last_day
    begun = starts is None or starts <= window.span.end
    return bool(fact.obstacle) and not fact.not_applicable and not _is_done(fact) and begun


def _is_coming(fact: Fact, as_of: date) -> bool:
    """Still open and due later, in the window or after it: there an extended date counts."""
    applies = fact.is_open and not fact.not_applicable
    return applies and fact.due is not None and fact.due > as_of


def _is_done(fact: Fact) -> bool:
    return fact.value is not None and fact.value.is_done


def _by_due(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.due or date.max))


def _counts(values: Iterable[Value | None]) -> Counts:
    found = Counter(values)
    return Counts(found[Value.ON_TIME], found[Value.LATE], found[Value.OPEN], found[Value.OVERDUE])


def _values_of_occurrences(counted: Iterable[Fact]) -> list[Value]:
    shared: dict[int, list[Value]] = {}
    for fact in counted:
        if fact.value:
            shared.setdefault(fact.occurrence_id, []).append(fact.value)
    return [value_of_occurrence(values) for values in shared.values()]


def _by_unit(
    counted: Sequence[Fact], ongoing: Sequence[Fact], carried_over: Sequence[Fact]
) -> tuple[UnitLine, ...]:
    """Units in the order in which the plan first names them."""
    names = {fact.unit_id: fact.unit for fact in (*counted, *ongoing, *carried_over)}
    return tuple(
        UnitLine(
            unit_id=unit_id,
            unit=name,
            counts=_counts(fact.value for fact in counted if fact.unit_id == unit_id),
            carried_over=sum(fact.unit_id == unit_id for fact in carried_over),
            ongoing_reported=sum(fact.reported for fact in ongoing if fact.unit_id == unit_id),
            ongoing_total=sum(fact.unit_id == unit_id for fact in ongoing),
        )
        for unit_id, name in names.items()
    )
