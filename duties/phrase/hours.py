"""Hours and offsets: “17h00”, “05 ngày làm việc”."""

from datetime import time

from duties.deadline import Offset, OffsetUnit
from duties.phrase.numerals import Found, number, rule
from duties.phrase.tokens import Phrase


@rule
def clock(phrase: Phrase, place: int) -> Found[time | None]:
    """“17h00”, “17 giờ 30 phút”, “15:00”; the end of the day (24h00) needs no hour."""
    hour, sign = phrase[place], phrase[place + 1]
    if not hour.is_number or len(hour.raw) > 2 or (hour.value or 0) > 24:
        return None
    colon = sign.word == ":" and sign.joined and phrase[place + 2].joined and len(phrase[place + 2].raw) == 2
    if sign.word != "giờ" and not colon:
        return None
    minute, end = _minute(phrase, place + 2)
    if minute is None or (colon and end == place + 2):
        return None
    return (None if hour.value == 24 else time(hour.value or 0, minute)), end


def _minute(phrase: Phrase, place: int) -> tuple[int | None, int]:
    token = phrase[place]
    if not token.is_number or len(token.raw) > 2 or phrase[place + 1].word in ("/", "tháng", "giờ"):
        return 0, place
    minute = token.value or 0
    return (minute if minute < 60 else None), phrase.skip(place + 1, "phút", "p")


_OFFSET_UNITS = {"ngày": (1, OffsetUnit.DAY), "tuần": (7, OffsetUnit.DAY), "tháng": (1, OffsetUnit.MONTH), "năm": (12, OffsetUnit.MONTH)}  # fmt: skip


@rule
def offset(phrase: Phrase, place: int) -> Found[Offset | None]:
    """“05 ngày làm việc”, “3,5 ngày”, “(17,5) ngày”, “02 giờ” (hours give no offset we can keep)."""
    count = _amount(phrase, place)
    if count is None:
        return None
    n, start = count
    if phrase[start].word in ("giờ", "phút"):
        return None, start + 1
    if phrase[start].word not in _OFFSET_UNITS:
        return None
    size, unit = _OFFSET_UNITS[phrase[start].word]
    end = start + 1
    if phrase[end].word == "rưỡi":
        n, end = n + 0.5, end + 1
    if unit is OffsetUnit.DAY and phrase.has(end, ("làm", "việc")):
        unit, end = OffsetUnit.WORKING_DAY, end + 2
    return Offset(int(n * size) if float(n * size).is_integer() else n * size, unit), end


def _amount(phrase: Phrase, place: int) -> Found[float]:
    start = place + 1 if phrase[place].word == "(" else place
    whole = number(phrase, start)
    if whole is None:
        return None
    value, end = float(whole[0]), whole[1]
    if (
        phrase[end].word in (",", ".")
        and phrase[end].joined
        and phrase[end + 1].joined
        and phrase[end + 1].is_number
    ):
        value, end = float(f"{whole[0]}.{phrase[end + 1].raw}"), end + 2
    return value, (end + 1 if start > place and phrase[end].word == ")" else end)
