"""What the office may want with its calendar and its report windows."""

from dataclasses import dataclass
from datetime import date


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


CalendarIntent = (
    ShowDaysOff | ChangeDays | ForgetDays | SetLeniency | SetCultureDay | YearAnnounced | SetWindows
)
