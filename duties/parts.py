"""Parts: a phrase cut into what it says of time (dates, rhythms, “thường xuyên”) and what stands between."""

from dataclasses import dataclass, replace
from datetime import time

from duties.deadline import Offset, Reading
from duties.lexicon import (
    ALWAYS,
    BEFORE,
    BY,
    DANGER,
    EVERY,
    HARMLESS,
    IN,
    MONTH_COUNTS,
    OTHER_PLANS,
    PAPERS,
    REQUESTS,
    UNITS,
)
from duties.moments import (
    FIRST,
    PLAN_YEAR,
    Counted,
    Day,
    Named,
    Point,
    Range,
    Unclear,
    Unit,
    Weekday,
    YearRef,
)
from duties.phrases import Phrase
from duties.points import (
    Found,
    clock,
    full_year,
    number,
    offset,
    point,
    quarter_number,
    rule,
    weekday,
    year_of,
)


@dataclass(frozen=True, slots=True)
class When:
    """One or more moments under one “trước” or “chậm nhất”."""

    points: tuple[Point, ...]
    before: bool = False
    governed: bool = False
    at: time | None = None
    by_hour: bool = False
    window: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it names periods (“Quý II”) and not days."""
        return isinstance(self.points[0], Named)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """“hằng tháng, quý, năm”; `every` where the word “hằng” stands before it, and not only “báo cáo năm”."""

    units: tuple[Unit, ...]
    year: YearRef = PLAN_YEAR
    every: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A reading without a date."""

    reading: Reading
    event: str = ""
    offset: Offset | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """“từ ngày 22/3/2025” and no end."""


@dataclass(frozen=True, slots=True)
class Hour:
    at: time | None


@dataclass(frozen=True, slots=True)
class Later:
    """“và các năm tiếp theo”."""


@dataclass(frozen=True, slots=True)
class Vague:
    """“định kỳ” without a rhythm, “đầu năm học”: understood to be too little."""

    words: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A word that could change a date and was not understood."""

    words: str


@dataclass(frozen=True, slots=True)
class About:
    """“đối với báo cáo …”: what follows names the period of a date, and is no date itself."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """“chốt số liệu”: the date that follows closes the data and is not the one due."""


@dataclass(frozen=True, slots=True)
class Sep:
    sign: str


@dataclass(frozen=True, slots=True)
class Word:
    """Anything that cannot change a date."""

    verb: bool = False


Part = When | Rhythm | Mark | Start | Hour | Later | Vague | Odd | About | Cutoff | Sep | Word

_SIGNS = frozenset({",", ";", ".", ":", "(", ")", "/", "-", "+", "&", "và", "hoặc", "hay", "[", "]"})
_LIST_SIGNS = frozenset({",", ";", "và", "&", "+"})
_TO = ("đến", "tới", "-")
_NEW_CLAUSE = frozenset(["bao", "gui", "thuc", "to", "hoan", "tong", "dinh", "nop", "trinh", "trien", "tham"])


def parts_of(phrase: Phrase) -> list[Part]:
    """Read a phrase from left to right; each token ends in exactly one part."""
    found: list[Part] = []
    place = 0
    while place < len(phrase.tokens):
        part, end = _next(phrase, place)
        found.append(part)
        place = max(end, place + 1)
    return found


def _next(phrase: Phrase, place: int) -> tuple[Part, int]:
    for read in (_paper, _since, _offset_from, _mark, _later, _rhythm, _when, _hour, _about, _vague):
        part = read(phrase, place)
        if part is not None:
            return part
    return _leftover(phrase, place)


# --- what cannot change a date


@rule
def _paper(phrase: Phrase, place: int) -> Found[Part]:
    """“12/QĐ-UBND ngày 15/8/2024 của Thủ tướng”, “Nghị quyết … ngày …”: the date of a document is no deadline."""
    end = _document_number(phrase, place)
    if not end:
        return None
    after = phrase.skip(end, ",", "(")
    dated = point(phrase, after) if phrase[after].word in ("ngày", "năm") else None
    return Word(), (dated[1] if dated else end)


def _document_number(phrase: Phrase, place: int) -> int:
    """The end of “12/QĐ-UBND”, “09/2019/NĐ-CP”, “số 127-KL/TW”, “khoản 2”, “Điều 12”; 0 for none."""
    if (
        phrase[place].fold in ("so", "khoan", "dieu", "muc", "phu", "mau", "diem", "bieu")
        and phrase[place].word != "tháng"
    ):
        step = place + 2 if phrase[place + 1].fold in ("luc", "so") else place + 1
        if phrase[step].is_number and phrase[step].word != "ngày":
            return _code(phrase, step) or step + 1
        return 0
    if phrase[place].fold + " " + phrase[place + 1].fold in PAPERS and phrase[place + 2].is_number:
        return _code(phrase, place + 2)
    return _code(phrase, place) if phrase[place].is_number else 0


def _code(phrase: Phrase, place: int) -> int:
    """Figures and signs that end in letters without a space: a document's number."""
    end, lettered = place + 1, False
    while phrase[end].joined and (
        phrase[end].word in ("/", "-", ".") or phrase[end].is_letters or phrase[end].is_number
    ):
        lettered = lettered or (
            phrase[end].is_letters and phrase[end - 1].word in ("/", "-") and not phrase[end].word
        )
        end += 1
    return end if lettered else 0


