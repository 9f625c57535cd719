"""Days as a reader says them, and the months of a year as the demo's timeline draws them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True)
class Month:
    """A month on the timeline; `gone` is the share of it that has passed, from 0 to 1."""

    first: date
    gone: float
    is_current: bool

    @property
    def label(self) -> str:
        return f"Th{self.first.month}"


def day_in_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def months_between(starts: date, ends: date, today: date) -> list[Month]:
    """Every month from the first day to the last, the first one cut to where it starts."""
    months = []
    first = starts
    while first <= ends:
        last = min(first.replace(day=monthrange(first.year, first.month)[1]), ends)
        length = (last - first).days + 1
        gone = min(max((today - first).days / length, 0.0), 1.0)
        months.append(Month(first, gone, first <= today <= last))
        first = last + timedelta(days=1)
    return months


def short_day(day: date, today: date) -> str:
    """“20/6”; of another year “20/06/2027”."""
    return f"{day.day}/{day.month}" if day.year == today.year else f"{day:%d/%m/%Y}"
