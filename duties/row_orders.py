"""“Gộp 2.3 và 2.4”, “tách 2.3”, “lấy lại dòng không tính 3”: what the office does with the rows of a draft."""

import re

from duties.intents import Intent, MergeRows, PartRows, TakeInRow
from duties.mentions import Typed
from duties.verbs import ONE, read_targets

_CALLED = r"(?:(?:cac |hai |ba )?(?:nhiem vu|viec|muc|dong) )?"
_AND = r"(?:(?: ?[,;+&] ?| )(?:va |voi |cung )?)"
_MERGED = re.compile(
    rf"(?:gop|ghep)(?: chung)? (?P<what>{_CALLED}{ONE}(?:{_AND}{_CALLED}{ONE})*)"
    rf"(?: (?:vao|chung vao) {_CALLED}(?P<into>{ONE}))?"
    r"(?: (?:lai )?(?:thanh|lam) mot(?: nhiem vu| viec| dong)?| lai(?: voi nhau)?)?[ .!]*"
)
_PARTED = re.compile(
    rf"(?:tach|bo gop|thoi gop) {_CALLED}(?P<what>{ONE})(?: (?:ra|nhu (?:cu|truoc)|lai))*[ .!]*"
)
_TAKEN_IN = re.compile(r"(?:lay|dua|them) lai (?:cac )?dong khong tinh(?: so)? (?P<number>\d{1,4})[ .!]*")
_TAKEN_AT = re.compile(
    r"(?:lay|dua) lai (?:(?:nhiem vu|viec) )?(?:o )?(?P<where>(?:(?:tep|trang|trang tinh|bang) \S[^,]*, ?)*dong \d{1,5})[ .!]*"
)


def read_rows_order(text: Typed) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    if found := _MERGED.fullmatch(text.plain):
        into = read_targets(found["into"]) if found["into"] else ()
        targets = tuple(dict.fromkeys((*into, *read_targets(found["what"]))))
        return MergeRows(targets, is_first_kept=bool(into)) if len(targets) > 1 else None
    if found := _PARTED.fullmatch(text.plain):
        return PartRows(read_targets(found["what"]))
    if found := _TAKEN_IN.fullmatch(text.plain):
        return TakeInRow(number=int(found["number"]))
    found = _TAKEN_AT.fullmatch(text.plain)
    return TakeInRow(where=text.said[found.start("where") : found.end("where")]) if found else None