def _leftover(phrase: Phrase, place: int) -> tuple[Part, int]:
    token = phrase[place]
    if token.word in _SIGNS:
        return Sep(token.word), place + 1
    taken = phrase.longest_folded(place, HARMLESS)
    if taken:
        return Word(verb=token.fold in _NEW_CLAUSE), place + taken
    if token.is_number:
        return (Odd(token.raw) if _number_could_matter(phrase, place) else Word()), place + 1
    if token.word in DANGER:
        return Odd(phrase.words(place, place + 1)), place + 1
    return Word(verb=token.fold in _NEW_CLAUSE), place + 1


def _number_could_matter(phrase: Phrase, place: int) -> bool:
    """A number before a plain noun counts things (“02 hội nghị”); any other could be a day."""
    after = phrase[place + 1]
    plain = after.is_letters and after.word not in DANGER and after.word not in ("và", "đến", "từ", "của")
    return not (plain or after.word == "%")


# --- dates


@rule
def _when(phrase: Phrase, place: int) -> Found[Part]:
    """A governor, perhaps an hour, and a list or a range of moments."""
    before, governed, start = _governor(phrase, place)
    hours = _hours(phrase, start)
    at, start = hours or (None, start)
    first = point(phrase, _past_article(phrase, start))
    if first is None:
        return None
    if phrase[place].word == "tuần" or (
        isinstance(first[0], Day) and first[0].month is None and phrase[first[1]].word in ("/", "làm")
    ):
        return None
    points, end = _members(phrase, *first)
    when = When(points, before and not hours, governed, at, by_hour=hours is not None)
    if before and isinstance(points[0], Range):
        raise Unclear("“trước” một khoảng thời gian: chưa rõ ngày cuối")
    return when, end


def _governor(phrase: Phrase, place: int) -> tuple[bool, bool, int]:
    """“trước”, “chậm nhất là”, “xong trước”, “trong”: whether before, whether named, and where it ends."""
    before = governed = False
    while True:
        strict, by, plain = (phrase.longest(place, table) for table in (BEFORE, BY, IN))
        if not (strict or by or plain):
            return before, governed, place
        before, governed = before or bool(strict), governed or bool(strict or by)
        place += max(strict, by, plain)


def _past_article(phrase: Phrase, place: int) -> int:
    """Past “giai đoạn”, “các”, “các ngày”, “sáng”, “chiều”, “kỳ” before the moment itself."""
    if phrase.has(place, ("giai", "đoạn")):
        return phrase.skip(place + 2, "từ", ":")
    return phrase.skip(place, "các", "những", "sáng", "chiều", "trưa", "tối", "buổi")


