"""“Xem thay đổi”, “5 là 2.3 cũ”, “đây là bản điều chỉnh của kế hoạch 485”: the office's word on a new edition."""

import re
from dataclasses import dataclass

from duties.mentions import typed


@dataclass(frozen=True)
class ShowChanges:
    """“Xem thay đổi”."""


@dataclass(frozen=True)
class IsNew:
    """“5, 7 là nhiệm vụ mới”: duties of the new text by the numbers they were listed under."""

    numbers: tuple[int, ...]


@dataclass(frozen=True)
class IsOld:
    """“5 là 2.3 cũ”: a code of the plan in force, or the number that a duty was listed under."""

    number: int
    was: str


@dataclass(frozen=True)
class EditionOf:
    """No number: the plan that was asked about, or the only one there is."""

    number: str = ""


@dataclass(frozen=True)
class OwnPlan:
    """“Kế hoạch riêng”: it changes no other plan."""


@dataclass(frozen=True)
class Unnamed:
    """What becomes of the duties that the new text does not name."""

    drops: bool


EditionOrder = ShowChanges | IsNew | IsOld | EditionOf | OwnPlan | Unnamed

_END = r"(?: nhe| a)?[ .!]*"
_LIST = r"\d{1,4}(?:(?: ?[,;] ?| va | )\d{1,4})*"
_DUTY = r"(?:(?:nhiem vu|muc|so|cau) )?"
_SHOW = re.compile(
    rf"(?:xem |cho xem )?(?:(?:cac |nhung |noi dung )?thay doi|so sanh)(?: (?:cua )?ke hoach)?{_END}"
)
_NEW = re.compile(rf"{_DUTY}(?P<numbers>{_LIST}):? (?:la |deu la )?(?:nhiem vu |viec )?moi{_END}")
_OLD = re.compile(
    rf"{_DUTY}(?P<number>\d{{1,4}}):? (?:chinh )?la {_DUTY}(?P<was>[\w.]*\d[\w.]*?)(?: (?:cu|truoc day|truoc|trong ke hoach cu))?{_END}"
)
_EDITION = re.compile(
    r"(?:day |tep nay |ke hoach nay |file nay )?la (?:ban |ke hoach )?(?:dieu chinh|sua doi|bo sung|thay the)(?:,? (?:va )?bo sung)?"
    rf"(?: (?:cua |cho )?(?:ke hoach)?(?: so)?:? ?(?P<number>\d[\w/.&-]*))?(?: (?:cua|cho) ke hoach (?:do|tren|dang thuc hien))?{_END}"
)
_OWN = re.compile(
    rf"(?:day |tep nay |ke hoach nay )?(?:la )?(?:ke hoach (?:moi|rieng|khac)|khong phai (?:la )?ban dieu chinh){_END}"
)
_REST = re.compile(
    r"(?P<what>giu|giu nguyen|giu lai|bo|khong giu) (?:cac |nhung )?nhiem vu (?:khong|chua) (?:neu|nhac den|co)"
    rf"(?: trong ban nay)?{_END}|(?:ban nay )?chi (?:la )?(?P<adds>bo sung|ghi phan thay doi){_END}"
)


def read_edition_order(text: str) -> EditionOrder | None:
    """The order that the whole message is; None when it is something else."""
    said = typed(text)
    plain = said.plain
    if _SHOW.fullmatch(plain):
        return ShowChanges()
    if found := _NEW.fullmatch(plain):
        return IsNew(tuple(int(number) for number in re.findall(r"\d+", found["numbers"])))
    if found := _EDITION.fullmatch(plain):
        return EditionOf((found["number"] or "").upper().rstrip("."))
    if _OWN.fullmatch(plain):
        return OwnPlan()
    if found := _REST.fullmatch(plain):
        return Unnamed(drops=found["what"] in ("bo", "khong giu"))
    found = _OLD.fullmatch(plain)
    return (
        IsOld(int(found["number"]), said.said[found.start("was") : found.end("was")].rstrip("."))
        if found
        else None
    )
