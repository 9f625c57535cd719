"""“A chủ trì, phối hợp với B thực hiện nội dung tại gạch đầu dòng số 1 và 2” → who does which bullet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duties.headings import Column, read_labels
from duties.papers import Cell, is_sub_bullet, without_bullet
from duties.plan import Part, Role
from duties.unit_names import begins_unit, is_kind_of_unit, split_units

# Words with which an act begins; in a name (“Ban Tổ chức”, “Phòng Theo dõi thi hành pháp luật”) they have a capital.
_ACTS = (
    "chủ trì|(?<!Hội đồng )phối hợp|phối kết hợp|thực hiện|tham mưu|triển khai|có trách nhiệm|chịu trách nhiệm|căn cứ|báo cáo|"
    "đôn đốc|rà soát|cập nhật|tăng cường|đẩy mạnh|kiện toàn|bố trí|là (?:cơ quan|đơn vị|đầu mối|bộ phận|thường trực)|tiếp tục|chủ động|"
    "thường xuyên|định kỳ|đề xuất|đăng tải|gửi|hoàn thành|nghiêm túc|quán triệt|phải|cần|khẩn trương|"
    "tham gia|ban hành|quan tâm|nâng cao|tập trung|duy trì|công khai|niêm yết|kịp thời|sẽ|bám sát|"
    "lồng ghép|ưu tiên|soạn thảo|chuẩn bị|(?<![Tt]rợ )giúp|đảm bảo|bảo đảm|phát huy|thống nhất|phân công|để|nhằm|trước|khi|"
    "(?<=Tổng hợp )(?:theo dõi|kiểm tra|xây dựng|hướng dẫn|tổ chức|tuyên truyền|đánh giá)|"
    "được giao|được phân công|trực tiếp|phát động|huy động|tiến hành|cân đối|công bố|tích cực|nắm bắt|xem xét|"
    "tập huấn|xác định|phê duyệt|nhắc nhở|tạo điều kiện|theo đề nghị|theo yêu cầu|theo chức năng|"
    "lập (?:kế hoạch|dự toán|danh sách|báo cáo)|làm (?:đầu mối|tốt|cơ sở)|trong (?:việc|quá trình|công tác|năm|quý|tháng)|"
    "(?<!chương )trình (?:UBND|Ủy ban|lãnh đạo|Lãnh đạo|Giám đốc|Chủ tịch|cấp|HĐND)|(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)"
)
# Acts that are written small in names too: “Sở Thông tin và truyền thông”, “Trung tâm hỗ trợ doanh nghiệp”.
_ACTS_IN_NAMES = (
    "truyền thông|tuyên truyền|kiểm tra|tổ chức(?!,| chính| đoàn| xã| cán bộ)|hỗ trợ|xây dựng|cung cấp|phát hành|thẩm định|đánh giá|giám sát|thống kê|"
    "khảo sát|đào tạo|bồi dưỡng|quản lý|ứng dụng|sử dụng|nghiên cứu|tiếp nhận|giải quyết|xử lý|kết quả|chỉ đạo|hướng dẫn|"
    "theo dõi|vận hành|phổ biến|viết|mở|đăng|in|in ấn|tổng hợp|biên soạn|biên tập|sưu tầm|thu thập"
)
# At the end of a name, without an object, these are no acts: “Phòng Kinh tế xây dựng; Trung tâm Kiểm định xây dựng”.
_AT_END = r"xây dựng|quản lý|thẩm định|truyền thông|thống kê|đào tạo|kiểm định|tổng hợp"
_NOT_AT_END = (
    rf"(?!(?:{_AT_END})\s*(?:[;.]|\Z|,\s*(?:Phòng|Trung tâm|Văn phòng|Thanh tra|Sở|Ban|Chi cục|Cục|Vụ)\s))"
)
_NAME_BEFORE = "Phòng|Ban|ban|Trung tâm|Bộ phận|Quỹ|Ủy ban|Uỷ ban|Vụ|Cục|Tổ|Hội đồng|Đội|Trạm|Viện|Hội|Đài|và|các|hợp|trả|Trả|cục"
_NOT_IN_NAME = "".join(f"(?<!{word} )" for word in _NAME_BEFORE.split("|"))
_ACT = re.compile(
    rf"(?<![\w-])(?:(?:{_ACTS})|{_NOT_IN_NAME}(?<!, ){_NOT_AT_END}(?:{_ACTS_IN_NAMES})|có(?! liên quan| thẩm quyền))(?![\w-])"
)
_FIRM_ACT = re.compile(rf"(?<![\w-])(?:{_ACTS})(?![\w-])")
_ROLE_IN_BRACKETS = re.compile(
    r"\s*\(\s*(?P<role>(?:đơn vị |cơ quan )?(?:chủ trì|phối hợp|tham gia|hỗ trợ)[^()]*)\)", re.I
)
_LONGEST_NAME = 14
_LONGEST_LIST = 45
_NUMBER = re.compile(r"\d{1,2}\s*[.)]\s*(?=[^\W\d])")
# A narrow cell breaks “Văn phòng Sở”; no unit is called so alone.
_LONE_HEADS = {"Sở", "Bộ", "Ban", "Cục", "Vụ", "Viện", "Hội", "Đoàn", "Tổ", "Quỹ", "Trường"}
_LED = re.compile(r"(?<!\w)chủ trì(?!\w)")
_WITH = re.compile(r"(?<!\w)phối(?: kết)? hợp(?: chặt chẽ)?\s+(?:(?:với|cùng)\s+)*")
_GIVEN_TO = re.compile(
    r"(?:(?:đồng thời|ngoài ra|riêng)\s*,?\s*)?(?:giao(?: trách nhiệm| nhiệm vụ)?(?: cho)?|yêu cầu|đề nghị|phân công)\s+",
    re.I,
)
_ONLY_HELPS = re.compile(
    r"\s*(?:tham gia\s+)?phối hợp(?:\s+(?:thực hiện\s+)?theo (?:đề nghị|yêu cầu)|\s+thực hiện\s*\Z|\s*[.;,]?\s*\Z)"
)
_HELPS_LAST = re.compile(r"[^;]*(?<!\w)phối hợp(?:\s+thực hiện)?\W*\Z")
_BULLETS = re.compile(
    r"(?:gạch\s+(?:đầu\s+)?dòng(?:\s+(?:số|thứ))?|(?:nội dung|ý|điểm)\s+(?:số|thứ))\s*(?P<numbers>\d+(?:\s*(?:,|;|và|đến|-|–|&)\s*(?:số\s*)?\d+)*)"
)
_BEFORE_COLON = re.compile(r"(?P<name>[^:]+):.*", re.S)
_ACT_OF_LEAD = re.compile(r"\A[^,;.]*?\s(?:chủ trì|tham mưu|xây dựng|triển khai|tổ chức|thực hiện)(?!\w)")
_NEW_CLAUSE = re.compile(r"(?<=[;.])\s+|(?<=chủ trì),\s+|(?<=thực hiện),\s+|(?<=,)\s+(?=[^\W\d_a-zà-ỹđ])")


@dataclass(frozen=True)
class Assignment:
    """Who answers for a duty, who helps, and the parts where the text gives bullets to units."""

    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    helps_outside: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.leads and not self.partners


def read_assignment(cell: Cell, role: Role = Role.LEAD) -> Assignment:
    """The units of a cell; names without a verb have the role of their column."""
    parts: list[Part] = []
    helps = False
    heading: tuple[int, ...] = ()
    for line in _whole_lines(cell):
        said = without_bullet(line)
        found = read_clause(said, role)
        if found.is_blank:
            heading = read_bullets(said)
            continue
        helps = helps or found.helps_outside
        parts += _parts(said, role, heading if is_sub_bullet(line) else ())
    return _assignment(parts, helps)


def read_unit_column(cell: Cell, role: Role = Role.LEAD) -> Assignment:
    """A column for units lists names: words that elsewhere begin an act belong to a name here."""
    lines = [without_bullet(line) for line in _whole_lines(cell)]
    if not lines or not all(map(_is_list, lines)):
        return read_assignment(cell, role)
    parts = [part for line in lines for part in _listed(line, role)]
    return _assignment(parts, helps=False)


def _is_list(line: str) -> bool:
    bare = _ROLE_IN_BRACKETS.sub("", line)
    if _FIRM_ACT.search(bare) or read_labels(bare) or read_bullets(bare) or ":" in bare:
        return False
    return begins_unit(bare) and all(len(name.split()) <= _LONGEST_NAME for name in split_units(bare))


def _listed(line: str, role: Role) -> Iterator[Part]:
    """“Phòng Nội vụ (chủ trì), Thanh tra huyện (phối hợp)” has a role of its own for each name."""
    start = 0
    for marked in _ROLE_IN_BRACKETS.finditer(line):
        own = Role.LEAD if "chủ trì" in marked["role"].lower() else Role.PARTNER
        yield from (Part(name, own) for name in split_units(line[start : marked.start()]))
        start = marked.end()
    yield from (Part(name, role) for name in split_units(line[start:]))


def _parts(text: str, role: Role, heading: tuple[int, ...]) -> list[Part]:
    """The units of a line with their bullets; one without takes those that the rest of the line names."""
    parts: list[Part] = []
    bullets = heading
    for clause in reversed(_clauses(without_giver(text))):
        bullets = read_bullets(clause) or bullets
        found = _read_one(clause, role)
        here = [Part(unit, Role.LEAD, bullets) for unit in found.leads]
        parts = [*here, *(Part(unit, Role.PARTNER, bullets) for unit in found.partners), *parts]
    return parts


def read_clause(text: str, role: Role = Role.LEAD) -> Assignment:
    """The units of one bullet or sentence, leads and partners."""
    leads: list[str] = []
    partners: list[str] = []
    helps = False
    for clause in _clauses(without_giver(text)):
        one = _read_one(clause, role)
        leads += one.leads
        partners += one.partners
        helps = helps or one.helps_outside
    known = dict.fromkeys(leads)
    return Assignment(
        tuple(known), tuple(name for name in dict.fromkeys(partners) if name not in known), (), helps
    )


def without_giver(text: str) -> str:
    """“Giao Văn phòng Sở chủ trì …” → “Văn phòng Sở chủ trì …”."""
    given = _GIVEN_TO.match(text)
    return text[given.end() :] if given and begins_unit(text[given.end() :]) else text


def units_before_act(text: str) -> tuple[str, ...]:
    """The units that stand before the first act of a sentence."""
    act = _ACT.search(text)
    named = text[: act.start()] if act else text
    return split_units(named) if begins_unit(named.strip()) else ()


def units_alone(text: str) -> tuple[str, ...]:
    """The units of a line that says nothing else: “Các phòng chuyên môn và các đơn vị trực thuộc Sở”."""
    named = units_before_act(text) if len(text.split()) <= _LONGEST_LIST else ()
    return named if sum(map(len, named)) >= len(text) - 6 * len(named) else ()


def _units_after_with(text: str) -> tuple[str, ...]:
    """“phối hợp với cơ quan báo chí của tỉnh truyền thông …”: here a name may begin without a capital."""
    act = _ACT.search(text)
    named = text[: act.start()] if act else text
    return split_units(named) if begins_unit(named) or is_kind_of_unit(named) else ()


def read_bullets(text: str) -> tuple[int, ...]:
    """“gạch đầu dòng số 1 và 2” → 1, 2."""
    found: list[int] = []
    for match in _BULLETS.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"])]
        ranged = re.search(r"\d\s*(?:đến|-|–)\s*(?:số\s*)?\d", match["numbers"])
        found += range(numbers[0], min(numbers[-1], 99) + 1) if ranged else numbers
    return tuple(dict.fromkeys(found))


def _whole_lines(cell: Cell) -> list[str]:
    """The lines of a cell; one that does not begin a unit or a bullet goes on with the line above."""
    whole: list[str] = []
    for line in cell.lines:
        bare = _NUMBER.sub("", line, count=1)
        begins = without_bullet(line) != line or begins_unit(bare) or read_labels(line) or read_bullets(line)
        if (begins and line.rstrip(" .,;") not in _LONE_HEADS) or not whole:
            whole.append(bare if begins_unit(bare) else line)
        else:
            whole[-1] += f" {line}"
    return whole


def _clauses(text: str) -> list[str]:
    clauses: list[str] = []
    for piece in _NEW_CLAUSE.split(text):
        if not clauses or _is_new_clause(clauses[-1], piece):
            clauses.append(piece)
        else:
            clauses[-1] += f" {piece}"
    return clauses


def _is_new_clause(said: str, piece: str) -> bool:
    if said.endswith(","):
        return _hands_over(said, piece)
    if said.endswith(";") and begins_unit(piece) and _HELPS_LAST.match(piece):
        return True
    done = _ACT.search(said) or read_bullets(said)
    return bool(read_labels(piece)) or (begins_unit(piece) and bool(done))


def _hands_over(said: str, piece: str) -> bool:
    """“A tổ chức kiểm tra, B xây dựng kế hoạch”; in “phối hợp với B, C thực hiện” the list only goes on."""
    acts = [match.group() for match in _ACT.finditer(said)]
    return bool(acts) and "phối" not in acts[-1] and begins_unit(piece) and bool(_ACT_OF_LEAD.search(piece))


def _read_one(clause: str, role: Role) -> Assignment:
    labels = read_labels(clause)
    if labels:
        return _labelled(labels[0].column, labels[0].value)
    clause = (
        _BEFORE_COLON.sub(r"\g<name>", clause) if read_bullets(clause) and begins_unit(clause) else clause
    )
    act = _ACT.search(clause)
    if not act:
        return (
            _all_in(split_units(clause), role)
            if begins_unit(clause) or role is Role.PARTNER or _is_name(clause)
            else Assignment()
        )
    first = units_before_act(clause)
    if _ONLY_HELPS.match(clause[act.start() :]):
        return Assignment(partners=first, helps_outside="theo" in clause[act.start() :])
    partners = tuple(
        name for match in _WITH.finditer(clause) for name in _units_after_with(clause[match.end() :])
    )
    if role is Role.PARTNER and not _LED.search(clause):
        return Assignment(partners=(*first, *partners))
    return Assignment(first, partners)


def _labelled(column: Column, value: str) -> Assignment:
    role = Role.PARTNER if column is Column.PARTNERS else Role.LEAD
    return read_clause(value, role)


def _is_name(text: str) -> bool:
    """A short cell with a capital and no verb is a name, though we do not know its kind."""
    return len(text.split()) <= 12 and text[:1].isupper() and not text.rstrip().endswith(":")


def _all_in(names: tuple[str, ...], role: Role) -> Assignment:
    return Assignment(partners=names) if role is Role.PARTNER else Assignment(leads=names)


def _assignment(parts: Iterable[Part], helps: bool) -> Assignment:
    merged: dict[tuple[str, Role], tuple[int, ...]] = {}
    for part in parts:
        own = merged.get((part.unit, part.role), ())
        merged[part.unit, part.role] = tuple(dict.fromkeys((*own, *part.bullets)))
    leads = tuple(unit for unit, role in merged if role is Role.LEAD)
    partners = tuple(unit for unit, role in merged if role is Role.PARTNER and unit not in leads)
    said = tuple(Part(unit, role, bullets) for (unit, role), bullets in merged.items())
    return Assignment(leads, partners, said if any(part.bullets for part in said) else (), helps)
