"""The numbers of a window, by unit, by group and by duty; every summary starts here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duties.facts import Counted, Fact, Numbers
from duties.freeze import Frozen
from duties.mentions import AMOUNT_OF
from duties.progress import Value
from duties.windows import Window, previous
from duties.workdays import WorkCalendar


@dataclass(frozen=True)
class Counts:
    """The four values; together they are the denominator."""

    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def four(self) -> tuple[int, int, int, int]:
        """In the order of `Value`."""
        return self.on_time, self.late, self.open, self.overdue

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

    @property
    def on_time_rate(self) -> float | None:
        """The share done on time, of all there was to do."""
        return self.on_time / self.total if self.total else None


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
class GroupLine:
    """What one group of a plan asks for in the window: its occurrences, and what its units counted."""

    plan: str
    group: str
    occurrences: Counts
    quantities: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Compared:
    """The window this one is compared with, as it stood when its own data closed."""

    window: Window
    obligations: Counts
    occurrences: Counts


@dataclass(frozen=True)
class Summary:
    """A window as it stood on a day: obligations are what units answer for, occurrences what the plan asks for.

    `counted` make the denominators. `before` is None where the window before held nothing; `frozen` is None while the
    numbers may still move.
    """

    window: Window
    as_of: date
    obligations: Counts
    occurrences: Counts
    by_unit: tuple[UnitLine, ...]
    by_group: tuple[GroupLine, ...]
    counted: tuple[Fact, ...]
    overdue: tuple[Fact, ...]
    obstacles: tuple[Fact, ...]
    coming: tuple[Fact, ...]
    carried_over: tuple[Fact, ...]
    ongoing: tuple[Fact, ...]
    not_applicable: tuple[Fact, ...]
    quantities: tuple[tuple[str, int], ...] = ()
    before: Compared | None = None
    frozen: Frozen | None = None

    @property
    def ongoing_reported(self) -> int:
        return sum(fact.reported for fact in self.ongoing)

    @property
    def ongoing_total(self) -> int:
        return len(self.ongoing)

    @property
    def extended(self) -> tuple[Fact, ...]:
        """What was given more time, of the window and of what came from before."""
        return tuple(fact for fact in (*self.counted, *self.carried_over) if fact.extended)

    @property
    def returned(self) -> tuple[Fact, ...]:
        """What the office sent back and has not had again."""
        return tuple(fact for fact in (*self.counted, *self.carried_over) if fact.returned)

    @property
    def is_empty(self) -> bool:
        return not (self.counted or self.ongoing or self.carried_over)


def cut_day(window: Window, today: date) -> date:
    """The day whose values a summary gives: the cut-off, or today before it."""
    return min(window.cut_off, today)


def summarise(window: Window, numbers: Numbers, frozen: Frozen | None = None) -> Summary:
    """Count what belongs to the window; the facts hold the values of `numbers.as_of`, in the order of the plan.

    Of what the answers in force count, that of the days of the window's data is added up.
    """
    known, as_of = numbers.facts, numbers.as_of
    inside = tuple(fact for fact in known if fact.belongs_to(window))
    counted = tuple(fact for fact in inside if is_counted(fact))
    ongoing = tuple(fact for fact in inside if fact.ongoing and not fact.not_applicable)
    data_start = window.data.start
    carried_over = tuple(fact for fact in known if _is_carried_over(fact, window.span.start, data_start))
    told = [each for each in numbers.told if data_start <= each.on <= as_of]
    return Summary(
        window=window,
        as_of=as_of,
        obligations=counts_of(counted),
        occurrences=occurrences_of(counted),
        by_unit=_by_unit(counted, ongoing, carried_over),
        by_group=_by_group(counted, ongoing, told),
        counted=counted,
        overdue=_by_due(fact for fact in counted if fact.value is Value.OVERDUE),
        obstacles=tuple(fact for fact in known if _is_hindered(fact, window)),
        coming=_by_due(fact for fact in known if _is_coming(fact, as_of)),
        carried_over=carried_over,
        ongoing=ongoing,
        not_applicable=tuple(fact for fact in inside if fact.not_applicable),
        quantities=added_up(each.quantities for each in told),
        before=_compared(previous(window), numbers.earlier),
        frozen=frozen,
    )


def is_counted(fact: Fact) -> bool:
    """Whether it is in the denominator of its window: what has a date, applies, and is not ongoing."""
    return fact.value is not None and not fact.not_applicable and not fact.ongoing


def long_overdue(summary: Summary, calendar: WorkCalendar, days: int) -> tuple[Fact, ...]:
    """What is overdue since so many working days or more, of the window and of what came from before."""
    late = (fact for fact in (*summary.overdue, *summary.carried_over) if fact.value is Value.OVERDUE)
    return _by_due(fact for fact in late if fact.due and calendar.between(fact.due, summary.as_of) >= days)


def worth_keeping(numbers: Numbers, window: Window) -> Numbers:
    """Only what a summary of that window speaks of."""
    told = summarise(window, numbers)
    lists = (told.counted, told.ongoing, told.carried_over, told.not_applicable, told.obstacles, told.coming)
    kept = {fact.obligation_id for facts in lists for fact in facts}
    return replace(numbers, facts=tuple(fact for fact in numbers.facts if fact.obligation_id in kept))


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


def _is_carried_over(fact: Fact, start: date, data_start: date) -> bool:
    """From before the window's start, and not yet done when the data of the window before it closed."""
    if fact.ongoing or fact.not_applicable or fact.value is None or fact.belongs_on is None:
        return False
    is_news = fact.is_open or (fact.done_on is not None and fact.done_on >= data_start)
    return fact.belongs_on < start and is_news


