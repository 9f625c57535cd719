"""What a reader looks at: a window, and the part of an agency; the address says it, so that it can be kept and shared."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from bot.pages.desk import NotThere
from duties.windows import (
    Window,
    WindowRules,
    following,
    half_window,
    month_window,
    previous,
    quarter_window,
    span_window,
    window_at,
    window_of_key,
    year_window,
)

OVERVIEW, LIST = "/tong-quan", "/danh-sach"
FIRST_YEAR, LAST_YEAR = 2000, 2100
BACKWARDS = "Ngày cuối trước ngày đầu; xin chọn lại từ ngày và đến ngày."
HALF_A_SPAN = "Xin chọn đủ từ ngày và đến ngày."
TOO_LONG = "Xin chọn khoảng không quá 5 năm."
LONGEST = timedelta(days=5 * 366)


class Across(StrEnum):
    """What the map lays out: duties by month, or units by report window."""

    DUTIES = "nhiem-vu"
    UNITS = "don-vi"


@dataclass(frozen=True)
class View:
    """`window` and the part asked of; 0 and "" leave nothing out. `trouble`: what of the address was not understood."""

    window: Window
    plan_id: int = 0
    unit_id: int = 0
    group: str = ""
    across: Across = Across.DUTIES
    is_whole_map: bool = False
    trouble: str = ""

    @property
    def is_part(self) -> bool:
        return bool(self.plan_id or self.unit_id or self.group)

    def address(self, path: str = OVERVIEW, **more: str | int) -> str:
        """That page of the same window and part, with more behind it; what is 0 or "" is not said."""
        said = {
            "ky": self.window.key,
            "ke-hoach": self.plan_id,
            "don-vi": self.unit_id,
            "nhom": self.group,
            "ban-do": self.across.value if self.across is not Across.DUTIES else "",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"

    def at(self, window: Window) -> "View":
        """The same of another window."""
        return replace(self, window=window)

    def whole(self) -> "View":
        """The same window of the whole agency."""
        return replace(self, plan_id=0, unit_id=0, group="")


def read_view(query: Callable[[str], str], today: date, rules: WindowRules) -> View:
    """What the address asks for; nothing said is the window whose data close next. NotThere: it names no window."""
    window, trouble = _window(query, today, rules)
    return View(
        window,
        plan_id=_number(query("ke-hoach")),
        unit_id=_number(query("don-vi")),
        group=query("nhom"),
        across=Across.UNITS if query("ban-do") == Across.UNITS else Across.DUTIES,
        is_whole_map=query("het") == "1",
        trouble=trouble,
    )


def _window(query: Callable[[str], str], today: date, rules: WindowRules) -> tuple[Window, str]:
    start, end = query("tu"), query("den")
    if start or end:
        return _span(start, end, today, rules)
    if not query("ky"):
        return window_at(today, rules), ""
    try:
        window = window_of_key(query("ky"), rules)
        in_reach = _is_in_reach(window.span.start, window.span.end)
    except (ValueError, OverflowError):
        raise NotThere from None
    if not in_reach or window.span.end - window.span.start > LONGEST:
        raise NotThere
    return window, ""


def _is_in_reach(first: date, last: date) -> bool:
    return FIRST_YEAR <= first.year <= last.year <= LAST_YEAR


def _span(start: str, end: str, today: date, rules: WindowRules) -> tuple[Window, str]:
    if not (start and end):
        return window_at(today, rules), HALF_A_SPAN
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise NotThere from None
    if not _is_in_reach(min(first, last), max(first, last)):
        raise NotThere
    if last < first:
        return window_at(today, rules), BACKWARDS
    if last - first > LONGEST:
        return window_at(today, rules), TOO_LONG
    return span_window(first, last, rules), ""


def _number(said: str) -> int:
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise NotThere
    return int(said)


def presets(today: date, rules: WindowRules) -> list[tuple[str, Window]]:
    """The windows that are asked for most, as of today."""
    year, month = today.year, today.month
    return [
        ("Kỳ sắp báo cáo", window_at(today, rules)),
        ("Tháng này", month_window(year, month, rules)),
        ("Quý này", quarter_window(year, (month + 2) // 3, rules)),
        ("6 tháng", half_window(year, 1 if month <= 6 else 2, rules)),
        ("Cả năm", year_window(year, rules)),
    ]


def neighbours(window: Window) -> tuple[Window | None, Window | None]:
    """The windows before and after, as long as both lie within what can be asked for."""
    before, after = previous(window), following(window)
    return (
        before if before.span.start.year >= FIRST_YEAR else None,
        after if after.span.end.year <= LAST_YEAR else None,
    )
