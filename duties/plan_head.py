"""The head of a plan: number, title, agency, year, date, signer; and what in it contradicts itself."""

import re
from collections.abc import Sequence
from datetime import date

from duties.plan import Doubt, DoubtKind, PlanHead
from duties.plan_agency import in_body_case, read_agency
from duties.plan_years import read_years

_NUMBER_LINE = re.compile(r"^\s*Số\s*[:.]?\s*(?P<n>\d*)\s*(?P<code>/\s*[A-ZĐ][\w&-]*(?:-[\w&]+)*)", re.I)
# Papers of the Party: “Số 12-KH/ĐU”.
_PARTY_NUMBER = re.compile(r"^\s*Số\s*[:.]?\s*(?P<n>\d+\s*-\s*[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ][\wĐđ.-]*)\s*\Z")
_NUMBER_CITED = re.compile(
    r"ban hành\s+(?:kế hoạch|chương trình) số\s*(?P<n>\d+/[\w&-]+)\s*,?\s*ngày\s*(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})",
    re.I,
)
_ISSUED = re.compile(
    r"^[^,;:()]{2,40},\s*ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})\s*\.?$", re.I
)
_ANNEX_ISSUED = re.compile(
    r"\W*(?:ban hành\s+)?kèm theo\s.{0,60}?số\s*(?P<n>\d*\s*/[\w&-]+)"
    r"\s*ngày\s*(?P<d>\d{0,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>\d{4})",
    re.I,
)
_KIND = re.compile(
    r"(?:DỰ THẢO\s*)?(?:KẾ HOẠCH|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH HÀNH ĐỘNG|PHƯƠNG ÁN|ĐỀ ÁN)\.?\Z"
)
_KIND_INLINE = re.compile(r"(?:KẾ HOẠCH|Kế hoạch)\s+(?=\S)")
_TITLE_ENDS = re.compile(
    r"(?:căn cứ|thực hiện|triển khai thực hiện|nhằm|để |theo |thi hành|[ivx]+\.|\d+\.|-{3,}|article|kính gửi|\(|tiếp tục|ngày )",
    re.I,
)
_OFFICES = re.compile(
    r"(?:(?:KT|TM|TL|TUQ|Q)\.?\s*)?(?:GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CHỦ TỊCH|PHÓ CHỦ TỊCH|TRƯỞNG BAN|PHÓ TRƯỞNG BAN|"
    r"CHI CỤC TRƯỞNG|CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|HIỆU TRƯỞNG|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|VIỆN TRƯỞNG)\Z"
)
_TITLES_OF_LEARNING = re.compile(r"^(?:(?:TS|ThS|PGS|GS|BS|KS|CN)\.?\s*)+", re.I)
_HEAD_LINES = 30


def read_head(lines: Sequence[str]) -> tuple[PlanHead, tuple[Doubt, ...]]:
    """The head as the paper has it, and the questions it leaves."""
    start, title = _title(lines)
    basis = _basis(lines, start)
    number, issued, year_issued = _number_and_date(lines, start)
    agency = read_agency(title, basis, lines, start)
    years, doubts = read_years(title, basis, lines, year_issued)
    head = PlanHead(number, _as_written(title, lines), agency, years, issued, _signer(lines))
    return head, (*doubts, *_blanks(head))


def _as_written(title: str, lines: Sequence[str]) -> str:
    tidy = " ".join(title.split()).strip(" .")
    return in_body_case(tidy, lines) if tidy.isupper() else tidy


def _title(lines: Sequence[str]) -> tuple[int, str]:
    """Where the title stands, and its lines as one."""
    for place, line in enumerate(lines[:80]):
        if _KIND.match(line.strip()):
            taken: list[str] = []
            for follow in lines[place + 1 : place + 8]:
                if taken and (_TITLE_ENDS.match(follow) or follow.endswith(":") or len(follow.split()) > 60):
                    break
                if follow.strip("-_* "):
                    taken.append(follow)
            return place, " ".join(taken)
    for place, line in enumerate(lines[:40]):
        match = _KIND_INLINE.match(line)
        if match:
            return place, line[match.end() :][:1].upper() + line[match.end() :][1:]
    return 0, _annex_title(lines)


def _annex_title(lines: Sequence[str]) -> str:
    """An annex that came without its plan has a title of its own."""
    for place, line in enumerate(lines[:20]):
        if re.match(r"(?:PHỤ LỤC|Phụ lục)\b", line):
            below = [follow for follow in lines[place + 1 : place + 4] if follow.isupper()]
            return " ".join(below)
    return ""


def _basis(lines: Sequence[str], start: int) -> str:
    """The paragraphs between the title and the first section."""
    taken: list[str] = []
    for line in lines[start + 1 : start + 25]:
        if re.match(r"(?:I|1|A)\s*\.\s", line):
            break
        taken.append(line)
    return " ".join(taken)


def _number_and_date(lines: Sequence[str], start: int) -> tuple[str | None, date | None, int | None]:
    number: str | None = None
    issued: date | None = None
    year: int | None = None
    for line in lines[: max(start, 0) + 12]:
        numbered, dated = _NUMBER_LINE.match(line), _ISSUED.match(line.strip())
        if numbered and numbered["n"] and not number:
            number = numbered["n"] + re.sub(r"\s+", "", numbered["code"])
        of_party = _PARTY_NUMBER.match(line)
        if of_party and not number:
            number = re.sub(r"\s+", "", of_party["n"])
        if dated and not year:
            year = int(dated["y"])
            issued = _date(dated["d"], dated["m"], dated["y"])
    for line in lines:
        cited = _ANNEX_ISSUED.match(line) or (
            None if number or _has_number_line(lines) else _NUMBER_CITED.search(line)
        )
        if cited:
            number = number or _whole_number(cited["n"])
            issued = issued or _date(cited["d"], cited["m"], cited["y"])
            year = year or int(cited["y"])
    return number, issued, year


def _has_number_line(lines: Sequence[str]) -> bool:
    return any(_NUMBER_LINE.match(line) for line in lines[:_HEAD_LINES])


def _whole_number(text: str) -> str | None:
    bare = re.sub(r"\s+", "", text)
    return None if bare.startswith("/") else bare


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _signer(lines: Sequence[str]) -> str | None:
    """The name below the office of whoever signs."""
    for place, line in enumerate(lines):
        if _OFFICES.match(" ".join(line.split())):
            for follow in lines[place + 1 : place + 6]:
                name = _TITLES_OF_LEARNING.sub("", " ".join(follow.split()))
                if _is_name(name):
                    return name
    return None


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(word.isalpha() and word.istitle() for word in words)


def _blanks(head: PlanHead) -> tuple[Doubt, ...]:
    missing = [word for word, value in (("số", head.number), ("ngày ban hành", head.issued)) if value is None]
    if not missing:
        return ()
    return (Doubt("plan", f"Chưa ghi {' và '.join(missing)}; xin bổ sung khi có.", kind=DoubtKind.HEAD),)
