"""What the office may want with units that change: from a day on, looked at before it is done."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RenameFrom:
    """“Từ 1/7/2025 Phòng X đổi tên thành Phòng Y”: what was before keeps the name of its day."""

    name: str
    to: str
    on: date


@dataclass(frozen=True)
class MergeUnits:
    """“Phòng A và Phòng B hợp nhất thành Phòng C”, “sáp nhập Phòng A vào Phòng B”; no day: from today."""

    names: tuple[str, ...]
    to: str
    on: date | None = None


@dataclass(frozen=True)
class SplitUnit:
    """“Phòng A tách thành Phòng B và Phòng C”."""

    name: str
    to: tuple[str, ...]
    on: date | None = None


@dataclass(frozen=True)
class CloseUnit:
    """“Giải thể Phòng A từ 1/3, giao việc cho Phòng B”; `to` may be missing where nothing is open."""

    name: str
    to: str = ""
    on: date | None = None


@dataclass(frozen=True)
class ConfirmUnits:
    """“Xác nhận thay đổi đơn vị”: the change that was looked at."""


@dataclass(frozen=True)
class DropUnits:
    """“Bỏ thay đổi đơn vị 3”: what is shown, or waits for its day, or was done and nobody has built on."""

    number: int = 0


@dataclass(frozen=True)
class ShowUnitChanges:
    """“Thay đổi đơn vị”: those that wait for their day, and the latest done."""


UnitsIntent = RenameFrom | MergeUnits | SplitUnit | CloseUnit | ConfirmUnits | DropUnits | ShowUnitChanges
