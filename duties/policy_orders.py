"""Policy orders: “nhắc quý trước 10, 5 ngày”, “giờ gửi 8:00 và 14:00”, “mốc 2.3 ngày 30/6”, of the office or of one plan."""

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from duties.intents import (
    Doubtful,
    DropMilestone,
    Intent,
    Number,
    ResetPolicy,
    SetMilestone,
    SetPolicy,
    ShowMilestones,
    ShowPolicy,
    Unclear,
)
from duties.mentions import Typed, typed
from duties.office_orders import DAY, day_meant
from duties.verbs import ONE, read_targets

N = r"-?\d{1,4}"
LIST = rf"(?P<n>{N}(?:(?:[,;]| va|,? ) ?{N})*)"
ONE_N = rf"(?P<n>{N})"
DAYS = r"(?: ngay(?: lam viec)?)?"
HOUR = r"\d{1,2} ?(?:[:h]|gio)(?: ?\d{1,2})?(?: ?phut)?(?: (?:sang|trua|chieu|toi))?"
TIME = re.compile(r"(\d{1,2}) ?(?:[:h]|gio)(?: ?(\d{1,2}))?(?: ?phut)?(?: (chieu|toi))?")
PLAN = r"(?:(?:voi |rieng )?ke hoach (?:so )?(?P<plan>\d{1,4}(?:/[\w-]+)*) ?[:,-]? ?)?"
SPANS = {"quy": "quarter_rungs", "thang": "month_rungs", "tuan": "week_rungs"}
DUTY = rf"(?:nhiem vu |viec |muc )?(?P<what>{ONE})"
ABOUT = r"(?:(?: ?[:,;-] ?| )(?P<about>\S.*))?"
END = r"[ .!]*"

Reader = Callable[[re.Match[str], Typed, date], Intent]


def read_policy_order(text: Typed, today: date) -> Intent | None:
    """The order that the whole message is, or the orders of its lines for one policy; None when it is something else."""
    if "\n" in text.plain:
        return _together([_one(typed(line), today) for line in text.said.splitlines()])
    return _one(text, today)


def _together(orders: Sequence[Intent | None]) -> Intent | None:
    """Several numbers set at once are one change: they may be possible together only, and are taken back together."""
    found = [order for order in orders if isinstance(order, SetPolicy)]
    if len(found) < len(orders) or len({order.plan for order in found}) > 1:
        return None
    return SetPolicy(tuple(change for order in found for change in order.changes), found[0].plan)


def _one(text: Typed, today: date) -> Intent | None:
    for pattern, read in ORDERS:
        if found := pattern.fullmatch(text.plain):
            return read(found, text, today)
    return None


def _number(name: str) -> Reader:
    def read(found: re.Match[str], text: Typed, _today: date) -> Intent:
        return _set(found, text, (name, int(found["n"])))

    return read


def _numbers(name: str, *, falling: bool = True) -> Reader:
    def read(found: re.Match[str], text: Typed, _today: date) -> Intent:
        return _set(found, text, (name, _listed(found, falling=falling)))

    return read


def _before(found: re.Match[str], text: Typed, _today: date) -> Intent:
    return _set(found, text, (SPANS[found["span"]], _listed(found, falling=True)))


def _listed(found: re.Match[str], *, falling: bool) -> tuple[int, ...]:
    return tuple(sorted({int(n) for n in re.findall(N, found["n"])}, reverse=falling))


def _times(*names: str) -> Reader:
    def read(found: re.Match[str], text: Typed, _today: date) -> Intent:
        said = [_time(match) for match in TIME.finditer(found["hours"])]
        hours = [each for each in said if each is not None]
        if len(hours) != len(names) or len(said) != len(names):
            return Unclear(Doubtful.NOTHING, text.said)
        return _set(found, text, *zip(names, hours, strict=True))

    return read


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    hour += 12 if match[3] and hour < 12 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _set(found: re.Match[str], text: Typed, *changes: tuple[str, Number]) -> SetPolicy:
    return SetPolicy(changes, _plan(found, text))


def _plan(found: re.Match[str], text: Typed) -> str:
    return text.said[found.start("plan") : found.end("plan")] if found["plan"] else ""


def _show(found: re.Match[str], text: Typed, _today: date) -> Intent:
    return ShowPolicy(_plan(found, text))


def _reset(found: re.Match[str], text: Typed, _today: date) -> Intent:
    return ResetPolicy(_plan(found, text))


