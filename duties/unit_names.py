"""Names of units as they are printed: where one begins, and how a list of them divides."""

import re

# A proper name begins with one of these, written with a capital.
_HEADS = (
    "Bộ phận|Bộ(?! máy| luật| thủ tục| tiêu chí| chỉ số| TTHC| nhận diện)|Sở(?! hữu| trường)|Ban(?! hành| đầu)|BBT|BQL|"
    "Phòng(?!,? chống| ngừa)|P\\.|Văn phòng(?! phẩm)|VP|Thanh tra(?!, kiểm tra)|Trung tâm|TT|Chi cục|Tổng cục|Cục|Vụ(?! việc)|"
    "Viện|Trường(?! hợp)|Đài|Báo(?! cáo| chí)|Công an|Công đoàn|CĐCS|Đoàn(?! viên| kết)|Hội(?! nghị| thảo| thi| nhập)|Liên đoàn|"
    "Liên minh|Liên hiệp|Mặt trận|Ủy ban|Uỷ ban|UBND|UBMTTQ|HĐND|Quỹ|Kho bạc|Ngân hàng|Bảo hiểm|Tòa án|Toà án|Tỉnh ủy|Tỉnh uỷ|"
    "Thành ủy|Thành uỷ|Huyện ủy|Đảng ủy|Đảng uỷ|Đảng bộ|Chi bộ|Tổ(?! chức| quốc)|Đội(?! ngũ)|Hạt|Trạm|Bệnh viện|Thư viện|Bảo tàng|"
    "Tập đoàn|Tổng công ty|Công ty|Học viện|Đại học|Cơ quan|Đơn vị|Lãnh đạo(?!, chỉ đạo)|Giám đốc|Cổng|Tạp chí|Kiểm toán|"
    "TAND|VKSND|Thường trực|Chủ tịch|Thủ trưởng|Trưởng(?! thành)|Chánh|Bí thư|Tỉnh đoàn|"
    "Công chức(?!,)|Chuyên viên|Đ/c|Đồng chí"
)
_KINDS = (
    "phòng|đơn vị|cơ quan|sở|ban|bộ|ngành|địa phương|trung tâm|chi cục|cục|vụ|viện|trường|huyện|thị xã|thành phố|xã|"
    "phường|tổ|đoàn thể|hội|chi bộ|đảng bộ|chi đoàn|công đoàn|tập đoàn|công ty|doanh nghiệp|khoa|báo|đài"
)
_PROPER = re.compile(rf"(?:{_HEADS})(?![\w])")
_PLURAL = re.compile(rf"(?:(?:tất cả|toàn bộ)\s+)?(?:các|những|mọi)\s+(?:{_KINDS})(?!\w)", re.I)
_PLAIN = re.compile(rf"(?:{_KINDS})(?!\w)", re.I)
_BARE_COLLECTIVE = re.compile(rf"(?:{_KINDS})\Z", re.I)
_ACRONYM = re.compile(r"[A-ZĐ][A-ZĐ&]{1,9}\Z")
_DIVIDER = re.compile(r"\s*([,;]|\n|\s(?:và|cùng|&)\s)\s*")
# “Bộ Thông tin và Truyền thông Bộ Khoa học”: the same capital head again, and no word before it that would join it.
_TWICE = re.compile(
    r"(?<!Văn phòng)(?<!Thanh tra)(?<!của)(?<!thuộc)(?<!và)(?<!các)\s+(?=(?:Bộ|Sở|Phòng|Trung tâm|Chi cục|Cục|Vụ)\s)"
)
# “Văn phòng HĐND và UBND huyện” is one office of two houses.
_OF_TWO_HOUSES = re.compile(r"^Văn phòng (?:HĐND|Hội đồng nhân dân|Đoàn ĐBQH|Đoàn đại biểu Quốc hội)\Z")
_EDGE = " \t\n.,;:…"


def begins_unit(text: str) -> bool:
    """Whether a unit's name begins here: a proper one, or “các phòng…”."""
    return bool(_PROPER.match(text) or _PLURAL.match(text))


def is_plural(name: str) -> bool:
    """“Các phòng …”, “tất cả các đơn vị …”."""
    return bool(_PLURAL.match(name))


def is_kind_of_unit(text: str) -> bool:
    """“cơ quan báo chí …”, “phòng chuyên môn …”: a kind of unit, without a capital."""
    return bool(_PLAIN.match(text))


def unit_starts(text: str) -> list[int]:
    """The places in running words where a unit's name begins."""
    starts = (match.start() for match in re.finditer(r"(?<![\w-])\w", text))
    return [place for place in starts if begins_unit(text[place:])]


def split_units(text: str) -> tuple[str, ...]:
    """A printed list of units, divided only where a new unit begins."""
    pieces = _DIVIDER.split(text.strip(_EDGE))
    names = [pieces[0]]
    for divider, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        bare = re.sub(r"^[-–+•]\s*", "", piece)
        if _divides(divider.strip() or divider, names[-1], piece, bare):
            names.append(bare)
        else:
            names[-1] += _joint(divider) + piece
    cleaned = (name.strip(_EDGE).lstrip("-–+• ") for whole in names for name in _untangled(whole))
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _joint(divider: str) -> str:
    word = divider.strip()
    return f"{word} " if word in {",", ";"} else f" {word} " if word else " "


def _divides(divider: str, before: str, piece: str, bare: str) -> bool:
    if not bare:
        return False
    if divider == ";" or (divider == "\n" and bare != piece):
        return True
    if _ACRONYM.match(bare):
        return divider == "," or bool(_ACRONYM.match(before))
    if _OF_TWO_HOUSES.search(before) and divider not in {",", ";"}:
        return False
    return begins_unit(bare) and not (_is_collective_so_far(before) and _BARE_COLLECTIVE.match(bare))


def _is_collective_so_far(name: str) -> bool:
    return is_plural(name) or bool(_BARE_COLLECTIVE.match(name.split(",")[0]))


def _untangled(name: str) -> list[str]:
    """Two names with nothing between them."""
    head = _PROPER.match(name)
    if not head or head.group() not in {"Bộ", "Sở", "Phòng", "Trung tâm", "Chi cục", "Cục", "Vụ"}:
        return [name]
    return [part for part in _TWICE.split(name) if part]