def _hours(phrase: Phrase, place: int) -> Found[time | None]:
    """“17h00 ngày …”, “00 giờ 00 đến 00 giờ 15, ngày …”: the end of a span of hours."""
    first = clock(phrase, place)
    if first is None:
        return None
    end = first[1]
    second = clock(phrase, phrase.skip(end, "đến", "tới", "-")) if phrase[end].word in _TO else None
    at, end = second or first
    return at, phrase.skip(end, ",", "của", "trong", "vào")


def _members(phrase: Phrase, first: Point, place: int) -> tuple[tuple[Point, ...], int]:
    """A list or a range that begins with this moment; years and months flow back to members without."""
    found, end = [first], place
    while True:
        ranged = _range_end(phrase, found[-1], end)
        if ranged:
            found[-1], end = ranged
            continue
        member = _list_member(phrase, found[-1], end)
        if member is None:
            return _completed(found), end
        found.append(member[0])
        end = member[1]


def _range_end(phrase: Phrase, start: Point, place: int) -> Found[Point]:
    if phrase[place].word not in _TO or isinstance(start, Range):
        return None
    _, _, begin = _governor(phrase, place + 1)
    hours = _hours(phrase, begin)
    begin = hours[1] if hours else begin
    finish = _bare_member(phrase, start, begin) or point(phrase, _past_article(phrase, begin))
    return (Range(_borrow(start, finish[0]), finish[0]), finish[1]) if finish else None


def _list_member(phrase: Phrase, last: Point, place: int) -> Found[Point]:
    start = phrase.skip(place, *_LIST_SIGNS)
    slash = phrase[place].word == "/" and isinstance(last, Named)
    if start == place and not slash:
        return None
    bare = _bare_member(phrase, last, start + slash)
    if bare or slash:
        return bare
    if (
        phrase[start].word in ("trước", "đến", "từ")
        or phrase.has(start, ("chậm", "nhất"))
        or _later(phrase, start)
    ):
        return None
    found = point(
        phrase, _past_article(phrase, phrase.skip(start, "cuối") if _ends(phrase, start) else start)
    )
    return found if found and _same_kind(last, found[0]) else None


def _ends(phrase: Phrase, place: int) -> bool:
    """“và cuối quý IV”, “cuối tháng 6”: the end of a period is its last day anyway."""
    return phrase[place].word == "cuối" and phrase[place + 1].word in ("quý", "tháng")


def _same_kind(one: Point, other: Point) -> bool:
    last = one.end if isinstance(one, Range) else one
    return isinstance(other, type(last))


def _bare_member(phrase: Phrase, last: Point, place: int) -> Found[Point]:
    """“IV” after “Quý II”, “9” after “tháng 3”, “10” after “ngày 5”."""
    last = last.end if isinstance(last, Range) else last
    if isinstance(last, Named) and not last.is_year and _is_bare_year(phrase, place):
        return Named(1, 12), place + 1
    if (
        isinstance(last, Named)
        and last.last - last.first == 2
        and phrase[place].word not in ("quý", "một", "nhất")
    ):
        return _bare_quarter(phrase, last, place)
    token = phrase[place]
    if not token.is_number or len(token.raw) > 2 or not isinstance(last, Named | Day):
        return None
    if isinstance(last, Named):
        return _bare_month(phrase, last, place) if last.first == last.last else None
    if (
        last.month is None
        and phrase[place + 1].word not in ("/", "-", ".", "giờ", "ngày")
        and point(phrase, place) is None
    ):
        return Day(token.value or 0, None), place + 1
    return None


def _is_bare_year(phrase: Phrase, place: int) -> bool:
    """The “năm” of “6 tháng cuối năm, năm”."""
    after = phrase[place + 1]
    return phrase[place].word == "năm" and not after.is_letters and not after.is_number


