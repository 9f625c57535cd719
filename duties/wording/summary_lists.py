"""The lists of a summary: one line a duty, with the units that hold it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from duties.facts import Fact
from duties.message import Line, Look
from duties.summary import UnitLine
from duties.wording.dates import day
from duties.wording.entries import shortened, spoken
from duties.wording.numbers import whole

UNITS_NAMED = 3
LONGEST_NAME, LONGEST_CONTENT, LONGEST_WORDS = 40, 70, 90
Duties = list[list[Fact]]


def by_duty(facts: Iterable[Fact]) -> Duties:
    """The facts of one occurrence that are due on the same day, in the order in which they come."""
    together: dict[tuple[int, date | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        together[fact.occurrence_id, fact.due].append(fact)
    return list(together.values())


def listed(
    title: str, facts: Sequence[Fact], most: int, say: Callable[[Sequence[Fact]], str], more: str = ""
) -> list[Line]:
    """The first duties of a list under its title; how many others there are, and where to see them."""
    if not facts:
        return []
    duties = by_duty(facts)
    shown, rest = duties[:most], len(duties) - most
    of = f" phần việc, {whole(len(duties))} nhiệm vụ" if len(duties) < len(facts) else ""
    lines = [Line(f"{title} ({whole(len(facts))}{of}){':' if shown else '.'}", Look.TITLE)]
    lines += [Line(f"- {say(duty)}", Look.ITEM) for duty in shown]
    return (
        [*lines, Line(f"- và {whole(rest)} nhiệm vụ khác{more}.", Look.ITEM)] if shown and rest > 0 else lines
    )


def overdue(duty: Sequence[Fact], *, named: bool = True) -> str:
    """“1.1 Tuyên truyền …, hạn 31/05/2022: Phòng A (đang làm), Phòng B và 6 đơn vị khác”."""
    return f"{about(duty[0])}{_due(duty[0])}{_held(duty, named=named)}"


def coming(duty: Sequence[Fact], *, named: bool = True) -> str:
    """“30/09/2022: 1.1 Tuyên truyền …: Phòng A, Phòng B”."""
    first = duty[0]
    until = f"{day(first.due)}{_first(first)}: " if first.due else ""
    return f"{until}{about(first)}{_held(duty, named=named)}"


def obstacle(duty: Sequence[Fact], *, named: bool = True) -> str:
    """“1.1 Tuyên truyền …: Phòng A: “chưa có kinh phí””."""
    said = "; ".join(
        f"{f'{_name(fact)}: ' if named else ''}“{shortened(fact.obstacle, LONGEST_WORDS)}”"
        for fact in duty[:2]
    )
    more = f" và {len(duty) - 2} đơn vị khác" if len(duty) > 2 else ""
    return f"{about(duty[0])}: {said}{more}"


def _held(duty: Sequence[Fact], *, named: bool) -> str:
    """Whose it is; of one unit's own summary only how it stands."""
    return f": {holders(duty, _state)}" if named else _state(duty[0])


def holders(duty: Sequence[Fact], state: Callable[[Fact], str]) -> str:
    """“Phòng A (đang làm), Phòng B và 6 đơn vị khác”."""
    named = ", ".join(f"{_name(fact)}{state(fact)}" for fact in duty[:UNITS_NAMED])
    more = len(duty) - UNITS_NAMED
    return f"{named} và {more} đơn vị khác" if more > 0 else named


def units(lines: Sequence[UnitLine], most: int) -> list[Line]:
    """A line for each unit in the plan's order; where not all fit, those that are furthest behind."""
    if len(lines) < 2:
        return []
    if len(lines) <= most:
        return [Line("Theo đơn vị:", Look.TITLE), *(_unit(line) for line in lines)]
    if not most:
        return []
    behind = sorted(lines, key=lambda line: (-line.counts.overdue, -line.counts.open))[:most]
    title = Line("Theo đơn vị (nhiều việc quá hạn nhất trước):", Look.TITLE)
    return [
        title,
        *(_unit(line) for line in behind),
        Line(f"- và {len(lines) - most} đơn vị khác.", Look.ITEM),
    ]


def _unit(unit: UnitLine) -> Line:
    """“- Văn phòng Sở: 3 việc, xong đúng hạn 1, còn hạn 2; thường xuyên đã báo cáo 1/4”."""
    counts = unit.counts
    values = (
        ("xong đúng hạn", counts.on_time),
        ("xong quá hạn", counts.late),
        ("còn hạn", counts.open),
        ("quá hạn chưa xong", counts.overdue),
    )
    own = f"{whole(counts.total)} việc, {without_zeros(values)}" if counts.total else ""
    ongoing = (
        f"thường xuyên đã báo cáo {unit.ongoing_reported}/{unit.ongoing_total}" if unit.ongoing_total else ""
    )
    carried = f"kỳ trước chuyển sang {unit.carried_over}" if unit.carried_over else ""
    said = "; ".join(part for part in (own, ongoing, carried) if part)
    return Line(f"- {shortened(unit.unit, LONGEST_NAME)}: {said}", Look.ITEM)


def without_zeros(said: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {whole(count)}" for name, count in said if count)


def about(fact: Fact, most: int = LONGEST_CONTENT) -> str:
    """“1.1 Tuyên truyền về …, quý II”."""
    return spoken(
        fact.code, fact.content, most, kind=fact.kind, receiver=fact.receiver, period=fact.period_name
    )


def _name(fact: Fact) -> str:
    return shortened(fact.unit, LONGEST_NAME)


def _due(fact: Fact) -> str:
    return f", hạn {day(fact.due)}{_first(fact)}" if fact.due else ""


def _first(fact: Fact) -> str:
    """Of what was extended, the day it was first due."""
    return f" (hạn ban đầu {day(fact.original_last_day)})" if fact.extended and fact.original_last_day else ""


def _state(fact: Fact) -> str:
    state = "Văn phòng trả lại" if fact.returned else "đang làm" if fact.in_progress else ""
    return f" ({state})" if state else ""
