"""A Report: all that the Word, the Excel, the picture and the evidence pack of one window are written from."""

from dataclasses import dataclass
from datetime import date, datetime

from duties.facts import Fact
from duties.progress import Value
from duties.summary import Summary
from duties.thresholds import Target
from duties.windows import Window, following


@dataclass(frozen=True)
class Letterhead:
    """How the agency's papers are headed and signed. What nobody entered is empty: the clerk fills it in.

    `code` is the agency's ("STTTT"); `authority` are the lines above the name ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG").
    """

    agency: str
    superior: str = ""
    place: str = ""
    code: str = ""
    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    signer: str = ""

    @property
    def symbol(self) -> str:
        """What stands behind the number: “BC-STTTT”, or “BC” alone."""
        return f"BC-{self.code}" if self.code else "BC"


@dataclass(frozen=True)
class PlanRef:
    """A plan the report tells of."""

    id: int
    number: str
    title: str
    issued: date | None = None


@dataclass(frozen=True)
class Quote:
    """A unit's own words and the day it said them; `by_office`: the office wrote them down for it."""

    on: date
    text: str
    by_office: bool = False


@dataclass(frozen=True)
class Proof:
    """A file that a unit handed in; its content lies in the files' folder under `sha256`."""

    file_id: int
    name: str
    sha256: str
    size: int
    media_type: str
    given_at: datetime


@dataclass(frozen=True)
class Row:
    """One obligation with all that was recorded of it until the report's day; `number` is its TT.

    `leads` and `partners` are as the plan prints them; the unit that answers is `fact.unit`. `notes` are ready to be
    printed: “không áp dụng”, “Văn phòng trả lại”, “Văn phòng ghi thay”, “gia hạn từ … đến …”, …
    """

    number: int
    fact: Fact
    forms: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    quantities: tuple[tuple[str, int], ...] = ()
    links: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    files: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def extended_due(self) -> date | None:
        """The later day the office gave; None where the first one holds."""
        return self.fact.due if self.fact.extended else None


@dataclass(frozen=True)
class Report:
    """A window as it is reported: `rows` are what belongs to it, in the order of the plans; `carried_over` came from before.

    `rows` hold what is counted, ongoing work and what does not apply; `summary.counted` tells the first from the rest.
    `of` names a part of the agency (a unit, a plan, a group), "" for the whole. `reminders`: how many times units were
    reminded while the window's data ran. `documents`: every paper named by its number, once. `target`: the next
    threshold of the index, None when all are passed. `lacking`: which duties have no date or no unit, in words. `summary.frozen`: who closed the numbers, and when.
    """

    letterhead: Letterhead
    summary: Summary
    made_on: date
    plans: tuple[PlanRef, ...] = ()
    of: str = ""
    rows: tuple[Row, ...] = ()
    carried_over: tuple[Row, ...] = ()
    reminders: int = 0
    documents: tuple[str, ...] = ()
    target: Target | None = None
    lacking: str = ""

    @property
    def window(self) -> Window:
        return self.summary.window

    @property
    def coming(self) -> tuple[Fact, ...]:
        """What is open and due until the end of the next window."""
        until = following(self.window).span.end
        return tuple(fact for fact in self.summary.coming if fact.due is not None and fact.due <= until)

    @property
    def overdue(self) -> tuple[Fact, ...]:
        """Of the window, in the order of the plans, and what came from before and is still not done."""
        known = (*self.summary.counted, *self.summary.carried_over)
        return tuple(fact for fact in known if fact.value is Value.OVERDUE)

    @property
    def hindered(self) -> tuple[Fact, ...]:
        """What is not overdue and yet a unit stated what stands in the way, also where it is due after the window."""
        late = {fact.obligation_id for fact in self.overdue}
        return tuple(fact for fact in self.summary.obstacles if fact.obligation_id not in late)