def _bare_quarter(phrase: Phrase, last: Named, place: int) -> Found[Point]:
    if phrase[place].is_number and (
        len(phrase[place].raw) > 1 or phrase[place + 1].word in ("tháng", "lần", "ngày")
    ):
        return None
    quarter = quarter_number(phrase, place)
    if quarter is None or (
        phrase[quarter[1]].word in ("/", ".")
        and phrase[quarter[1] + 1].is_number
        and not full_year(phrase, quarter[1] + 1)
    ):
        return None
    year, end = year_of(phrase, quarter[1]) or (PLAN_YEAR, quarter[1])
    return Named(quarter[0] * 3 - 2, quarter[0] * 3, year, last.edge), end


def _bare_month(phrase: Phrase, last: Named, place: int) -> Found[Point]:
    after = phrase[place + 1].word
    if after in ("tháng", "lần", "ngày", "giờ") or (after == "/" and not full_year(phrase, place + 2)):
        return None
    month = phrase[place].value or 0
    if not 1 <= month <= 12:
        raise Unclear(f"không có tháng {month}")
    year, end = year_of(phrase, place + 1) or (PLAN_YEAR, place + 1)
    return Named(month, month, year, last.edge), end


def _completed(found: list[Point]) -> tuple[Point, ...]:
    """“ngày 5, 10 tháng 6”, “tháng 10, 11 năm 2025”: the last member lends its month and its year."""
    done = [found[-1]]
    for member in reversed(found[:-1]):
        done.append(_borrow(member, done[-1]))
    return tuple(reversed(done))


def _borrow(member: Point, lender: Point) -> Point:
    if isinstance(lender, Range):
        lender = lender.start or lender.end
    if (
        isinstance(member, Day)
        and member.month is None
        and isinstance(lender, Day)
        and lender.month is not None
    ):
        if member.day == FIRST and (lender.day, lender.month) == (31, 12):
            return replace(lender, day=1, month=1, weekday=None)
        return replace(lender, day=member.day, weekday=None)
    return member


# --- from … to


@rule
def _since(phrase: Phrase, place: int) -> Found[Part]:
    """“từ A đến B”, “từ A”, “từ ngày nhận được …”, “từ nay đến B”."""
    start = _past_from(phrase, place)
    if not start:
        return _only_after(phrase, place)
    hours = _hours(phrase, start)
    begin = hours[1] if hours else start
    first = point(phrase, _past_article(phrase, begin)) or _bare_weekday(phrase, begin)
    if first is None:
        return _from_an_event(phrase, start) if hours is None else _hours_alone(*hours)
    return _to(phrase, first, hours)


def _bare_weekday(phrase: Phrase, place: int) -> Found[Point]:
    """“từ thứ Hai đến Chủ nhật của tuần báo cáo”."""
    day = weekday(phrase, phrase.skip(place, "ngày"))
    return (Weekday(day[0]), day[1]) if day else None


def _only_after(phrase: Phrase, place: int) -> Found[Part]:
    """“sau năm 2028”: a beginning."""
    beginning = point(phrase, place + 1) if phrase[place].word == "sau" else None
    return (Start(), beginning[1]) if beginning else None


def _past_from(phrase: Phrase, place: int) -> int:
    start = place
    if phrase.has(start, ("bắt", "đầu")):
        start += 2
    start = phrase.skip(start, "kể", "tính")
    return start + 1 if phrase[start].word == "từ" else 0


def _to(phrase: Phrase, first: tuple[Point, int], hours: tuple[time | None, int] | None) -> Found[Part]:
    opening, end = first
    listed = _bare_member(phrase, opening, end + 1) if phrase[end].word == "-" else None
    finish = listed or _finish(phrase, end)
    if finish is None:
        return _without_end(phrase, opening, end, hours)
    closing, after = finish[0], finish[1]
    at = _closing_hour(phrase, end)
    return When(
        (Range(_borrow(opening, closing), closing),),
        governed=True,
        at=at,
        by_hour=at is not None,
        window=True,
    ), after


