"""What the office may want with what waits for it."""

from dataclasses import dataclass
from datetime import date

from duties.intents.targets import Targets


@dataclass(frozen=True)
class Pending:
    """What waits for the office's decision."""


@dataclass(frozen=True)
class Approve:
    """`unit`: “duyệt hết của Phòng …” means only what is that unit's."""

    targets: Targets
    unit: str = ""


@dataclass(frozen=True)
class SendBack:
    """“Trả lại 2 thiếu số liệu, hạn mới 20/6”: it counts as not done, with its old due date where none is named."""

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
    """“Không tính 5”: it leaves the denominator."""

    targets: Targets
    reason: str = ""


@dataclass(frozen=True)
class GiveTo:
    """“Chuyển 5 sang Phòng X”; of a duty in a draft, who leads it."""

    targets: Targets
    unit: str


DecisionIntent = Pending | Approve | SendBack | Refuse | NotApplicable | GiveTo