def _milestone(found: re.Match[str], text: Typed, today: date) -> Intent:
    day = day_meant(found["day"], today, timedelta(0))
    if day is None:
        return Unclear(Doubtful.WHICH_DAY, text.said)
    about = text.words(found.start("about"), found.end("about")) if found["about"] else ""
    return SetMilestone(read_targets(found["what"]), day, about)


def _drop(found: re.Match[str], text: Typed, today: date) -> Intent:
    # one that has passed may still be taken back
    day = day_meant(found["day"], today, timedelta(days=60))
    return DropMilestone(read_targets(found["what"]), day) if day else Unclear(Doubtful.WHICH_DAY, text.said)


def _show_milestones(found: re.Match[str], _text: Typed, _today: date) -> Intent:
    return ShowMilestones(read_targets(found["what"]) if found["what"] else ())


_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"{PLAN}(?:xem )?(?:lich nhac|cach nhac|che do nhac|quy dinh nhac)(?: viec)?", _show),
    (r"/lichnhac (?:ke hoach )?(?P<plan>\d{1,4}(?:/[\w-]+)*)", _show),
    (rf"{PLAN}(?:nhac|lich nhac)(?: viec)? (?:nhu|theo) (?:mac dinh|co quan|ban dau|chung)", _reset),
    (rf"{PLAN}nhac(?: viec| ky)?(?: theo)? (?P<span>quy|thang|tuan) truoc(?: han)?:? {LIST}{DAYS}", _before),
    (rf"{PLAN}nhac(?: viec)? sau han:? {LIST}{DAYS}", _numbers("after", falling=False)),
    (rf"{PLAN}(?:nhac|bao)(?: len| cho)? lanh dao sau(?: han)? {ONE_N}{DAYS}", _number("leader_after")),
    (rf"{PLAN}(?:nhac|bao)(?: len| cho)? van phong sau(?: han)? {ONE_N}{DAYS}", _number("office_after")),
    (rf"{PLAN}(?:nhac viec |nhac )cho (?:duyet|quyet dinh) sau {ONE_N}{DAYS}", _number("request_after")),
    (rf"{PLAN}(?:thoi|ngung|dung) nhac sau(?: han)? {ONE_N}{DAYS}", _number("mondays_until")),
    (rf"{PLAN}hoi (?:tien do|ket qua) truoc(?: ngay)?(?: chot so lieu)? {ONE_N}{DAYS}", _number("ask_before")),
    (rf"{PLAN}dang lam thi (?:khong nhac|thoi nhac|bo nhac) truoc(?: han)? {ONE_N}{DAYS}(?: tro len)?", _number("early_from")),
    (rf"{PLAN}(?:han |ky )?dai tu {ONE_N} ngay (?:thi )?nhac nhu quy", _number("quarter_days")),
    (rf"{PLAN}(?:han |ky )?dai tu {ONE_N} ngay (?:thi )?nhac nhu thang", _number("month_days")),
    (rf"{PLAN}gio gui(?: tin)?:? (?P<hours>{HOUR}(?: va |, ?| )(?:chieu )?{HOUR})", _times("morning", "afternoon")),
    (rf"{PLAN}(?:chi )?gui(?: tin)? trong(?: khoang)?(?: gio)? (?:tu )?(?P<hours>{HOUR} ?(?:-|den|toi) ?{HOUR})", _times("opens", "closes")),
    (rf"{PLAN}gui bu (?:muon nhat |den |truoc )(?:luc )?(?P<hours>{HOUR})", _times("late_until")),
    (rf"(?:dat )?moc(?: cua)? {DUTY}(?: la| vao)?:? (?P<day>{DAY}){ABOUT}", _milestone),
    (rf"{DUTY}:? (?:co |dat )?moc(?: vao)? (?P<day>{DAY}){ABOUT}", _milestone),
    (rf"(?:bo|xoa|huy)(?: bo)? moc(?: cua)? {DUTY}(?: vao)?:? (?P<day>{DAY})", _drop),
    (rf"(?:bo|xoa|huy)(?: bo)? moc (?P<day>{DAY}) cua {DUTY}", _drop),
    (rf"(?:cac |xem )?moc(?: theo doi)?(?: cua)?(?: {DUTY})?", _show_milestones),
)  # fmt: skip
ORDERS = [(re.compile(pattern + END, re.DOTALL), read) for pattern, read in _PATTERNS]