def _finish(phrase: Phrase, place: int) -> Found[Point]:
    start = (
        phrase.skip(place, ",", "và", "kết")
        if phrase.has(phrase.skip(place, ",", "và"), ("kết", "thúc"))
        else phrase.skip(place, ",")
    )
    if phrase[start].word not in (*_TO, "cho", "thúc"):
        return None
    _, _, begin = _governor(phrase, phrase.skip(start, "-", "thúc", "cho"))
    hours = _hours(phrase, begin)
    return point(phrase, _past_article(phrase, hours[1] if hours else begin))


def _closing_hour(phrase: Phrase, place: int) -> time | None:
    _, _, begin = _governor(phrase, phrase.skip(place, ",", "-"))
    hours = _hours(phrase, begin)
    return hours[0] if hours else None


def _without_end(
    phrase: Phrase, opening: Point, end: int, hours: tuple[time | None, int] | None
) -> Found[Part]:
    if phrase[end].word in ("đến", "tới") or phrase.has(end, ("cho", "đến")):
        after = phrase.skip(end, "cho", "đến", "tới")
        if phrase[after].word in ("khi", "lúc"):
            stop = _tail(phrase, after + 1)
            return Mark(Reading.AFTER_EVENT, phrase.words(after + 1, stop)), stop
        return Odd(phrase.words(end, after + 1)), after + 1
    if hours is not None and phrase[hours[1] - 1].word not in ("từ",):
        return When((opening,), governed=True, at=hours[0], by_hour=True), end
    return Start(), phrase.skip(end, "trở", "đi")


def _hours_alone(at: time | None, end: int) -> Found[Part]:
    return Hour(at), end


def _from_an_event(phrase: Phrase, place: int) -> Found[Part]:
    """“từ nay đến B”, “từ ngày Quyết định có hiệu lực đến hết B”, or the event itself."""
    if phrase[place].word == "nay" and phrase[place + 1].word in ("đến", "tới"):
        finish = _finish(phrase, place + 1)
        return (When((Range(None, finish[0]),), governed=True), finish[1]) if finish else None
    if phrase[place].word not in ("ngày", "khi", "lúc", "thời"):
        return None
    begin = phrase.skip(place, "ngày", "khi", "lúc", "thời", "điểm")
    for stop in range(begin, _tail(phrase, begin)):
        if phrase[stop].word not in ("đến", "tới"):
            continue
        if phrase[stop + 1].word in ("khi", "lúc"):
            return _event(phrase, stop + 2, None)
        finish = _finish(phrase, stop)
        if finish:
            return When((Range(None, finish[0]),), governed=True), finish[1]
    return _event(phrase, begin, None)


def _event(phrase: Phrase, begin: int, counted: Offset | None) -> Found[Part]:
    stop = _tail(phrase, begin)
    return (Mark(Reading.AFTER_EVENT, phrase.words(begin, stop), counted), stop) if stop > begin else None


@rule
def _offset_from(phrase: Phrase, place: int) -> Found[Part]:
    """“trong vòng 05 ngày làm việc kể từ ngày nhận …”, “sau 30 ngày kể từ …”, “15 ngày kể từ ngày 01/6/2026”."""
    start, announced = _past_within(phrase, place)
    first = offset(phrase, start)
    if first is None:
        return None
    counted, end = offset(phrase, first[1]) or first
    if phrase[end].word == "hoặc" and offset(phrase, end + 1):
        raise Unclear("có hai thời hạn nối bằng “hoặc”")
    begin = _past_since(phrase, phrase.skip(end, ","))
    if begin:
        return _counted(phrase, begin, counted)
    if announced and phrase[place].word not in ("trong",):
        return None
    if announced and start - place > 1:
        raise Unclear("chưa rõ tính từ ngày nào")
    return None


def _past_within(phrase: Phrase, place: int) -> tuple[int, bool]:
    """Past “trong vòng”, “trong thời hạn”, “không quá”, “chậm nhất là”, “sau”, “tối đa”."""
    start = place
    if phrase[start].word == "sau" and phrase[start + 1].is_number:
        return start + 1, True
    _, governed, start = _governor(phrase, start)
    start = phrase.skip(start, "vòng", "thời", "hạn", "gian", "tối", "đa", "khoảng")
    return start, governed or start > place


