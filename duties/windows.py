"""Report windows: the month, quarter, half and year that a summary speaks of, and when their data close."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from duties.deadline import Period
from duties.moments import day_in_month
from duties.spelling import fold
from duties.workdays import ONE_DAY

# The code in a key: first month, last month, and what stands before the year in its name.
CODES: dict[str, tuple[int, int, str]] = {
    "Q1": (1, 3, "Quý I năm"),
    "Q2": (4, 6, "Quý II năm"),
    "Q3": (7, 9, "Quý III năm"),
    "Q4": (10, 12, "Quý IV năm"),
    "H1": (1, 6, "6 tháng đầu năm"),
    "H2": (7, 12, "6 tháng cuối năm"),
    "9M": (1, 9, "9 tháng đầu năm"),
    "Y": (1, 12, "Năm"),
} | {f"M{month:02}": (month, month, f"tháng {month} năm") for month in range(1, 13)}


# What ends the key of a window whose data run to its last day.
CALENDAR = "D"


@dataclass(frozen=True)
class WindowRules:
    """How an agency reports: when data close, when a report is sent, and which windows it is asked for.

    Data close on the 14th of the last month (Nghị định 09/2019/NĐ-CP, Điều 12); the four reports on administrative
    reform are Quý I, 6 tháng, Quý III and Năm, sent by the 20th (văn bản 581/BNV-CCHC).
    """

    cut_off_day: int = 14
    report_day: int = 20
    reports: tuple[str, ...] = ("Q1", "H1", "Q3", "Y")

    def __post_init__(self) -> None:
        if not 1 <= self.cut_off_day <= self.report_day <= 31:
            raise ValueError("data close by the day the report is sent, and both lie within the month")
        if not self.reports or not set(self.reports) <= CODES.keys():
            raise ValueError(f"these are no windows: {self.reports}")

    def cut_off(self, year: int, month: int) -> date:
        """The day on which data close for what ends with this month."""
        return day_in_month(year, month, self.cut_off_day)


STANDARD = WindowRules()


@dataclass(frozen=True)
class Window:
    """A named span; an obligation belongs to it by `span`, its value is that of `cut_off`."""

    key: str
    name: str
    span: Period
    cut_off: date
    rules: WindowRules = STANDARD

    def contains(self, day: date) -> bool:
        """Whether the day is in its nominal span, whenever its data close."""
        return self.span.start <= day <= self.span.end

    @property
    def asked_as(self) -> str:
        """The key under which ongoing work is asked about, whether its data close early or with the calendar."""
        return self.key.removesuffix(CALENDAR)

    @property
    def follows_calendar(self) -> bool:
        """Whether its data close on its last day, as was asked for (“theo dương lịch”)."""
        return self.key.endswith(CALENDAR)

    @property
    def data(self) -> Period:
        """The days its report tells of: since the data of the window before it closed."""
        if self.cut_off == self.span.end:
            return self.span
        before = self.span.start - ONE_DAY
        return Period(self.rules.cut_off(before.year, before.month) + ONE_DAY, self.cut_off)

    @property
    def report_due(self) -> date:
        """The day by which its report is sent."""
        return day_in_month(self.cut_off.year, self.cut_off.month, self.rules.report_day)


QUARTER_WORDS = {
    "1": 1, "i": 1, "mot": 1, "nhat": 1,
    "2": 2, "ii": 2, "hai": 2,
    "3": 3, "iii": 3, "ba": 3,
    "4": 4, "iv": 4, "bon": 4, "tu": 4,
}  # fmt: skip
YEAR = r"(?: ?(?:/|nam)? ?(?P<year>20\d\d)| nam nay)?"
BY_CALENDAR = r"\(?(?:(?:theo |tinh theo )?(?:duong lich|lich duong)|tron (?:ky|quy|thang|nam))\)?"
DAY = r"(?:het )?(?:ngay )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?"
SPAN = rf"(?:tu )?{DAY} ?(?:-|den|toi) ?{DAY}"


def quarter_window(year: int, quarter: int, rules: WindowRules = STANDARD) -> Window:
    """“Quý II năm 2026” is `quarter_window(2026, 2)`."""
    return _coded(year, f"Q{quarter}", rules)


def month_window(year: int, month: int, rules: WindowRules = STANDARD) -> Window:
    """“Tháng 5 năm 2026” is `month_window(2026, 5)`."""
    return _coded(year, f"M{month:02}", rules)


def half_window(year: int, half: int, rules: WindowRules = STANDARD) -> Window:
    """6 tháng đầu năm (1) or 6 tháng cuối năm (2)."""
    return _coded(year, f"H{half}", rules)


def nine_months_window(year: int, rules: WindowRules = STANDARD) -> Window:
    """“9 tháng”: from January to September."""
    return _coded(year, "9M", rules)


def year_window(year: int, rules: WindowRules = STANDARD) -> Window:
    """The whole year; its data close in December."""
    return _coded(year, "Y", rules)


def span_window(start: date, end: date, rules: WindowRules = STANDARD) -> Window:
    """From one day to another, closing with its last day; so is a window that follows the calendar."""
    if end < start:
        raise ValueError("a window cannot end before it begins")
    name = f"từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}"
    return Window(f"{start.isoformat()}..{end.isoformat()}", name, Period(start, end), end, rules)


def by_calendar(window: Window) -> Window:
    """The same window with its data closing on its last day (“theo dương lịch”)."""
    if ".." in window.key or window.follows_calendar:
        return window
    return _coded(window.span.end.year, window.key.partition("-")[2] + CALENDAR, window.rules)


def window_of_key(key: str, rules: WindowRules = STANDARD) -> Window:
    """The window that carries this key; a ValueError if none does."""
    if ".." in key:
        start, end = key.split("..")
        return span_window(date.fromisoformat(start), date.fromisoformat(end), rules)
    if not (named := re.fullmatch(r"(\d{4})-(\w+)", key)):
        raise ValueError(f"no window is called {key!r}")
    return _coded(int(named[1]), named[2], rules)


def report_windows(year: int, rules: WindowRules = STANDARD) -> tuple[Window, ...]:
    """Those the agency reports on, such as Quý I, 6 tháng, Quý III, Năm, in the order in which they close."""
    windows = (_coded(year, code, rules) for code in rules.reports)
    return tuple(sorted(windows, key=lambda window: window.cut_off))


def window_at(today: date, rules: WindowRules = STANDARD) -> Window:
    """The window whose data close next; from 15/12 that is Quý I of the coming year."""
    coming = (*report_windows(today.year, rules), *report_windows(today.year + 1, rules))
    return next(window for window in coming if window.cut_off >= today)


def previous(window: Window) -> Window:
    """What a window is compared with: the month or quarter before; for longer ones the same a year earlier."""
    if ".." in window.key:
        length = timedelta(days=window.span.days)
        return span_window(window.span.start - length, window.span.end - length, window.rules)
    if window.follows_calendar:
        return by_calendar(previous(_coded_anew(window)))
    year, code = _year_and_code(window)
    return _stepped(window, -1) if code[0] in "QM" else _coded(year - 1, code, window.rules)


def following(window: Window) -> Window:
    """The stretch of time after a window, of which its report says what comes next."""
    if ".." in window.key:
        length = timedelta(days=window.span.days)
        return span_window(window.span.start + length, window.span.end + length, window.rules)
    if window.follows_calendar:
        return by_calendar(following(_coded_anew(window)))
    year, code = _year_and_code(window)
    if code[0] in "QM":
        return _stepped(window, 1)
    years, after = {"H1": (0, "H2"), "H2": (1, "H1"), "9M": (0, "Q4"), "Y": (1, "Y")}[code]
    return _coded(year + years, after, window.rules)


def _coded(year: int, code: str, rules: WindowRules) -> Window:
    plain = code.removesuffix(CALENDAR)
    if plain not in CODES:
        raise ValueError(f"no window is called {code!r}")
    first, last, name = CODES[plain]
    span = Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    if plain != code:
        return Window(f"{year}-{code}", f"{name} {year} (theo dương lịch)", span, span.end, rules)
    return Window(f"{year}-{code}", f"{name} {year}", span, rules.cut_off(year, last), rules)


def _coded_anew(window: Window) -> Window:
    """A window that follows the calendar as it is when its data close early."""
    return window_of_key(window.asked_as, window.rules)


def _year_and_code(window: Window) -> tuple[int, str]:
    year, _, code = window.key.partition("-")
    return int(year), code


def _stepped(window: Window, step: int) -> Window:
    """The quarter or month next to this one, over New Year if need be."""
    year, code = _year_and_code(window)
    kind, of_year = code[0], 4 if code[0] == "Q" else 12
    years, number = divmod(int(code[1:]) - 1 + step, of_year)
    return _coded(year + years, f"Q{number + 1}" if kind == "Q" else f"M{number + 1:02}", window.rules)


def read_window(text: str, today: date, rules: WindowRules = STANDARD) -> Window | None:
    """What a person means by “quý 2”, “6 tháng”, “từ 15/3 đến 14/6”; nothing said is the window due next.

    A window without a year is one of this year; None is what was not understood.
    """
    words = fold(text).strip()
    if not words:
        return window_at(today, rules)
    if found := re.fullmatch(rf"(.+?),? ?{BY_CALENDAR}", words):
        window = read_window(found[1], today, rules)
        return by_calendar(window) if window else None
    for pattern, read in READERS:
        if found := re.fullmatch(pattern, words):
            try:
                return read(found, today, rules)
            except ValueError:  # such as tháng 13, 31/2, or an end before its start
                return None
    return None


def is_backwards(text: str, today: date) -> bool:
    """Whether days are said of which the last lies before the first: “từ 14/6/2022 đến 15/3/2022”."""
    found = re.fullmatch(SPAN, fold(text).strip())
    try:
        start, end = _days_of(found, today) if found else (today, today)
    except ValueError:  # such as 31/2
        return False
    return end < start


def _year_said(found: re.Match[str], today: date) -> int:
    return int(found["year"] or today.year)


def _read_quarter(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    return quarter_window(_year_said(found, today), QUARTER_WORDS[found[1]], rules)


def _read_month(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    return month_window(_year_said(found, today), int(found[1]), rules)


def _read_half(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    return half_window(_year_said(found, today), 2 if found[1] == "cuoi" else 1, rules)


def _read_nine_months(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    return nine_months_window(_year_said(found, today), rules)


def _read_year(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    return year_window(_year_said(found, today), rules)


def _read_near(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    """“Quý này”, “tháng trước”, “năm ngoái”."""
    current = {
        "quy": quarter_window(today.year, (today.month + 2) // 3, rules),
        "thang": month_window(today.year, today.month, rules),
        "nam": year_window(today.year, rules),
    }[found[1]]
    return current if found[2] in ("nay", "hien tai") else previous(current)


def _read_span(found: re.Match[str], today: date, rules: WindowRules) -> Window:
    return span_window(*_days_of(found, today), rules)


def _days_of(found: re.Match[str], today: date) -> tuple[date, date]:
    """A year said once holds for the whole, and what wraps round New Year begins in the year before its end."""
    start_said, end_said = found[3], found[6]
    end_year = int(end_said or start_said or today.year)
    start_year = int(start_said or end_year)
    if (int(found[2]), int(found[1])) > (int(found[5]), int(found[4])):
        start_year -= not start_said
        end_year += bool(start_said and not end_said)
    return date(start_year, int(found[2]), int(found[1])), date(end_year, int(found[5]), int(found[4]))


READERS: tuple[tuple[str, Callable[[re.Match[str], date, WindowRules], Window]], ...] = (
    (r"(quy|thang|nam) (nay|hien tai|truoc|ngoai)", _read_near),
    (rf"q(?:uy)? ?({'|'.join(sorted(QUARTER_WORDS, key=len, reverse=True))}){YEAR}", _read_quarter),
    (rf"(?:6|sau) thang(?: (dau|cuoi))?{YEAR}(?: nam)?", _read_half),
    (rf"(?:9|chin) thang(?: dau)?{YEAR}(?: nam)?", _read_nine_months),
    (rf"thang (\d{{1,2}}){YEAR}", _read_month),
    (r"(?:(?:ca )?nam(?: nay)?|12 thang)? ?(?P<year>20\d\d)?", _read_year),
    (SPAN, _read_span),
)
