"""What a phrase means, as it is shown while it is typed: the same reading that will be recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from duties.deadline import Reading, Years
from duties.grammar import read_deadline
from duties.wording.meanings import ask_which_month

MOST_DAYS = 12


@dataclass(frozen=True)
class ReadNow:
    """`says`: the meaning, or why there is none; `days` in short; `choices`: phrases that would be understood."""

    is_understood: bool
    says: str
    days: str = ""
    choices: tuple[str, ...] = ()


def read_now(phrase: str, years: Years) -> ReadNow:
    """What is shown below the box, for a plan of these years."""
    if not phrase.strip():
        return ReadNow(False, "Ghi thời hạn bằng lời, ví dụ “30/6”, “Quý II, IV”, “ngày 20 hằng tháng”.")
    deadline = read_deadline(phrase.strip(), years)
    if deadline.reading is Reading.UNREAD:
        asked = ask_which_month("…", phrase)
        choices = tuple(each.says.partition(" hạn ")[2] for each in asked.choices) if asked else ()
        return ReadNow(False, deadline.says, choices=choices)
    return ReadNow(True, deadline.says, in_short([due.last_day for due in deadline.due]))


def in_short(days: Iterable[date]) -> str:
    """“30/6, 31/12/2026”: the days of one year with the year once; of many the first ones and how many there are."""
    every = list(dict.fromkeys(days))
    years = groupby(every[:MOST_DAYS], key=lambda day: day.year)
    named = "; ".join(
        ", ".join(f"{day.day}/{day.month}" for day in of_year) + f"/{year}" for year, of_year in years
    )
    return f"{named}… ({len(every)} lần)" if len(every) > MOST_DAYS else named
