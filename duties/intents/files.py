"""What people want with the files that prove their work, and with the calendar they take along."""

from dataclasses import dataclass

from duties.intents.targets import Targets


@dataclass(frozen=True)
class ShowEvidence:
    """“Minh chứng 3”."""

    targets: Targets = ()


@dataclass(frozen=True)
class SendEvidence:
    """“Gửi minh chứng 3”: what waits or comes along belongs there; else how to send it is told."""

    targets: Targets = ()


@dataclass(frozen=True)
class DropEvidence:
    """“Bỏ tệp 2 của #A3”; no number: the only one there is."""

    targets: Targets = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class TickDeliverables:
    """“Đã nộp sản phẩm 1, 2 của #A3”; `handed_in` False takes that back."""

    targets: Targets
    numbers: tuple[int, ...]
    handed_in: bool = True


@dataclass(frozen=True)
class DemandEvidence:
    """“Bắt buộc minh chứng 2.3”: from now on the duty is asked for what proves it, or no longer."""

    targets: Targets
    is_needed: bool = True


@dataclass(frozen=True)
class CalendarWanted:
    """“/lich”."""


@dataclass(frozen=True)
class NewCalendarAddress:
    """“Đổi địa chỉ lịch”: the old one opens nothing any more."""


@dataclass(frozen=True)
class WithdrawCalendar:
    """“Thu hồi lịch”."""


FileIntent = (
    ShowEvidence
    | SendEvidence
    | DropEvidence
    | TickDeliverables
    | DemandEvidence
    | CalendarWanted
    | NewCalendarAddress
    | WithdrawCalendar
)
