"""What a unit may want: to see its list, to answer, to ask."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duties.deadline import Offset
from duties.intents.targets import Targets


class Which(StrEnum):
    """`OPEN` is what is owed now, `ALL` with what belongs to later report windows too."""

    OPEN = "open"
    ALL = "all"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True)
class ShowMine:
    """“Việc của tôi”, “việc quá hạn”, “việc tháng 6”, “việc quý 1” (`window`, as typed), “việc của Phòng …” (`unit`)."""

    which: Which = Which.OPEN
    month: int | None = None
    window: str = ""
    unit: str = ""


@dataclass(frozen=True)
class ShowItem:
    """A bare number, or “chi tiết 2”."""

    targets: Targets


@dataclass(frozen=True)
class Done:
    """No target: whatever the message answers. `claimed_on`: the earlier day that the words name."""

    targets: Targets
    note: str = ""
    links: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    quantities: tuple[tuple[str, int], ...] = ()
    claimed_on: date | None = None


@dataclass(frozen=True)
class MaybeDone:
    """Words that could mean done, or not quite: asked back, never recorded."""

    targets: Targets


@dataclass(frozen=True)
class NotYet:
    """“2 chưa xong”: nothing to record, but worth an offer."""

    targets: Targets


@dataclass(frozen=True)
class InProgress:
    """“2 đang làm”."""

    targets: Targets
    note: str = ""


@dataclass(frozen=True)
class Note:
    """“1: 4 tin, 2 bài”: numbers, links, papers, words that add to what is known and change no state."""

    targets: Targets
    text: str = ""
    links: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    quantities: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Report:
    """“Báo cáo 2”: the unit wants to be asked, one thing after the other."""

    targets: Targets = ()


@dataclass(frozen=True)
class Skip:
    """“Bỏ qua”: the next question."""


@dataclass(frozen=True)
class Stop:
    """“Thôi”: no more questions."""


@dataclass(frozen=True)
class Obstacle:
    """`is_over`: “3 hết vướng”, what stood in the way is gone."""

    targets: Targets
    text: str = ""
    is_over: bool = False


@dataclass(frozen=True)
class AskExtension:
    """`wanted` is a day, a length counted from the present due date, or None when the words name neither."""

    targets: Targets
    wanted: date | Offset | None = None
    reason: str = ""


@dataclass(frozen=True)
class NotOurs:
    """“5 không phải việc của phòng tôi”: the office decides."""

    targets: Targets
    reason: str = ""


@dataclass(frozen=True)
class Snooze:
    """`until` is a day, or a number of days from today; None when the words name neither. `is_over`: “2 nhắc như thường”."""

    targets: Targets
    until: date | Offset | None = None
    is_over: bool = False


UnitIntent = (
    ShowMine
    | ShowItem
    | Done
    | MaybeDone
    | NotYet
    | InProgress
    | Note
    | Obstacle
    | AskExtension
    | NotOurs
    | Snooze
    | Report
    | Skip
    | Stop
)
