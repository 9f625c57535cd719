"""Days and lengths of time as people write them."""

from datetime import date, datetime, timedelta

from duties.deadline import Period
from duties.workdays import HANOI, WEEKEND

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", WEEKEND[5], WEEKEND[6])


def day(value: date) -> str:
    """“31/03/2022”."""
    return f"{value:%d/%m/%Y}"


def named_day(value: date) -> str:
    """“Thứ Năm 30/04/2026”."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def moment(value: datetime) -> str:
    """“08:00 ngày 31/03/2022”."""
    return f"{value.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"


def due_until(due: date, until: date | None) -> str:
    """“31/03/2022”; of a day off “Chủ nhật 30/06/2024, tính đến hết ngày 01/07/2024”."""
    return day(due) if until in (None, due) else f"{named_day(due)}, tính đến hết ngày {day(until or due)}"


def days_left(due: date, today: date) -> str:
    """“còn 5 ngày”, “hạn cuối hôm nay”, “quá hạn 3 ngày”; counted in days of the calendar, not working days."""
    days = (due - today).days
    match days:
        case 0:
            return "hạn cuối hôm nay"
        case 1:
            return "hạn cuối ngày mai"
        case _:
            return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


QUARTERS = ("I", "II", "III", "IV")


def period_name(period: Period) -> str:
    """“tháng 5”, “quý II”, “6 tháng đầu năm”; empty for a year and for a span without a name."""
    first, last = period.start.month, period.end.month
    whole = (
        period.start.day == 1
        and (period.end + timedelta(1)).day == 1
        and period.start.year == period.end.year
    )
    if not whole or (first, last) == (1, 12):
        return ""
    if first == last:
        return f"tháng {first}"
    if last - first == 2 and last % 3 == 0:
        return f"quý {QUARTERS[last // 3 - 1]}"
    return {(1, 6): "6 tháng đầu năm", (7, 12): "6 tháng cuối năm", (1, 9): "9 tháng"}.get((first, last), "")