def _past_since(phrase: Phrase, place: int) -> int:
    """Past “kể từ (ngày/khi/thời điểm)”, “sau khi”, “từ ngày”; 0 where none of them stands."""
    if phrase.has(place, ("sau", "khi")) or phrase.has(place, ("sau", "ngày")):
        return place + 1
    start = phrase.skip(place, "kể", "tính")
    if phrase[start].word == "từ" or (start > place and phrase[start].word in ("ngày", "khi")):
        return phrase.skip(start, "từ")
    return 0


def _counted(phrase: Phrase, begin: int, counted: Offset | None) -> Found[Part]:
    real = point(phrase, begin) if phrase[begin].word == "ngày" else None
    if real and isinstance(real[0], Day) and real[0].month and counted:
        return When((Counted(real[0], counted),), governed=True), real[1]
    return _event(phrase, phrase.skip(begin, "ngày", "khi", "lúc", "thời", "điểm"), counted)


# --- readings without a date


@rule
def _mark(phrase: Phrase, place: int) -> Found[Part]:
    taken = phrase.longest_folded(place, ALWAYS)
    if taken:
        return Mark(Reading.ONGOING), place + taken
    taken = phrase.longest_folded(place, REQUESTS)
    if taken:
        return Mark(Reading.ON_REQUEST), _tail(phrase, place + taken)
    if phrase[place].word in EVERY and phrase[place + 1].word == "ngày":
        return Mark(Reading.ONGOING), place + 2
    return _other_plan(phrase, place) or _after(phrase, place)


def _other_plan(phrase: Phrase, place: int) -> Found[Part]:
    if phrase[place].word != "theo":
        return None
    taken = phrase.longest_folded(place + 1, OTHER_PLANS)
    return (Mark(Reading.OTHER_PLAN), _tail(phrase, place + 1 + taken, nouns=True)) if taken else None


def _after(phrase: Phrase, place: int) -> Found[Part]:
    """“sau khi …”, “ngay sau khi …”, “đến khi …”."""
    start = phrase.skip(place, "ngay")
    if phrase.has(start, ("sau", "khi")) or phrase.has(start, ("đến", "khi")):
        return _event(phrase, start + 2, None)
    return None


def _tail(phrase: Phrase, place: int, nouns: bool = False) -> int:
    """Where the words that belong to an event, a request or another plan end: at a new clause."""
    for stop in range(place, len(phrase.tokens)):
        phrase.applied += 1
        word = phrase[stop].word
        if word in (";", "(") or (word == "." and not phrase[stop + 1].joined):
            return stop
        if word in (",", "và", "hoặc", "+") and _opens_clause(phrase, stop + 1, nouns):
            return stop
        if _is_governed_date(phrase, stop):
            return stop
    return len(phrase.tokens)


def _opens_clause(phrase: Phrase, place: int, nouns: bool) -> bool:
    """Whether a reading, a rhythm, a date or a verb of reporting begins here."""
    start = phrase.skip(place, "và", "hoặc", ",")
    if phrase.longest_folded(start, ALWAYS) or phrase.longest_folded(start, REQUESTS):
        return True
    if phrase[start].word in EVERY or phrase[start].word == "định" or _is_governed_date(phrase, start):
        return True
    return phrase[start].fold in _NEW_CLAUSE and (
        nouns or phrase[start].fold in ("bao", "gui", "hoan", "nop")
    )


def _is_governed_date(phrase: Phrase, place: int) -> bool:
    """“trước ngày 15/3”: a date that a word like “trước” or “chậm nhất” marks as due."""
    if phrase[place].word not in ("trước", "chậm", "muộn", "xong", "hoàn", "trong"):
        return False
    _, governed, start = _governor(phrase, place)
    return (governed or start > place) and point(phrase, _past_article(phrase, start)) is not None


