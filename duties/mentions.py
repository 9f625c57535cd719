"""Mentions: the links, papers, amounts, days and lengths of time named in a message, each found and set aside."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from unicodedata import normalize

from duties.deadline import Offset, OffsetUnit
from duties.spelling import clean, fold

LONGEST = 4000
LINK, PAPER, AMOUNT, DAY, LENGTH = "L", "P", "A", "D", "S"


@dataclass(frozen=True)
class Typed:
    """A message twice, letter under letter: as `said`, and `plain` for comparing; capitals in `plain` are mentions."""

    said: str
    plain: str

    def masked(self, start: int, end: int, sign: str) -> "Typed":
        """With the letters of a mention replaced by its sign, so that no later rule reads them again."""
        return replace(self, plain=self.plain[:start] + sign * (end - start) + self.plain[end:])

    def part(self, start: int, end: int) -> "Typed":
        """What stands there, in both forms."""
        return Typed(self.said[start:end], self.plain[start:end])

    def without(self, start: int, end: int) -> "Typed":
        """The rest of it, when what stands there is taken out."""
        return Typed(self.said[:start] + self.said[end:], self.plain[:start] + self.plain[end:])

    def words(self, start: int, end: int | None = None) -> str:
        """What was said there, without loose punctuation at its ends."""
        return self.said[start:end].strip(" \n,;:.-–")


def typed(text: str) -> Typed:
    """The message line by line, in one spelling; letters that fold to nothing or to two keep their own form."""
    lines = (clean(line) for line in normalize("NFC", text[:LONGEST]).splitlines())
    said = "\n".join(line for line in lines if line)
    return Typed(said, "".join(_plain_letter(letter) for letter in said))


# what stands between quotes is a name or a note: no rule reads words in it
QUOTED = re.compile(r"(?<=“)[^“”\n]+(?=”)|(?<=\")[^\"\n]+(?=\"(?!\w))")


def without_quoted(text: Typed) -> Typed:
    """The same, with the letters between quotes hidden; as said they are still there."""
    for found in QUOTED.finditer(text.plain):
        text = text.masked(*found.span(), "Q")
    return text


def _plain_letter(letter: str) -> str:
    if letter in " \n":
        return letter
    plain = fold(letter)
    return plain if len(plain) == 1 else letter.lower()[:1]


@dataclass(frozen=True)
class DaySaid:
    """A day as typed: the year may be missing, the date may not exist (“31/2”), “ngày 20” has no month."""

    day: int
    month: int | None = None
    year: int | None = None

    def coming(self, today: date) -> date | None:
        """The first such day from today on; None without a month: whoever asks for time must name it."""
        if self.month is None:
            return None
        years = (self.year,) if self.year else (today.year, today.year + 1)
        days = (_date(year, self.month, self.day) for year in years)
        return next((day for day in days if day and (self.year or day >= today)), None)

    def gone(self, today: date) -> date | None:
        """The last such day up to today."""
        months = [self.month] if self.month else [today.month, (today.month - 2) % 12 + 1]
        years = [self.year] if self.year else [today.year, today.year - 1]
        days = [_date(year, month, self.day) for year in years for month in months]
        return max((day for day in days if day and day <= today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


Said = str | DaySaid | Offset | tuple[str, int]


@dataclass(frozen=True)
class Mention:
    """One thing set aside: its sign, where it stands, and what it is."""

    sign: str
    start: int
    end: int
    what: Said


@dataclass(frozen=True)
class Mentions:
    """What was set aside of a message, or of a part of it."""

    all: tuple[Mention, ...] = ()

    def within(self, start: int, end: int) -> "Mentions":
        """Those that begin there."""
        return Mentions(tuple(mention for mention in self.all if start <= mention.start < end))

    def of(self, sign: str) -> tuple[Mention, ...]:
        return tuple(sorted((m for m in self.all if m.sign == sign), key=lambda mention: mention.start))

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(mention.what for mention in self.of(LINK) if isinstance(mention.what, str))

    @property
    def papers(self) -> tuple[str, ...]:
        return tuple(mention.what for mention in self.of(PAPER) if isinstance(mention.what, str))

    @property
    def amounts(self) -> tuple[tuple[str, int], ...]:
        """Each thing once, what was said twice added up."""
        sums: dict[str, int] = {}
        for mention in self.of(AMOUNT):
            if isinstance(mention.what, tuple):
                sums[mention.what[0]] = sums.get(mention.what[0], 0) + mention.what[1]
        return tuple(sums.items())


def set_aside(text: Typed, today: date) -> tuple[Typed, Mentions]:
    """The message with its mentions masked, and the mentions; what is read first hides its letters from the rest."""
    readers: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], Typed], Said]], ...] = (
        (LINK, LINKS, lambda match, text: text.said[match.start() : match.end()]),
        (PAPER, PAPERS, lambda match, text: text.words(match.start(), match.end())),
        (DAY, DAYS, lambda match, _: _day(match, today)),
        (LENGTH, LENGTHS, lambda match, _: _length(match)),
        (AMOUNT, AMOUNTS_BEHIND, lambda match, _: _amount(match)),
        (AMOUNT, AMOUNTS, lambda match, _: _amount(match)),
    )
    found: list[Mention] = []
    for sign, pattern, read in readers:
        for match in pattern.finditer(text.plain):
            found.append(Mention(sign, match.start(), match.end(), read(match, text)))
            text = text.masked(match.start(), match.end(), sign)
    return text, Mentions(tuple(found))


LINKS = re.compile(
    r"(?:(?:https?://|www\.)\S+|(?<![\w@])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}/\S*)(?<![.,;:?!)\]}\"'”])"
)
# “123/BC-VP”, “45/2022/QĐ-UBND”, with the words before them
PAPERS = re.compile(r"(?:\b(?:van ban|cong van|bao cao|to trinh|quyet dinh|ke hoach|cv|bc|so) )?(?:so ?:? ?)?"
                    r"(?<![\w/])\d{1,5}(?:/(?:19|20)\d\d)?/[a-z]{2,}(?:-[a-z0-9&]+)*(?!\w)")  # fmt: skip


# “Sáu” is left out: without its accent it is “sau”, as in “sau ngày 20”.
NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "chin": 9, "muoi": 10}
NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"
LENGTHS = re.compile(rf"(?<![\w/.#])(?P<n>{NUMBER}) ?(?P<unit>ngay lam viec|ngay|hom|tuan|thang)(?! ?\d)(?!\w)"
                     rf"|(?<!\w)(?P<half>nua) (?P<half_of>thang)(?!\w)")  # fmt: skip


def _length(match: re.Match[str]) -> Offset:
    if match["half"]:
        return Offset(15, OffsetUnit.DAY)
    n = NUMBERS.get(match["n"]) or int(match["n"])
    match match["unit"]:
        case "thang":
            return Offset(n, OffsetUnit.MONTH)
        case "ngay lam viec":
            return Offset(n, OffsetUnit.WORKING_DAY)
        case "tuan":
            return Offset(n * 7, OffsetUnit.DAY)
        case _:
            return Offset(n, OffsetUnit.DAY)


AMOUNT_OF = {
    "tin": "tin", "tin bai": "tin bài", "bai viet": "bài viết", "bai": "bài", "hoi nghi": "hội nghị",
    "hoi thao": "hội thảo", "lop tap huan": "lớp tập huấn", "lop": "lớp", "cuoc hop": "cuộc họp", "cuoc": "cuộc",
    "buoi": "buổi", "nguoi": "người", "luot nguoi": "lượt người", "luot": "lượt", "can bo": "cán bộ",
    "van ban": "văn bản", "bao cao": "báo cáo", "ke hoach": "kế hoạch", "ho so": "hồ sơ", "thu tuc": "thủ tục",
    "tthc": "thủ tục", "video": "video", "clip": "clip", "phong su": "phóng sự", "chuyen muc": "chuyên mục",
    "chuyen de": "chuyên đề", "ban tin": "bản tin", "pano": "pano", "pa no": "pano", "to roi": "tờ rơi",
    "ap phich": "áp phích", "bang ron": "băng rôn", "cau hoi": "câu hỏi", "y kien": "ý kiến", "san pham": "sản phẩm",
    "sang kien": "sáng kiến", "mo hinh": "mô hình", "file": "tệp", "tep": "tệp", "anh": "ảnh", "trang": "trang",
    "viec": "việc", "nhiem vu": "nhiệm vụ", "dau viec": "đầu việc", "dot": "đợt", "hoc vien": "học viên",
    "dai bieu": "đại biểu", "cuoc thi": "cuộc thi", "chuong trinh": "chương trình", "tai lieu": "tài liệu",
    "khau hieu": "khẩu hiệu", "toa dam": "tọa đàm", "tin nhan": "tin nhắn", "luot xem": "lượt xem",
    "luot truy cap": "lượt truy cập", "luot tiep can": "lượt tiếp cận", "an pham": "ấn phẩm",
    "infographic": "infographic", "hoc sinh": "học sinh", "sinh vien": "sinh viên",
}  # fmt: skip
# “Tin: 4, bài: 2”: only what nobody would call one obligation by.
COUNTED_FIRST = (
    "bai viet",
    "tin bai",
    "bai",
    "tin",
    "hoi nghi",
    "hoi thao",
    "lop tap huan",
    "luot nguoi",
    "nguoi",
    "video",
)
AMOUNTS_BEHIND = re.compile(
    rf"(?<!\w)(?<!\d )(?P<what>{'|'.join(COUNTED_FIRST)}) ?[:=] ?(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})(?![\w/.%]|,\d| ?[a-z])"
)
AMOUNTS = re.compile(
    rf"(?<![\w.#%])(?<!\d[/-])(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}) ?(?P<what>{'|'.join(sorted(AMOUNT_OF, key=len, reverse=True))})(?!\w)"
)


def _amount(match: re.Match[str]) -> tuple[str, int]:
    return AMOUNT_OF[match["what"]], int(match["n"].replace(".", ""))


WEEKDAYS = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tu": 2,
    "4": 2,
    "nam": 3,
    "5": 3,
    "sau": 4,
    "6": 4,
    "bay": 5,
    "7": 5,
}
QUARTERS = {"i": 1, "1": 1, "ii": 2, "2": 2, "iii": 3, "3": 3, "iv": 4, "4": 4}
DAYS = re.compile(
    r"(?<![\w/.#-])(?:"
    r"(?:ngay )?(?P<d1>\d{1,2})/(?P<m1>\d{1,2})(?:/(?P<y1>20\d\d|\d\d))?(?![\w/])"
    r"|(?:ngay )?(?P<d2>\d{1,2})[-.](?P<m2>\d{1,2})[-.](?P<y2>20\d\d)(?!\w)"
    r"|(?:ngay|(?:(?<=lui )|(?<=den )|(?<=toi )|(?<=sang ))(?:ngay)?) ?(?P<d3>\d{1,2})[-.](?P<m3>\d{1,2})(?![\w.-]|/)"
    r"|(?:ngay |mung )?(?P<d4>\d{1,2}) thang (?P<m4>\d{1,2})(?: nam (?P<y4>20\d\d))?(?!\w)"
    r"|(?:ngay|mung) (?P<d5>\d{1,2})(?! ?\w| ?%)"
    r"|(?:cuoi|het) thang(?: (?P<end_month>1[0-2]|0?[1-9])| (?P<end_next>sau|toi)| nay| (?!\d))?(?! ?\d)(?!\w)"
    r"|(?:cuoi|het) quy(?: (?P<end_quarter>iv|iii|ii|i|[1-4])| nay)?(?!\w)"
    r"|(?:cuoi|het) (?P<year_end>nam)(?: nay)?(?!\w)"
    r"|(?:cuoi|het) (?P<week_end>tuan)(?: (?P<week_next>sau|toi)| nay)?(?!\w)"
    r"|thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])(?: tuan)? (?P<of>nay|sau|toi)(?!\w)"
    r"|(?P<near>hom kia|hom qua|hom nay|ngay mai|ngay kia)(?!\w))"
)
NEAR = {"hom kia": -2, "hom qua": -1, "hom nay": 0, "ngay mai": 1, "ngay kia": 2}


def _day(match: re.Match[str], today: date) -> DaySaid:
    part = match.groupdict()
    for form in "1234":
        if part[f"d{form}"]:
            return _stated(int(part[f"d{form}"]), int(part[f"m{form}"]), part.get(f"y{form}"))
    if part["d5"]:
        return DaySaid(int(part["d5"]))
    return _whole(_relative(part, match.group(), today))


def _stated(day: int, month: int, year: str | None) -> DaySaid:
    """Two figures of a year are 20xx."""
    return DaySaid(day, month, (int(year) if len(year) == 4 else 2000 + int(year)) if year else None)


def _whole(day: date) -> DaySaid:
    return DaySaid(day.day, day.month, day.year)


def _relative(part: dict[str, str | None], words: str, today: date) -> date:
    if part["near"]:
        return today + timedelta(NEAR[part["near"]])
    if part["weekday"] or part["week_end"]:
        weekday = WEEKDAYS[part["weekday"]] if part["weekday"] else 4
        monday = today - timedelta(today.weekday())
        later = part["week_next"] or (part["of"] in ("sau", "toi"))
        return monday + timedelta(weekday + (7 if later else 0))
    if part["year_end"]:
        return date(today.year, 12, 31)
    if " quy" in words:
        quarter = QUARTERS[part["end_quarter"]] if part["end_quarter"] else (today.month + 2) // 3
        return _end_of_month(today, quarter * 3)
    return _end_of_month(today, int(part["end_month"] or 0) or today.month + bool(part["end_next"]))


def _end_of_month(today: date, month: int) -> date:
    """The last day of that month: this year's, or next year's when that has passed or the month runs over."""
    year, month = (today.year + (month - 1) // 12, (month - 1) % 12 + 1)
    if (year, month) < (today.year, today.month):
        year += 1
    return date(year, month, monthrange(year, month)[1])
