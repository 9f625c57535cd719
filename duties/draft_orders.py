"""What the office says of the draft that waits: its number, its day, its year, and that a doubt was understood right."""

import re
from dataclasses import dataclass
from datetime import date

from duties.deadline import Years
from duties.mentions import typed


@dataclass(frozen=True)
class Understood:
    """“1 đúng”: what was understood is right; no number means the only doubt there is."""

    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class NumberIs:
    """“Số 15/KH-STNMT”."""

    number: str


@dataclass(frozen=True)
class IssuedOn:
    """“Ban hành ngày 5/3/2023”."""

    day: date


@dataclass(frozen=True)
class YearsAre:
    """“Giai đoạn 2021-2030”."""

    years: Years


@dataclass(frozen=True)
class ShowDuties:
    """“Danh sách nhiệm vụ”: every duty with its units and its date."""


DraftOrder = Understood | NumberIs | IssuedOn | YearsAre | ShowDuties

_END = r"[ .!]*"
_LIST = r"\d{1,3}(?:(?: ?[,;] ?| va | )\d{1,3})*"
_RIGHT = re.compile(
    rf"(?:(?:muc |so |cau )?(?P<first>{_LIST}):? (?:la )?dung|dung(?: roi)? (?:muc |so |cau )?(?P<last>{_LIST})|dung){_END}"
)
_NUMBER = re.compile(
    rf"(?:ke hoach )?so(?: ke hoach| hieu)?(?: la)?:? (?P<number>\d{{1,5}}/[a-z0-9/&.-]+?){_END}"
)
_ISSUED = re.compile(
    rf"(?:ke hoach )?(?:ngay ban hanh|ban hanh(?: ngay)?|ngay ky|ky ngay)(?: la)?:? (?:ngay )?"
    rf"(?P<day>\d{{1,2}})(?:[/.-]| thang )(?P<month>\d{{1,2}})(?:[/.-]| nam )(?P<year>20\d\d){_END}"
)
_YEARS = re.compile(
    rf"(?:ke hoach |cua |la )*(?:nam|giai doan) (?P<first>20\d\d)(?: ?(?:-|–|den) ?(?P<last>20\d\d))?{_END}"
)
_SHOW = re.compile(
    r"(?:xem |cho xem )?(?:chi tiet (?:cac )?(?:ke hoach|nhiem vu)|ke hoach chi tiet|(?:danh sach|cac) nhiem vu(?: (?:cua )?ke hoach)?)"
    rf"{_END}"
)


def read_draft_order(text: str) -> DraftOrder | None:
    """The order that the whole message is; None when it is something else."""
    said = typed(text)
    if _SHOW.fullmatch(said.plain):
        return ShowDuties()
    if found := _RIGHT.fullmatch(said.plain):
        return Understood(
            tuple(int(number) for number in re.findall(r"\d+", found["first"] or found["last"] or ""))
        )
    if found := _NUMBER.fullmatch(said.plain):
        return NumberIs(said.said[found.start("number") : found.end("number")].upper())
    if found := _YEARS.fullmatch(said.plain):
        return _years(int(found["first"]), int(found["last"] or found["first"]))
    found = _ISSUED.fullmatch(said.plain)
    return _issued(found) if found else None


def _years(first: int, last: int) -> YearsAre | None:
    return YearsAre(Years(first, last)) if first <= last else None


def _issued(found: re.Match[str]) -> IssuedOn | None:
    try:
        return IssuedOn(date(int(found["year"]), int(found["month"]), int(found["day"])))
    except ValueError:
        return None
