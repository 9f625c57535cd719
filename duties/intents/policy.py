"""What the office may want with the way reminders go out, and with the milestones of long duties."""

from dataclasses import dataclass
from datetime import date, time

from duties.intents.targets import Targets

Number = int | time | tuple[int, ...]


@dataclass(frozen=True)
class ShowPolicy:
    """“Lịch nhắc”; of the plan that is named, else of the whole office."""

    plan: str = ""


@dataclass(frozen=True)
class SetPolicy:
    """“Nhắc quý trước 10, 5, 2, 0 ngày”: what changes, by the names of the policy."""

    changes: tuple[tuple[str, Number], ...]
    plan: str = ""


@dataclass(frozen=True)
class ResetPolicy:
    """“Nhắc như mặc định”; a plan goes back to what its office does."""

    plan: str = ""


@dataclass(frozen=True)
class SetMilestone:
    """“Mốc 2.3 ngày 30/6: xong dự thảo”."""

    targets: Targets
    day: date
    about: str = ""


@dataclass(frozen=True)
class DropMilestone:
    """“Bỏ mốc 2.3 ngày 30/6”."""

    targets: Targets
    day: date


@dataclass(frozen=True)
class ShowMilestones:
    """“Mốc 2.3”; without a target those of every duty."""

    targets: Targets = ()


PolicyIntent = ShowPolicy | SetPolicy | ResetPolicy | SetMilestone | DropMilestone | ShowMilestones
