"""Events: “sau khi …”, “05 ngày làm việc kể từ …”, “khi có yêu cầu”, “theo kế hoạch của …”, and where their words end."""

from duties.deadline import Offset, Reading
from duties.lexicon import ALWAYS, EVERY, OTHER_PLANS, REQUESTS
from duties.moments import Counted, Day, Unclear
from duties.phrase.governors import governor, past_article
from duties.phrase.hours import offset
from duties.phrase.numerals import Found, rule
from duties.phrase.parts import Mark, Part, When
from duties.phrase.points import point
from duties.phrase.tokens import Phrase

NEW_CLAUSE = frozenset(["bao", "gui", "thuc", "to", "hoan", "tong", "dinh", "nop", "trinh", "trien", "tham"])


def event(phrase: Phrase, begin: int, counted: Offset | None) -> Found[Part]:
    stop = tail(phrase, begin)
    last = stop if counted else _counted_behind(phrase, begin, stop)
    if last < stop:
        counted = (offset(phrase, last) or (None, last))[0]
    return (Mark(Reading.AFTER_EVENT, phrase.words(begin, last), counted), stop) if last > begin else None


def _counted_behind(phrase: Phrase, begin: int, stop: int) -> int:
    """Where the “10 ngày” of “sau khi được phê duyệt 10 ngày” begins."""
    for place in range(max(begin, stop - 4), stop - 1):
        counted = offset(phrase, place) if phrase[place].is_number else None
        if counted and counted[1] == stop and phrase[place - 1].is_letters:
            return place
    return stop


@rule
def offset_from(phrase: Phrase, place: int) -> Found[Part]:
    """“trong vòng 05 ngày làm việc kể từ ngày nhận …”, “sau 30 ngày kể từ …”, “15 ngày kể từ ngày 01/6/2026”."""
    start, announced = _past_within(phrase, place)
    first = offset(phrase, start)
    if first is None or phrase[place].word == "trước":
        return None
    counted, end = offset(phrase, first[1]) or first
    if phrase[end].word == "hoặc" and offset(phrase, end + 1):
        raise Unclear("có hai thời hạn nối bằng “hoặc”")
    begin = _past_since(phrase, phrase.skip(end, ","))
    if phrase[place].word == "sau" and phrase[end].word == "khi":
        begin = end
    if begin:
        return _counted(phrase, begin, counted)
    if announced and phrase[place].word == "trong" and not _in_the_year(phrase, end):
        raise Unclear("một khoảng thời gian mà chưa rõ tính từ ngày nào")
    return None


def _in_the_year(phrase: Phrase, place: int) -> bool:
    """Whether “6 tháng” goes on as “đầu năm”, “năm 2026” or a date: no span of time to count."""
    after = phrase[place]
    return after.word in ("đầu", "cuối", "năm", "/") or after.is_number or phrase[place - 1].word == "năm"


def _past_within(phrase: Phrase, place: int) -> tuple[int, bool]:
    """Past “trong vòng”, “trong thời hạn”, “không quá”, “chậm nhất là”, “sau”, “tối đa”."""
    start = place
    if phrase[start].word == "sau" and phrase[start + 1].is_number:
        return start + 1, True
    _, governed, start = governor(phrase, start)
    start = phrase.skip(start, "sau") if phrase[start + 1].is_number else start
    start = phrase.skip(start, "vòng", "thời", "hạn", "gian", "tối", "đa", "khoảng")
    return start, governed or start > place


def _past_since(phrase: Phrase, place: int) -> int:
    """Past “kể từ (ngày/khi/thời điểm)”, “sau khi”, “từ ngày”; 0 where none of them stands."""
    if phrase.has(place, ("sau", "khi")) or phrase.has(place, ("sau", "ngày")):
        return place + 1
    start = phrase.skip(place, "kể", "tính")
    if phrase[start].word == "từ" or (start > place and phrase[start].word in ("ngày", "khi")):
        return phrase.skip(start, "từ", "-")
    return 0


def _counted(phrase: Phrase, begin: int, counted: Offset | None) -> Found[Part]:
    named = phrase[begin].word == "ngày" or phrase[begin].is_number
    real = point(phrase, begin) if named else None
    if real and isinstance(real[0], Day) and real[0].month and counted:
        return When((Counted(real[0], counted),), governed=True), real[1]
    return event(phrase, phrase.skip(begin, "ngày", "khi", "lúc", "thời", "điểm"), counted)


@rule
def mark(phrase: Phrase, place: int) -> Found[Part]:
    taken = phrase.longest_folded(place, ALWAYS)
    if taken:
        return Mark(Reading.ONGOING), place + taken
    start = phrase.skip(place, "ngay")
    taken = phrase.longest_folded(start, REQUESTS)
    if taken:
        return Mark(Reading.ON_REQUEST), tail(phrase, start + taken)
    if phrase[place].word in EVERY and phrase[place + 1].word == "ngày":
        return Mark(Reading.ONGOING), place + 2
    return _other_plan(phrase, place) or _after(phrase, place)


def _other_plan(phrase: Phrase, place: int) -> Found[Part]:
    if phrase[place].word != "theo":
        return None
    start = phrase.skip(place + 1, "đúng", "thời", "gian", "hạn")
    taken = phrase.longest_folded(start, OTHER_PLANS) + start - place - 1
    if taken == start - place - 1:
        return None
    law = phrase.folded(place + taken - 1, ("quy", "dinh"))
    return Mark(Reading.OTHER_PLAN, law=law), tail(phrase, place + 1 + taken, nouns=True)


def _after(phrase: Phrase, place: int) -> Found[Part]:
    """“sau khi …”, “ngay sau khi …”, “đến khi …”."""
    start = phrase.skip(place, "ngay")
    if phrase.has(start, ("sau", "khi")) or phrase.has(start, ("đến", "khi")):
        return event(phrase, start + 2, None)
    if start > place and phrase[start].word == "khi":
        return event(phrase, start + 1, None)
    return None


def tail(phrase: Phrase, place: int, nouns: bool = False) -> int:
    """Where the words that belong to an event, a request or another plan end: at a new clause."""
    for stop in range(place, phrase.size):
        phrase.applied += 1
        word = phrase[stop].word
        if word in (";", "(") or (word == "." and not phrase[stop + 1].joined):
            return stop
        if word in (",", "và", "hoặc", "+") and _opens_clause(phrase, stop + 1, nouns):
            return stop
        if is_governed_date(phrase, stop):
            return stop
    return phrase.size


def _opens_clause(phrase: Phrase, place: int, nouns: bool) -> bool:
    """Whether a reading, a rhythm, a date or a verb of reporting begins here."""
    start = phrase.skip(place, "và", "hoặc", ",")
    if phrase.longest_folded(start, ALWAYS) or phrase.longest_folded(start, REQUESTS):
        return True
    if phrase[start].word in EVERY or phrase[start].word == "định" or is_governed_date(phrase, start):
        return True
    return phrase[start].fold in NEW_CLAUSE and (nouns or phrase[start].fold in ("bao", "gui", "hoan", "nop"))


def is_governed_date(phrase: Phrase, place: int) -> bool:
    """“trước ngày 15/3”: a date that a word like “trước” or “chậm nhất” marks as due."""
    if phrase[place].word not in ("trước", "chậm", "muộn", "xong", "hoàn", "trong"):
        return False
    _, governed, start = governor(phrase, place)
    return (governed or start > place) and point(phrase, past_article(phrase, start)) is not None
