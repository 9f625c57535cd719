"""A Fact: one obligation as it stood on the day of a summary, and the part of an agency that a summary is of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duties.deadline import Period
from duties.plan import DutyKind
from duties.progress import Value
from duties.spelling import fold
from duties.windows import Window


@dataclass(frozen=True)
class Fact:
    """One obligation as it stood on the summary's day; `window` is an ongoing one's, `reported` that it was answered.

    `plan` is the plan's number, or its title where it has none; `group` the heading under which the duty stands.
    `on_behalf`: the office said for the unit that it is done.
    """

    obligation_id: int
    occurrence_id: int
    duty_id: int
    unit_id: int
    unit: str
    code: str
    content: str
    short_code: str = ""
    group: str = ""
    plan_id: int = 0
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
    on_behalf: bool = False
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

    @property
    def is_done(self) -> bool:
        return self.value is not None and self.value.is_done

    def belongs_to(self, window: Window) -> bool:
        """Whether the window reports of it: ongoing work by its name, all else by the day it belongs on."""
        if self.ongoing:
            return self.window == window.asked_as
        return self.belongs_on is not None and window.contains(self.belongs_on)


@dataclass(frozen=True)
class Counted:
    """What one answer about an obligation counts, and the day it was given."""

    on: date
    quantities: Mapping[str, int]
    obligation_id: int = 0


@dataclass(frozen=True)
class Scope:
    """The part of an agency that is asked about; None and "" leave nothing out. `group` is part of a heading."""

    unit_ids: frozenset[int] | None = None
    plan_ids: frozenset[int] | None = None
    group: str = ""

    def holds(self, fact: Fact) -> bool:
        return (
            (self.unit_ids is None or fact.unit_id in self.unit_ids)
            and (self.plan_ids is None or fact.plan_id in self.plan_ids)
            and (not self.group or is_in_group(fact.group, self.group))
        )


WHOLE = Scope()
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[ivx]+)\Z")


def is_in_group(heading: str, group: str) -> bool:
    """“nhóm truyền thông” is part of the heading, “nhóm 2” the number that stands before it."""
    known, asked = fold(heading), fold(group).strip(" .")
    if _NUMBER.match(asked):
        return any(part.startswith((f"{asked}.", f"{asked})")) for part in known.split(" / "))
    return asked in known


@dataclass(frozen=True)
class Numbers:
    """All that a summary is reckoned from: what stood on `as_of`, what was counted, and the window it is compared with.

    `earlier` are the facts of the window before, as they stood when its own data closed.
    """

    as_of: date
    facts: tuple[Fact, ...] = ()
    told: tuple[Counted, ...] = ()
    earlier: tuple[Fact, ...] = ()

    def of(self, scope: Scope) -> "Numbers":
        """The same of one part of the agency."""
        if scope == WHOLE:
            return self
        facts = tuple(fact for fact in self.facts if scope.holds(fact))
        kept = {fact.obligation_id for fact in facts}
        return Numbers(
            self.as_of,
            facts,
            tuple(each for each in self.told if each.obligation_id in kept),
            tuple(fact for fact in self.earlier if scope.holds(fact)),
        )
