"""Office orders: what the office says of its calendar, its report windows, and the events its duties wait for."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from duties.intents import (
    ChangeDays,
    Doubtful,
    ForgetDays,
    ForgetEvent,
    Intent,
    RecordEvent,
    RenameUnit,
    SetCultureDay,
    SetLeniency,
    SetWindows,
    ShowDaysOff,
    Unclear,
    YearAnnounced,
)
from duties.mentions import WEEKDAYS, Typed, without_quoted
from duties.verbs import ONE, read_targets
from duties.windows import CODES, read_window

LONGEST_SPAN = timedelta(days=31)
# Days off are planned ahead, events are told afterwards: so far back lies a day that is named without its year.
CLOSED_BACK, HAPPENED_BACK = timedelta(days=60), timedelta(days=300)
WEEKDAY = r"(?:(?:thu|t) ?(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)"
DAY = rf"(?:{WEEKDAY},? )?(?:ngay )?\d{{1,2}}(?:[/.-]\d{{1,2}}(?:[/.-]20\d\d)?| thang \d{{1,2}}(?: nam 20\d\d)?)(?![\d/])"
TO = r" ?(?:-|–|den het|den|toi) ?"
DAYS = rf"(?:tu )?{DAY}{TO}{DAY}|{DAY}(?:(?:,| va|;) ?{DAY})*"
ONE_DAY = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:ngay )?(?P<day>\d{{1,2}})(?:[/.-]| thang )(?P<month>\d{{1,2}})"
    r"(?:(?:[/.-]| nam )(?P<year>20\d\d))?"
)
NOTE = r"(?:(?: ?[:,;-] ?| (?=(?:vi|do|de|theo|nhan|cho|bu|nghi) ))(?P<note>\S.*))?"
DUTY = rf"(?:nhiem vu |viec |muc )?(?P<what>{ONE})"
MORE = rf"(?:,? (?:thay(?: cho)?|khong phai)(?: la)? (?P<old>{DAY}))?(?:[,;]? (?:co |thoi )?han(?: la)? (?P<due>{DAY}))?"
# “thành”, and not the beginning of “Thanh tra”, “Thanh niên”, “thành phố”
INTO = r"thanh(?! (?:tra|nien|pho|uy|toan|ly|hoa|tri)\b)"
END = r"[ .!]*"

Reader = Callable[[re.Match[str], Typed, date], Intent | None]


def read_office_order(text: Typed, today: date) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    plain = without_quoted(text).plain
    for pattern, read in ORDERS:
        found = pattern.fullmatch(plain)
        if found:
            return read(found, text, today)
    return None


def day_meant(words: str, today: date, back: timedelta) -> date | None:
    """“Thứ Bảy 10/1”: without a year the one between so long ago and a year later, unless its weekday says otherwise."""
    found = ONE_DAY.fullmatch(words.strip())
    if not found:
        return None
    years = [int(found["year"])] if found["year"] else [today.year - 1, today.year, today.year + 1]
    days = (_date(year, int(found["month"]), int(found["day"])) for year in years)
    wanted = _weekday(found["weekday"])
    meant = [day for day in days if day and wanted in (None, day.weekday())]
    return min(meant, key=lambda day: (day < today - back, abs(day - (today - back))), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(words: str | None) -> int | None:
    if not words:
        return None
    return 6 if words in ("chu nhat", "cn") else WEEKDAYS[words.removeprefix("thu").removeprefix("t").strip()]


def read_days(words: str, today: date) -> tuple[date, ...] | None:
    """Every day of “từ 1/2 đến 5/2” or of a list; None when one does not exist or the span is absurd."""
    said = [day_meant(match.group(), today, CLOSED_BACK) for match in re.finditer(DAY, words)]
    days = [day for day in said if day is not None]
    if not days or len(days) < len(said):
        return None
    return _span(*days) if re.fullmatch(rf"(?:tu )?{DAY}{TO}{DAY}", words) else tuple(dict.fromkeys(days))


def _span(start: date, end: date) -> tuple[date, ...] | None:
    """“28/12 đến 2/1” runs over New Year."""
    if end < start:
        end = _date(end.year + 1, end.month, end.day) or end
    if not timedelta(0) <= end - start <= LONGEST_SPAN:
        return None
    return tuple(start + timedelta(n) for n in range((end - start).days + 1))


def _which_day(text: Typed) -> Unclear:
    return Unclear(Doubtful.WHICH_DAY, text.said)


def _changed(found: re.Match[str], text: Typed, today: date, *, is_off: bool) -> Intent:
    days = read_days(found["days"], today)
    return ChangeDays(days, is_off, _said(found, text, "note")) if days else _which_day(text)


def _said(found: re.Match[str], text: Typed, group: str) -> str:
    return text.said[found.start(group) : found.end(group)].strip(" .!,;:“”\"'") if found[group] else ""


def _off(found: re.Match[str], text: Typed, today: date) -> Intent:
    return _changed(found, text, today, is_off=True)


def _worked(found: re.Match[str], text: Typed, today: date) -> Intent:
    return _changed(found, text, today, is_off=False)


def _forget_days(found: re.Match[str], text: Typed, today: date) -> Intent:
    days = read_days(found["days"], today)
    return ForgetDays(days) if days else _which_day(text)


def _show(found: re.Match[str], _text: Typed, today: date) -> Intent:
    if found["year"]:
        return ShowDaysOff(int(found["year"]))
    return ShowDaysOff(today.year + 1) if found["next"] else ShowDaysOff()


LENIENT = {
    "": None, "the nao": None, "tinh the nao": None,
    **dict.fromkeys((
        "lui", "duoc lui", "lui sang ngay lam viec tiep theo", "lui den ngay lam viec tiep theo", "co", "tinh den ngay lam viec tiep theo",
        "tinh den het ngay lam viec tiep theo", "sang ngay lam viec tiep theo", "den het ngay lam viec tiep theo",
    ), True),
    **dict.fromkeys(("khong lui", "khong duoc lui", "giu nguyen", "giu nguyen han", "dung ngay", "khong", "van tinh dung ngay"), False),
}  # fmt: skip


def _lenient(found: re.Match[str], text: Typed, _today: date) -> Intent:
    choice = found["choice"].strip(" .!?,:")
    return SetLeniency(LENIENT[choice]) if choice in LENIENT else Unclear(Doubtful.NOTHING, text.said)


def _culture_day(found: re.Match[str], _text: Typed, _today: date) -> Intent:
    return SetCultureDay(found["choice"] in ("nghi", "duoc nghi"))


def _announced(found: re.Match[str], _text: Typed, _today: date) -> Intent:
    return YearAnnounced(int(found["year"]), found["has"] == "da")


def _closing(found: re.Match[str], text: Typed, _today: date) -> Intent:
    cut_off, report = (int(found[name]) if found[name] else None for name in ("cut", "report"))
    fits = all(day is None or 1 <= day <= 31 for day in (cut_off, report))
    return SetWindows(cut_off, report) if fits else _which_day(text)


def _reports(found: re.Match[str], text: Typed, today: date) -> Intent:
    parts = [part.strip() for part in re.split(r",|;| va ", found["list"].strip(" .!")) if part.strip()]
    windows = [read_window(part, today) for part in parts]
    codes = [window.key.partition("-")[2] for window in windows if window]
    understood = len(codes) == len(windows) and set(codes) <= CODES.keys()
    return SetWindows(reports=tuple(dict.fromkeys(codes))) if understood else Unclear(words=text.said)


def _event(found: re.Match[str], text: Typed, today: date) -> Intent:
    day = day_meant(found["day"], today, HAPPENED_BACK)
    old = day_meant(found["old"], today, HAPPENED_BACK) if found["old"] else None
    due = day_meant(found["due"], day, timedelta(0)) if found["due"] and day else None
    if day is None or (found["old"] and old is None) or (found["due"] and due is None):
        return _which_day(text)
    return RecordEvent(read_targets(found["what"]), day, due, old)


def _forget_event(found: re.Match[str], text: Typed, today: date) -> Intent:
    day = day_meant(found["day"], today, HAPPENED_BACK)
    return ForgetEvent(read_targets(found["what"]), day) if day else _which_day(text)


def _rename(found: re.Match[str], text: Typed, _today: date) -> Intent:
    return RenameUnit(_said(found, text, "old"), _said(found, text, "new"))


_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:(?:co quan|so|van phong|toan so) )?(?:duoc )?nghi(?: (?:bu|le|tet|hoan doi|lam viec))?(?: vao)? (?P<days>{DAYS}){NOTE}", _off),
    (rf"(?:di )?(?:lam bu|lam viec bu|lam viec|di lam)(?: vao)? (?P<days>{DAYS}){NOTE}", _worked),
    (rf"(?:bo|xoa|huy)(?: bo)? (?:ngay nghi|ngay lam bu|ngay lam viec|nghi|lam bu|lam viec) (?P<days>{DAYS})", _forget_days),
    (r"(?:xem |cho xem )?(?:lich nghi(?: le)?|(?:cac |nhung )?ngay nghi(?: le)?|lich lam viec)(?: nam)?(?: (?P<year>20\d\d)| nay| (?P<next>sau|toi))?", _show),
    (r"han roi(?: vao)? ngay nghi(?: thi)?(?P<choice>.*)", _lenient),
    (r"(?:ngay van hoa(?: viet nam)?(?: \(?24/11\)?)?|(?:ngay )?24/11 (?:hang|moi) nam) ?:? ?(?:la )?(?P<choice>nghi|duoc nghi|khong nghi|lam viec|di lam)", _culture_day),
    (r"(?P<has>da|chua) co thong bao (?:ngay )?nghi(?: le)?(?: cua)?(?: nam)? (?P<year>20\d\d)", _announced),
    (r"chot so lieu(?: vao)? ngay (?P<cut>\d{1,2})(?:,? (?:va )?(?:gui|nop) bao cao(?: truoc| vao)? ngay (?P<report>\d{1,2}))?", _closing),
    (r"(?:cac )?ky bao cao(?: gom| la)?:? (?P<list>(?:quy|6 thang|9 thang|nam|thang).*)", _reports),
    (rf"{DUTY}:? (?:da co |co |da )?(?:su kien|xay ra)(?: (?:xay ra|dien ra|la|vao))*:? (?P<day>{DAY}){MORE}", _event),
    (rf"(?:su kien|ngay (?!(?:hoan thanh|xong|het|den|bao cao|nop|han|lam) )[a-z][^\d:;]{{1,90}}) cua {DUTY} ?(?:la|vao|:)? (?P<day>{DAY}){MORE}", _event),
    (rf"(?:bo|xoa|huy)(?: bo)? su kien (?P<day>{DAY}) cua {DUTY}", _forget_event),
    (rf"(?:bo|xoa|huy)(?: bo)? su kien cua {DUTY}:? (?P<day>{DAY})", _forget_event),
    (rf"doi ten (?:don vi:? )?(?P<old>.+?) {INTO} (?P<new>.+)", _rename),
)  # fmt: skip
ORDERS = [(re.compile(pattern + END, re.DOTALL), read) for pattern, read in _PATTERNS]
