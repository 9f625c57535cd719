"""Orders about units that change: renamed from a day on, merged, split, closed; plans copied, withdrawn, restored."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from duties.intents import (
    CloseUnit,
    ConfirmUnits,
    CopyPlan,
    Doubtful,
    DropUnits,
    Intent,
    MergeUnits,
    RenameFrom,
    RestorePlan,
    ShowUnitChanges,
    SplitUnit,
    Unclear,
    WithdrawEdition,
    WithdrawPlan,
)
from duties.mentions import Typed, without_quoted
from duties.office_orders import INTO, day_meant
from duties.unit_names import split_units

# a decision on units is often told after its day, and well before it
TOLD_BACK = timedelta(days=180)
_DAY = r"(?:ngay )?\d{1,2}(?:[/.-]| thang )\d{1,2}(?:(?:[/.-]| nam )20\d\d)?"
_BEGINS = re.compile(rf"(?:ke )?(?:tu|bat dau tu) (?P<day>{_DAY})[,:]? ")
_ENDS = re.compile(rf",? (?:ke )?(?:tu|bat dau tu|co hieu luc tu) (?P<day>{_DAY})(?=[ .!,;]*$|,? giao)")
_END = r"[ .!]*"

Reader = Callable[[re.Match[str], Typed, date | None], Intent]


def read_unit_order(text: Typed, today: date) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    text = without_quoted(text)
    dated = _BEGINS.match(text.plain) or _ENDS.search(text.plain)
    bare = text.without(*dated.span()) if dated else text
    for pattern, read in _ORDERS:
        found = pattern.fullmatch(bare.plain)
        if found:
            on = day_meant(dated["day"].removeprefix("ngay "), today, TOLD_BACK) if dated else None
            return Unclear(Doubtful.WHICH_DAY, text.said) if dated and on is None else read(found, bare, on)
    return None


def _name(found: re.Match[str], text: Typed, group: str) -> str:
    return text.said[found.start(group) : found.end(group)].strip(" .!,;:“”\"'") if found[group] else ""


_NEXT_NAME = re.compile(
    r" ?(?:[,;]| va| voi| cung)(?: voi)? (?=(?:phong|p\.|van phong|vp|trung tam|tt|ban|thanh tra|chi cuc|to|doan|cong doan|hoi|so)\b)"
)


def _names(found: re.Match[str], text: Typed, group: str) -> tuple[str, ...]:
    """“Phòng A, Phòng B và Phòng C”; a name may hold “và” and a comma itself; without capitals each begins with its kind."""
    quoted = re.findall(r"“([^“”]+)”|\"([^\"]+)\"", text.said[slice(*found.span(group))])
    if len(quoted) > 1:
        return tuple((one or other).strip(" .!,;:") for one, other in quoted)
    said = re.sub(r"\s+(?:với|voi)\s+", "; ", _name(found, text, group))
    names = split_units(said)
    if len(names) > 1:
        return names
    start, end = found.span(group)
    cuts = [(cut.start(), cut.end()) for cut in _NEXT_NAME.finditer(text.plain, start, end)]
    bounds = zip([start, *(after for _, after in cuts)], [*(before for before, _ in cuts), end], strict=True)
    return tuple(text.said[first:last].strip(" .!,;:“”\"'") for first, last in bounds)


def _merge(found: re.Match[str], text: Typed, on: date | None) -> Intent:
    names = _names(found, text, "names")
    if len(names) < 2 and not found.groupdict().get("into"):
        return Unclear(Doubtful.NOTHING, text.said)
    return MergeUnits(names, _name(found, text, "to"), on)


def _split(found: re.Match[str], text: Typed, on: date | None) -> Intent:
    to = _names(found, text, "to")
    return (
        SplitUnit(_name(found, text, "name"), to, on) if len(to) > 1 else Unclear(Doubtful.NOTHING, text.said)
    )


def _close(found: re.Match[str], text: Typed, on: date | None) -> Intent:
    return CloseUnit(_name(found, text, "name"), _name(found, text, "to"), on)


def _rename(found: re.Match[str], text: Typed, on: date | None) -> Intent:
    assert on is not None
    return RenameFrom(_name(found, text, "name"), _name(found, text, "to"), on)


def _drop(found: re.Match[str], _text: Typed, _on: date | None) -> Intent:
    return DropUnits(int(found["number"] or 0))


def _copy(found: re.Match[str], text: Typed, _on: date | None) -> Intent:
    return CopyPlan(_name(found, text, "number"), int(found["year"]))


def _withdraw(found: re.Match[str], text: Typed, _on: date | None) -> Intent:
    return WithdrawPlan(_name(found, text, "number"), is_sure=found["sure"] is not None)


def _restore(found: re.Match[str], text: Typed, _on: date | None) -> Intent:
    return RestorePlan(_name(found, text, "number"))


_NUMBER = r" (?:so )?(?P<number>[^\s,]*\d[^\s,]*?)"
_SURE = r"(?:,? (?P<sure>xac nhan|dong y))?(?: nhe| a)?"
_MADE = r"(?:(?:duoc )?(?:hop nhat|sap nhap|nhap|gop)(?: lai)?)"
_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"(?P<names>.+?) {_MADE} (?:{INTO}|de lap|de thanh lap|lap thanh) (?P<to>.+?)", _merge),
    (rf"{_MADE} (?P<names>.+?) (?:{INTO}|de lap|de thanh lap|lap thanh) (?P<to>.+?)", _merge),
    (rf"{_MADE} (?P<names>.+?) (?P<into>vao) (?P<to>.+?)", _merge),
    (rf"(?P<names>.+?) {_MADE} (?P<into>vao) (?P<to>.+?)", _merge),
    (rf"(?P<name>.+?) (?:duoc )?(?:chia )?tach (?:ra )?{INTO} (?P<to>.+?)", _split),
    (rf"(?:chia )?tach (?P<name>.+?) (?:ra )?{INTO} (?P<to>.+?)", _split),
    (r"(?:giai the|dong|ket thuc) (?:don vi )?(?P<name>(?:[“\"]|(?:phong|ban|van phong|thanh tra|trung tam|chi cuc|to|doan|cong doan)\b).*?)"
     r"(?:,? (?:va )?(?:giao|chuyen)(?: het| toan bo)? (?:cong )?viec (?:cho|sang|ve) (?P<to>.+?))?", _close),
    (r"(?:xac nhan|dong y) (?:cac )?thay doi (?:ve )?don vi", lambda _found, _text, _on: ConfirmUnits()),
    (r"(?:bo|huy|rut|hoan tac) thay doi don vi(?: (?:so )?(?P<number>\d{1,6}))?", _drop),
    (r"(?:xem |cac )*thay doi (?:ve )?don vi", lambda _found, _text, _on: ShowUnitChanges()),
    (r"(?:rut|thu hoi|huy|bo) (?:ban|ke hoach) dieu chinh", lambda _found, _text, _on: WithdrawEdition()),
    (rf"(?:/rutkehoach(?:@\w+)?|(?:rut|rut lai|thu hoi) ke hoach)(?:{_NUMBER})?{_SURE}", _withdraw),
    # without a number it is the draft that is meant
    (rf"(?:huy|huy bo) ke hoach{_NUMBER}{_SURE}", _withdraw),
    (rf"(?:/khoiphuckehoach(?:@\w+)?|(?:khoi phuc|lay lai) ke hoach)(?:{_NUMBER})?(?: nhe| a)?", _restore),
    (r"(?:sao chep|chep|copy|nhan ban) ke hoach (?:so )?(?P<number>\S+) (?:sang|cho|thanh)(?: ke hoach)? (?:nam )?(?P<year>20\d\d)", _copy),
)  # fmt: skip
_RENAME = rf"(?:doi ten (?:don vi:? )?)?(?P<name>.+?) (?:(?:duoc )?doi ten )?{INTO} (?P<to>.+?)"
_ORDERS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(pattern + _END, re.DOTALL), read) for pattern, read in _PATTERNS
]


def read_dated_rename(text: Typed, today: date) -> Intent | None:
    """Only with a day: without one a name is put right, and it was always so."""
    text = without_quoted(text)
    dated = _BEGINS.match(text.plain) or _ENDS.search(text.plain)
    if not dated or "doi ten" not in text.plain:
        return None
    bare = text.without(*dated.span())
    found = re.fullmatch(_RENAME + _END, bare.plain)
    if found is None:
        return None
    on = day_meant(dated["day"].removeprefix("ngay "), today, TOLD_BACK)
    return _rename(found, bare, on) if on else Unclear(Doubtful.WHICH_DAY, text.said)
