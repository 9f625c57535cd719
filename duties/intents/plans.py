"""What the office may want with plans and what they say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duties.intents.targets import Targets


@dataclass(frozen=True)
class Plans:
    """“/kehoach”: the plans in force, and the draft that waits."""


@dataclass(frozen=True)
class ConfirmPlan:
    """“Xác nhận”: what waits for this word is done, most often the draft put in force."""


@dataclass(frozen=True)
class DropPlan:
    """“Bỏ kế hoạch”: the draft is thrown away."""


class PastDates(StrEnum):
    """What the office says of dates that had passed when the plan was confirmed."""

    DONE = "done"
    STILL_OWED = "still_owed"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True)
class SettlePast:
    """“Kỳ đã qua: đã xong”."""

    choice: PastDates


@dataclass(frozen=True)
class LeaveOut:
    """“Bỏ 2.5”: a duty of the draft that the office does not want; `back` takes it in again."""

    targets: Targets
    back: bool = False


@dataclass(frozen=True)
class MergeRows:
    """“Gộp 2.3 và 2.4”: rows of the draft that are one duty. `is_first_kept`: the first is that one (“gộp 2.4 vào 2.3”)."""

    targets: Targets
    is_first_kept: bool = False


@dataclass(frozen=True)
class PartRows:
    """“Tách 2.3”: what was put together into that duty last is as it was."""

    targets: Targets


@dataclass(frozen=True)
class TakeInRow:
    """“Lấy lại dòng không tính 3”, “lấy lại bảng 1, dòng 4”: what was read as no duty is one, by its number or its place."""

    number: int = 0
    where: str = ""


@dataclass(frozen=True)
class CorrectDeadline:
    """“1.3 hạn 30/6”: what the office says a phrase means."""

    targets: Targets
    phrase: str


@dataclass(frozen=True)
class CorrectContent:
    """“1.3 nội dung: …”: what a duty of a draft says, where the file has it wrong."""

    targets: Targets
    text: str


@dataclass(frozen=True)
class AskAgain:
    """“Hỏi lại câu 2”: what was settled about a draft is open again."""

    numbers: tuple[int, ...]


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
class WithdrawEdition:
    """“Rút bản điều chỉnh”: the edition that was put in force last, while nobody has built on it."""


@dataclass(frozen=True)
class WithdrawPlan:
    """“Rút kế hoạch 485”: what it would mean; with “xác nhận” it is done. No number: the only plan in force."""

    number: str = ""
    is_sure: bool = False


@dataclass(frozen=True)
class RestorePlan:
    """“Khôi phục kế hoạch 485”: a withdrawn plan is in force again."""

    number: str = ""


@dataclass(frozen=True)
class CopyPlan:
    """“Sao chép kế hoạch 485 sang năm 2027”: a new draft, to be checked."""

    number: str
    year: int


PlanIntent = (
    Plans
    | ConfirmPlan
    | DropPlan
    | SettlePast
    | LeaveOut
    | MergeRows
    | PartRows
    | TakeInRow
    | CorrectDeadline
    | CorrectContent
    | AskAgain
    | RecordEvent
    | ForgetEvent
    | WithdrawEdition
    | WithdrawPlan
    | RestorePlan
    | CopyPlan
)
