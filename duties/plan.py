"""Agency, Unit, Plan, Duty: what a plan says, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from duties.deadline import Deadline, Years


class UnitKind(StrEnum):
    """What kind of body a unit is; `OUTSIDE` gets no obligation."""

    DEPARTMENT = "phong"
    AFFILIATE = "truc_thuoc"
    UNION = "doan_the"
    BOARD = "ban"
    OUTSIDE = "ngoai"


class Role(StrEnum):
    """What a unit does for a duty."""

    LEAD = "lead"
    PARTNER = "partner"


class DutyKind(StrEnum):
    TASK = "task"
    REPORT = "report"


@dataclass(frozen=True)
class Source:
    """Where in the file a thing stands: a row of a table, or a line (paragraph) of the body; all counted from 1.

    `file` is named where a plan came in several.
    """

    row: int
    table: int | None = None
    page: int | None = None
    sheet: str | None = None
    file: str | None = None

    def __str__(self) -> str:
        """As a person would say it: “bảng 1, dòng 4”."""
        places = (
            f"tệp “{self.file}”" if self.file else "",
            f"trang {self.page}" if self.page else "",
            f"trang tính “{self.sheet}”" if self.sheet else "",
            f"bảng {self.table}" if self.table else "",
            f"dòng {self.row}",
        )
        return ", ".join(place for place in places if place)


@dataclass(frozen=True)
class PlanHead:
    """The head of a plan; what the file leaves blank is None or ""."""

    number: str | None
    title: str
    agency: str
    years: Years | None
    issued: date | None = None
    signer: str | None = None


@dataclass(frozen=True)
class Part:
    """Which bullets (from 1) of the forms or content a unit answers for; none named means all."""

    unit: str
    role: Role
    bullets: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftDuty:
    """One duty as read. Unit names are as printed; `matched` maps a printed name to a known unit of another spelling."""

    code: str
    content: str
    source: Source
    deadline: Deadline
    group: str = ""
    forms: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    matched: dict[str, str] = field(default_factory=dict)
    kind: DutyKind = DutyKind.TASK
    to: str = ""
    notes: str = ""


class DoubtKind(StrEnum):
    """What settles a doubt: the most serious first, a `NOTE` asks for nothing."""

    DEADLINE = "deadline"
    LEAD = "lead"
    YEARS = "years"
    TIMES = "times"
    READING = "reading"
    HEAD = "head"
    NOTE = "note"


@dataclass(frozen=True)
class Doubt:
    """What the office is asked about: `about` is the duty's code, or “plan”; `text` is Vietnamese.

    `rows`: the places in the plan, from 1, of the duties that it is about, as codes repeat; none where `source` says it.
    """

    about: str
    text: str
    source: Source | None = None
    kind: DoubtKind = DoubtKind.NOTE
    rows: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class LeftOut:
    """A row or sentence that became no duty, and why."""

    text: str
    why: str
    source: Source


@dataclass(frozen=True)
class DraftPlan:
    """All that was understood of a file; every row is a duty, a group heading, or left out with its reason.

    `printed`: the words at each place of the file as they stand there, cell by cell.
    """

    head: PlanHead
    duties: tuple[DraftDuty, ...]
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    printed: Mapping[Source, tuple[str, ...]] = field(default_factory=dict, compare=False)