@rule
def _later(phrase: Phrase, place: int) -> Found[Part]:
    """“và các năm tiếp theo”, “những năm sau”."""
    start = phrase.skip(place, "và", "trong", "cho")
    if (
        phrase[start].word in ("các", "những")
        and phrase[start + 1].word == "năm"
        and phrase[start + 2].word in ("tiếp", "sau", "kế")
    ):
        return Later(), phrase.skip(start + 3, "theo", "tiếp", "đó")
    return None


# --- rhythms


@rule
def _rhythm(phrase: Phrase, place: int) -> Found[Part]:
    """“hằng tháng, quý, năm”, “định kỳ 6 tháng”, “01 lần/quý”, “báo cáo quý, năm”, “cuối mỗi quý”."""
    start, loose = _past_periodic(phrase, place)
    first = _unit(phrase, start, loose)
    if first is None:
        return None
    units, end = [first[0]], first[1]
    while True:
        more = (
            _unit(phrase, _past_list_sign(phrase, end), loose=True)
            if _past_list_sign(phrase, end) > end
            else None
        )
        if more is None:
            break
        units.append(more[0])
        end = more[1]
    year, end = _rhythm_year(phrase, end)
    every = any(phrase[inner].word in EVERY for inner in range(place, end))
    return Rhythm(tuple(units), year, every), end


def _past_periodic(phrase: Phrase, place: int) -> tuple[int, bool]:
    """Past “định kỳ (tối thiểu)”, “báo cáo”, “tổng kết”, “theo”; after them a bare “quý” is a rhythm."""
    start = place
    if phrase.has(start, ("định", "kỳ")):
        start = phrase.skip(start + 2, "kỳ")
    elif (
        phrase.has(start, ("báo", "cáo"))
        or phrase.folded(start, ("tong", "ket"))
        or phrase.folded(start, ("so", "ket"))
    ):
        start += 2
    elif phrase[start].word in ("theo", "các"):
        start += 1
    loose = start > place
    start = (
        phrase.skip(start, "tối", "thiểu", "đa", "ít", "nhất")
        if phrase[start].word in ("tối", "ít")
        else start
    )
    return phrase.skip(start, "theo", "vào") if loose else start, loose


def _past_list_sign(phrase: Phrase, place: int) -> int:
    start = phrase.skip(place, ",", "và", "/", "+", "&")
    if start == place:
        return place
    if (
        phrase.folded(start, ("tong", "ket"))
        or phrase.has(start, ("định", "kỳ"))
        or phrase.has(start, ("báo", "cáo"))
    ):
        return start + 2
    return phrase.skip(start, "cả")


def _unit(phrase: Phrase, place: int, loose: bool) -> Found[Unit]:
    """One rhythm: “hằng quý”, “6 tháng”, “một lần/quý”; where `loose`, a bare “quý” or “năm” too."""
    times = _times_per(phrase, place)
    if times:
        return times
    start = (
        phrase.skip(place, "cuối")
        if phrase[place + 1].word in EVERY or phrase[place + 1].word == "các"
        else place
    )
    if phrase[start].word in EVERY or (phrase[start].word == "các" and start > place):
        return _named_unit(phrase, start + 1)
    if phrase.has(start, ("bán", "niên")):
        return Unit.HALF, start + 2
    return _bare_unit(phrase, start, loose) or _months_or_years(phrase, start, loose)


def _named_unit(phrase: Phrase, place: int) -> Found[Unit]:
    if phrase[place].word in UNITS:
        after = _past_once(phrase, place + 1)
        return None if phrase[place + 1].word == "học" else (UNITS[phrase[place].word], after)
    return _months_or_years(phrase, place, loose=True)


def _bare_unit(phrase: Phrase, place: int, loose: bool) -> Found[Unit]:
    word, after = phrase[place].word, phrase[place + 1]
    if (
        not loose
        or word not in UNITS
        or after.is_number
        or after.word in ("đầu", "cuối", "học", "sau", "tiếp", "kế", "nay", "này", "trước")
    ):
        return None
    if word == "quý" and quarter_number(phrase, place + 1):
        return None
    if word == "tháng" and number(phrase, place + 1):
        return None
    return UNITS[word], _past_once(phrase, place + 1)


