"""Intents: what a person wants, as values. `replies.py` reads them out of words; `bot/commands` carries them out."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from duties.deadline import Offset


@dataclass(frozen=True)
class Position:
    """A number in a list that the chat was shown."""

    number: int


@dataclass(frozen=True)
class ShortCode:
    """“#A12”: one obligation, for ever."""

    code: str


@dataclass(frozen=True)
class DutyCode:
    """“2.4”: a duty as the plan prints it."""

    code: str


@dataclass(frozen=True)
class Everything:
    """“Tất cả”: every number of the list; asked back before anything is recorded."""


Target = Position | ShortCode | DutyCode | Everything
Targets = tuple[Target, ...]


class Which(StrEnum):
    """`OPEN` is what is owed now, `ALL` with what belongs to later report windows too."""

    OPEN = "open"
    ALL = "all"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True)
class ShowMine:
    """“Việc của tôi”, “việc quá hạn”, “việc tháng 6”, “việc quý 1” (`window`, as typed)."""

    which: Which = Which.OPEN
    month: int | None = None
    window: str = ""


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
    targets: Targets
    reason: str = ""


@dataclass(frozen=True)
class Snooze:
    """`until` is a day, or a number of days from today; None when the words name neither."""

    targets: Targets
    until: date | Offset | None = None


@dataclass(frozen=True)
class Undo:
    pass


@dataclass(frozen=True)
class SummaryWanted:
    """`words` name a window or a unit, as typed."""

    words: str = ""


@dataclass(frozen=True)
class Help:
    pass


@dataclass(frozen=True)
class Link:
    code: str


class Chat(StrEnum):
    """Talk that asks for nothing."""

    THANKS = "thanks"
    GREETING = "greeting"
    NOTED = "noted"


@dataclass(frozen=True)
class Chatter:
    kind: Chat


class Doubtful(StrEnum):
    """Why a text was not understood."""

    NOTHING = "nothing"
    COMMAND = "command"
    WHICH_MEANS_WHAT = "which_means_what"
    WHICH_NUMBER = "which_number"
    WHICH_DAY = "which_day"


@dataclass(frozen=True)
class Unclear:
    why: Doubtful = Doubtful.NOTHING
    words: str = ""


@dataclass(frozen=True)
class Pending:
    """What waits for the office's decision."""


@dataclass(frozen=True)
class Approve:
    targets: Targets


@dataclass(frozen=True)
class SendBack:
    targets: Targets
    reason: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Refuse:
    """Turn a request down."""

    targets: Targets
    reason: str = ""


@dataclass(frozen=True)
class NotApplicable:
    targets: Targets
    reason: str = ""


@dataclass(frozen=True)
class GiveTo:
    """“Chuyển 5 sang Phòng X”; of a duty in a draft, who leads it."""

    targets: Targets
    unit: str


@dataclass(frozen=True)
class NudgeNow:
    unit: str = ""


@dataclass(frozen=True)
class Preview:
    pass


@dataclass(frozen=True)
class Pause:
    pass


@dataclass(frozen=True)
class Resume:
    pass


@dataclass(frozen=True)
class Units:
    pass


@dataclass(frozen=True)
class Invite:
    """No words: every unit that nobody can reach."""

    words: str = ""


@dataclass(frozen=True)
class AddUnit:
    name: str


@dataclass(frozen=True)
class Announce:
    text: str


@dataclass(frozen=True)
class Plans:
    pass


@dataclass(frozen=True)
class ConfirmPlan:
    pass


@dataclass(frozen=True)
class DropPlan:
    pass


class PastDates(StrEnum):
    """What the office says of dates that had passed when the plan was confirmed."""

    DONE = "done"
    STILL_OWED = "still_owed"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True)
class SettlePast:
    choice: PastDates


@dataclass(frozen=True)
class LeaveOut:
    """“Bỏ 2.5”: a duty of the draft that the office does not want; `back` takes it in again."""

    targets: Targets
    back: bool = False


@dataclass(frozen=True)
class CorrectDeadline:
    """“1.3 hạn 30/6”: what the office says a phrase means."""

    targets: Targets
    phrase: str


@dataclass(frozen=True)
class RecordEvent:
    """“2.3 sự kiện ngày 12/4”: the day a duty waits for; `due` where the plan counts no days after it.

    `instead_of` is the day that was recorded by mistake.
    """

    targets: Targets
    day: date
    due: date | None = None
    instead_of: date | None = None


@dataclass(frozen=True)
class ForgetEvent:
    """“Bỏ sự kiện 12/4 của 2.3”."""

    targets: Targets
    day: date


@dataclass(frozen=True)
class ShowDaysOff:
    """“Lịch nghỉ 2026”; without a year the present one."""

    year: int | None = None


@dataclass(frozen=True)
class ChangeDays:
    """“Nghỉ 30/4”, “làm bù thứ Bảy 10/1”."""

    days: tuple[date, ...]
    is_off: bool
    note: str = ""


@dataclass(frozen=True)
class ForgetDays:
    """“Bỏ ngày nghỉ 30/4”: those days are again what the State's calendar makes of them."""

    days: tuple[date, ...]


@dataclass(frozen=True)
class SetLeniency:
    """“Hạn rơi ngày nghỉ: …”; None only asks how it is."""

    lenient: bool | None = None


@dataclass(frozen=True)
class SetCultureDay:
    """Whether the office closes on 24/11, every year."""

    is_off: bool


@dataclass(frozen=True)
class YearAnnounced:
    """“Đã có thông báo nghỉ 2027”."""

    year: int
    is_announced: bool = True


@dataclass(frozen=True)
class SetWindows:
    """“Chốt số liệu ngày 14, gửi báo cáo ngày 20”, “kỳ báo cáo: quý 1, 6 tháng, quý 3, năm”; nothing said stays."""

    cut_off_day: int | None = None
    report_day: int | None = None
    reports: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenameUnit:
    """“Đổi tên Phòng A thành Phòng B”."""

    name: str
    to: str


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
DecisionIntent = Pending | Approve | SendBack | Refuse | NotApplicable | GiveTo
PeopleIntent = NudgeNow | Preview | Pause | Resume | Units | Invite | AddUnit | RenameUnit | Announce
PlanIntent = (
    Plans | ConfirmPlan | DropPlan | SettlePast | LeaveOut | CorrectDeadline | RecordEvent | ForgetEvent
)
CalendarIntent = (
    ShowDaysOff | ChangeDays | ForgetDays | SetLeniency | SetCultureDay | YearAnnounced | SetWindows
)
EveryonesIntent = Undo | SummaryWanted | Help | Link | Chatter | Unclear
Intent = UnitIntent | DecisionIntent | PeopleIntent | PlanIntent | CalendarIntent | EveryonesIntent


@dataclass(frozen=True)
class Reply:
    """All that one message asks for, in its order; never empty."""

    intents: tuple[Intent, ...] = field(default=(Unclear(),))
