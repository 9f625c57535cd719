"""The year or period that a plan is for, and whether its title agrees with the rest of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from duties.deadline import Years
from duties.plan import Doubt, DoubtKind

_PERIOD = re.compile(r"(?P<first>20\d\d)\s*(?:-|–|—|đến(?: năm)?)\s*(?P<last>20\d\d)", re.I)
# The year of a date (“ngày 22 tháng 12 năm 2024”) is that of a cited paper.
_YEAR = re.compile(r"(?<!tháng \d )(?<!tháng \d\d )năm\s+(?P<year>20\d\d)(?!\s*(?:-|–)\s*20)", re.I)
_MAKES_PLAN = re.compile(r"(?:xây dựng|ban hành)\s+(?:kế hoạch|chương trình)\s.{0,300}?(?=như sau|$)", re.I)

Doubts = tuple[Doubt, ...]


def read_years(
    title: str, basis: str, lines: Sequence[str], issued: int | None
) -> tuple[Years | None, Doubts]:
    """The years of the plan; where title and text disagree the text wins and the office is asked."""
    own = years_in(title)
    said = _said(basis, lines)
    if own is None:
        return _without_title(said, issued)
    if not said or not own.is_single or own in said.values() or issued == own.first:
        return own, ()
    return _against_title(own, said, issued)


def years_in(text: str) -> Years | None:
    """“giai đoạn 2021 - 2030”, “năm 2022”."""
    period = _PERIOD.search(text)
    if period and int(period["first"]) < int(period["last"]):
        return Years(int(period["first"]), int(period["last"]))
    year = _YEAR.search(text)
    return Years.of(int(year["year"])) if year else None


def _said(basis: str, lines: Sequence[str]) -> dict[str, Years]:
    """Where else the plan says what it is for."""
    found = ((where, years_in(text)) for where, text in _places(basis, lines))
    return {where: years for where, years in found if years}


def _places(basis: str, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from (("phần mở đầu", text) for text in _MAKES_PLAN.findall(basis))
    yield from (("tên phụ lục", line) for line in lines if line.isupper() and len(line) > 20)
    yield from (("lời kết", line) for line in lines if line.startswith("Trên đây là"))


def _without_title(said: dict[str, Years], issued: int | None) -> tuple[Years | None, Doubts]:
    if said:
        return _commonest(said), ()
    if issued:
        text = f"Tiêu đề không ghi năm; đã tính theo năm ban hành {issued}, có đúng không?"
        return Years.of(issued), (Doubt("plan", text, kind=DoubtKind.YEARS),)
    return None, (
        Doubt("plan", "Không thấy năm của kế hoạch; kế hoạch này của năm nào?", kind=DoubtKind.YEARS),
    )


def _against_title(own: Years, said: dict[str, Years], issued: int | None) -> tuple[Years, Doubts]:
    meant = _commonest(said)
    where: dict[Years, list[str]] = defaultdict(list)
    for place, years in said.items():
        where[years].append(place)
    if issued == meant.first:
        where[meant].append("ngày ban hành")
    places = ", ".join(where[meant])
    text = f"Tiêu đề ghi năm {own}, còn {places} ghi {meant}; đã tính theo {meant}, có đúng không?"
    return meant, (Doubt("plan", text, kind=DoubtKind.YEARS),)


def _commonest(said: dict[str, Years]) -> Years:
    return Counter(said.values()).most_common(1)[0][0]
