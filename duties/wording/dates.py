"""Days and lengths of time as people write them."""

from datetime import date

from duties.deadline import Offset, OffsetUnit


def day(value: date) -> str:
    """“31/03/2022”."""
    return f"{value:%d/%m/%Y}"


def days_left(due: date, today: date) -> str:
    """“còn 5 ngày”, “hôm nay là hạn cuối”, “quá hạn 3 ngày”; in days of the calendar."""
    days = (due - today).days
    match days:
        case 0:
            return "hạn cuối hôm nay"
        case 1:
            return "hạn cuối ngày mai"
        case _:
            return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def length(offset: Offset) -> str:
    """“3 ngày làm việc”, “2 tuần”."""
    n = int(offset.n) if offset.n == int(offset.n) else offset.n
    match offset.unit:
        case OffsetUnit.MONTH:
            return f"{n} tháng"
        case OffsetUnit.WORKING_DAY:
            return f"{n} ngày làm việc"
        case OffsetUnit.DAY if n % 7 == 0 and n:
            return f"{int(n) // 7} tuần"
        case _:
            return f"{n} ngày"
