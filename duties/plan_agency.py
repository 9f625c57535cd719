"""The agency that issues a plan: from its title, its opening words, its annex, or its letterhead."""

import re
from collections.abc import Sequence

from duties.spelling import fold

_HEADS = (
    "Sở|Ban Quản lý|BQL|Ban|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Chi cục|Tổng cục|Cục|Bộ|Thanh tra|Văn phòng|Trường|"
    "Trung tâm|Viện|Bảo hiểm|Kho bạc|Công an"
)
# A comma inside a name: “Sở Văn hóa, Thể thao và Du lịch”.
_COMMA = r",(?=\s[A-ZĐÀ-Ỹ]\w*(?:\s\w+){0,3}\svà\s[A-ZĐÀ-Ỹ])"
_IN_TITLE = re.compile(
    rf"\bcủa\s+(?P<name>(?:{_HEADS})\s(?:{_COMMA}|.)+?)(?!{_COMMA})(?=\s+(?:năm|giai đoạn|trong|quý|tháng|đến)\s|[,;(.]|$)"
)
_ISSUES = re.compile(
    rf"(?P<name>(?<!\w)(?:{_HEADS})\s(?:{_COMMA}|[^,;.()]){{3,90}}?)\s+(?:đã\s+)?(?:xây dựng|ban hành|triển khai)\s+(?:kế hoạch|chương trình)",
    re.I,
)
_ANNEX = re.compile(
    rf"\W*(?:ban hành\s+)?kèm theo\s.*\scủa\s+(?P<name>(?:{_HEADS})\s[^()]+?)\s*\)?\.?\Z", re.I
)
_LETTERHEAD = re.compile(rf"(?:{_HEADS})\s", re.I)
_SUPERIOR = re.compile(
    r"(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)\s+(?P<kind>TỈNH|THÀNH PHỐ|TP\.?)\s+(?P<place>[^\d:,;]+?)\s*"
    r"(?=\s(?:CỘNG|SỞ|BAN|CHI CỤC|CỤC|VĂN PHÒNG|THANH TRA|Số)\b|[-—_]{2,}|\Z)"
)


_DEPARTMENTS = (
    "Nội vụ|Tư pháp|Tài chính|Công Thương|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Xây dựng|"
    "Giao thông vận tải|Khoa học và Công nghệ|Thông tin và Truyền thông|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|"
    "Du lịch|Giáo dục và Đào tạo|Y tế|Lao động - Thương binh và Xã hội|Kế hoạch và Đầu tư|Tài nguyên và Môi trường|"
    "Dân tộc và Tôn giáo|Ngoại vụ|Quy hoạch - Kiến trúc|An toàn thực phẩm"
)
# How names are written that the body of a plan never writes small.
_WRITTEN = {
    **{fold(f"Sở {name}"): f"Sở {name}" for name in _DEPARTMENTS.split("|")},
    **{
        fold(name): name
        for name in ("Thanh tra tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "Ban Quản lý Khu kinh tế")
    },
}


def read_agency(title: str, basis: str, lines: Sequence[str], start: int) -> str:
    """The house that issues the plan, with its province where the letterhead gives one."""
    letterhead = lines[:start]
    superior = _SUPERIOR.search(" ".join(" ".join(letterhead).split()))
    place = _place(superior) if superior else ""
    name = _named(title, basis, lines) or _on_letterhead(letterhead, lines)
    if superior and (not name or fold(name).startswith(("ubnd", "uy ban"))):
        return f"{_committee(superior)} {place}"
    if name and place and not re.search(r"(?:tỉnh|thành phố)\s", name, re.I):
        return f"{name} {place}"
    return name


def _named(title: str, basis: str, lines: Sequence[str]) -> str:
    in_title = None if title.isupper() else _IN_TITLE.search(title)
    if in_title:
        return in_title["name"].strip()
    issuing = [found["name"].strip() for found in _ISSUES.finditer(basis)]
    annexes = [found["name"].strip() for line in lines if (found := _ANNEX.match(line))]
    return next(iter((*issuing[-1:], *annexes)), "")


def _on_letterhead(letterhead: Sequence[str], lines: Sequence[str]) -> str:
    """“BAN QUẢN LÝ KHU KINH TẾ” above the line, written as the body writes it."""
    for line in letterhead:
        if line.isupper() and _LETTERHEAD.match(line) and not _SUPERIOR.match(line):
            return in_body_case(line.strip(), lines)
    return ""


def in_body_case(capitals: str, lines: Sequence[str]) -> str:
    """Words in capitals as the body writes them; where it does not, as printed."""
    for line in lines:
        place = line.casefold().find(capitals.casefold())
        if place >= 0 and not line.isupper():
            return line[place].upper() + line[place + 1 : place + len(capitals)]
    return _WRITTEN.get(fold(capitals), capitals)


def _place(superior: re.Match[str]) -> str:
    kind = "thành phố" if superior["kind"].startswith("T") and superior["kind"] != "TỈNH" else "tỉnh"
    return f"{kind} {superior['place'].strip().title()}"


def _committee(superior: re.Match[str]) -> str:
    return "Uỷ ban nhân dân" if superior.group().startswith("UỶ") else "Ủy ban nhân dân"
