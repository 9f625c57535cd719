"""Days and years as they are typed after a command."""

import re
from datetime import date

from bot.program.terminal import BAD_USAGE, leave
from duties.deadline import Years

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)")
YEARS = re.compile(r"(20\d\d)(?:\s*[-–]\s*(20\d\d))?")


def read_day(text: str) -> date:
    """“2026-04-12” or “12/4/2026”; anything else ends the program with one line."""
    found = DAY.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text.strip())
    except ValueError:
        leave(f"Chưa hiểu ngày “{text}”; xin ghi như 2026-04-12 hoặc 12/4/2026.", BAD_USAGE)


def read_days(words: list[str]) -> tuple[date, ...]:
    """Each day once, in order."""
    return tuple(sorted({read_day(each) for each in words}))


def read_years(text: str | None) -> Years | None:
    """“2026” or “2026-2030”; anything else ends the program with one line."""
    if text is None:
        return None
    found = YEARS.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        leave(f"Chưa hiểu năm “{text}”; xin ghi như 2026 hoặc 2026-2030.", BAD_USAGE)
    return Years(first, last)