def _is_hindered(fact: Fact, window: Window) -> bool:
    """Not done and with an obstacle stated, in the window or before; what runs on past it counts too."""
    starts = fact.period.start if fact.period else fact.original_last_day
    begun = starts is None or starts <= window.span.end
    return bool(fact.obstacle) and not fact.not_applicable and not fact.is_done and begun


def _is_coming(fact: Fact, as_of: date) -> bool:
    """Still open and due later, in the window or after it: there an extended date counts."""
    applies = fact.is_open and not fact.not_applicable
    return applies and fact.due is not None and fact.due > as_of


def _by_due(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.due or date.max))


def counts_of(facts: Iterable[Fact]) -> Counts:
    """By obligation: what the units answer for."""
    return _counts(fact.value for fact in facts)


def occurrences_of(facts: Iterable[Fact]) -> Counts:
    """By occurrence: what the plan asks for, shared by its units."""
    return _counts(
        value_of_occurrence([fact.value for fact in shared if fact.value]) for shared in by_occurrence(facts)
    )


def by_occurrence(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The facts of each occurrence together, in their order."""
    shared: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        shared[fact.occurrence_id].append(fact)
    return list(shared.values())


def _counts(values: Iterable[Value | None]) -> Counts:
    found = Counter(values)
    return Counts(found[Value.ON_TIME], found[Value.LATE], found[Value.OPEN], found[Value.OVERDUE])


def _compared(window: Window, facts: Iterable[Fact]) -> Compared | None:
    counted = [fact for fact in facts if is_counted(fact) and fact.belongs_to(window)]
    return Compared(window, counts_of(counted), occurrences_of(counted)) if counted else None


def _by_unit(
    counted: Sequence[Fact], ongoing: Sequence[Fact], carried_over: Sequence[Fact]
) -> tuple[UnitLine, ...]:
    """Units in the order in which the plan first names them."""
    names = {fact.unit_id: fact.unit for fact in (*counted, *ongoing, *carried_over)}
    values = Counter((fact.unit_id, fact.value) for fact in counted)
    carried = Counter(fact.unit_id for fact in carried_over)
    asked = Counter(fact.unit_id for fact in ongoing)
    reported = Counter(fact.unit_id for fact in ongoing if fact.reported)
    return tuple(
        UnitLine(
            unit_id=unit_id,
            unit=name,
            counts=Counts(*(values[unit_id, value] for value in Value)),
            carried_over=carried[unit_id],
            ongoing_reported=reported[unit_id],
            ongoing_total=asked[unit_id],
        )
        for unit_id, name in names.items()
    )


def _by_group(
    counted: Sequence[Fact], ongoing: Sequence[Fact], told: Sequence[Counted]
) -> tuple[GroupLine, ...]:
    """Groups in the order of the plans; a duty under no heading stands in a group without a name."""
    facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in (*counted, *ongoing):
        facts[fact.plan, fact.group].append(fact)
    quantities: dict[int, list[Mapping[str, int]]] = defaultdict(list)
    for each in told:
        quantities[each.obligation_id].append(each.quantities)
    return tuple(
        GroupLine(
            plan,
            group,
            occurrences_of(fact for fact in shared if not fact.ongoing),
            added_up(said for fact in shared for said in quantities[fact.obligation_id]),
        )
        for (plan, group), shared in facts.items()
    )