def _months_or_years(phrase: Phrase, place: int, loose: bool) -> Found[Unit]:
    """“6 tháng”, “6 tháng một lần”, “01 năm”, “một tuần”; every few years has no first year."""
    count = number(phrase, place) or ((5, place + 1) if phrase.has(place, ("năm", "năm")) else None)
    if count is None:
        return None
    n, start = count
    unit = phrase[start].word
    if (
        unit == "tháng"
        and n in MONTH_COUNTS
        and phrase[start + 1].word not in ("đầu", "cuối")
        and not _is_month(phrase, start)
    ):
        return MONTH_COUNTS[n], _past_once(phrase, start + 1)
    if (
        unit == "năm"
        and n > 1
        and not full_year(phrase, start + 1)
        and (loose or _past_once(phrase, start + 1) > start + 1)
    ):
        raise Unclear(f"{n} năm một lần: chưa biết năm đầu tiên")
    if unit in UNITS and n == 1 and loose and not phrase[start + 1].is_number:
        return UNITS[unit], _past_once(phrase, start + 1)
    return None


def _is_month(phrase: Phrase, place: int) -> bool:
    """Whether “tháng” here begins “tháng 6” (a date like “6 tháng 6”)."""
    return (
        phrase[place + 1].is_number
        and phrase[place + 2].word != "tháng"
        and full_year(phrase, place + 1) is None
    )


def _past_once(phrase: Phrase, place: int) -> int:
    """Past “một lần”, “01 lần”, “/lần” after the unit."""
    start = phrase.skip(place, "/")
    count = number(phrase, start)
    if count and phrase[count[1]].word == "lần":
        if count[0] != 1:
            raise Unclear(f"{count[0]} lần một kỳ: chưa rõ những ngày nào")
        return count[1] + 1
    return start + 1 if phrase[start].word == "lần" else place


def _times_per(phrase: Phrase, place: int) -> Found[Unit]:
    """“01 lần/quý”, “một lần mỗi năm”, “hai lần 01 năm”."""
    count = number(phrase, place)
    if count is None or phrase[count[1]].word != "lần":
        return None
    start = phrase.skip(count[1] + 1, "/", "trong", "một", *EVERY)
    unit = _bare_unit(phrase, start, loose=True) or _months_or_years(phrase, start, loose=True)
    if unit and count[0] != 1:
        raise Unclear(f"{count[0]} lần một {unit[0].value}: chưa rõ những ngày nào")
    return unit


def _rhythm_year(phrase: Phrase, place: int) -> tuple[YearRef, int]:
    """“hằng quý năm 2025”, “hằng tháng trong năm”."""
    year = year_of(phrase, place)
    return year if year and year[0].shift == 0 else (PLAN_YEAR, place)


# --- the rest


@rule
def _hour(phrase: Phrase, place: int) -> Found[Part]:
    start = phrase.skip(place, "lúc", "từ", "trước", "vào")
    hours = _hours(phrase, start)
    return (Hour(hours[0]), hours[1]) if hours else None


@rule
def _about(phrase: Phrase, place: int) -> Found[Part]:
    if phrase.has(place, ("đối", "với")):
        return About(), place + 2
    if phrase.folded(place, ("chot", "so", "lieu")):
        return Cutoff(), place + 3
    return None


@rule
def _vague(phrase: Phrase, place: int) -> Found[Part]:
    if phrase.has(place, ("định", "kỳ")):
        return Vague("định kỳ"), place + 2
    if phrase[phrase.skip(place, "trước", "trong", "vào")].word == "tuần":
        raise Unclear("tuần ấy gồm những ngày nào?")
    if phrase.folded(place, ("dinh", "huong")) or phrase.folded(place, ("tam", "nhin")):
        _, _, start = _governor(phrase, place + 2)
        vision = point(phrase, start)
        return Word(), (vision[1] if vision else place + 2)
    return None
