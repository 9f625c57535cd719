"""Reader: a phrase from left to right, each word in exactly one part."""

from functools import lru_cache

from duties.lexicon import (
    ALWAYS,
    ARTICLES,
    BEFORE,
    BY,
    CUTOFFS,
    DANGER,
    EDGES,
    EVERY,
    HARMLESS,
    HEADS,
    IN,
    NUMBERED,
    NUMERALS,
    OCCASIONS,
    PAPERS,
    PEAKS,
    REQUESTS,
    TURNS,
    UNITS,
)
from duties.moments import Unclear
from duties.phrase.dates import when
from duties.phrase.events import mark, offset_from
from duties.phrase.governors import governor, hours_before
from duties.phrase.lists import later
from duties.phrase.numerals import Found, Rule, full_year, numbers_an_item, rule
from duties.phrase.parts import About, Cited, Cutoff, Hour, Odd, Part, Sep, Vague, Word
from duties.phrase.points import point, weekday
from duties.phrase.rhythms import rhythm
from duties.phrase.spans import since
from duties.phrase.tokens import Phrase, roman

_MOST_BEFORE_UNTIL = 7
_OF_THE_MOON = frozenset({"âm", "âl", "rằm", "chạp", "giêng"})
_SIGNS = frozenset({",", ";", ".", ":", "(", ")", "/", "-", "+", "&", "và", "hoặc", "hay", "[", "]"})


def parts_of(phrase: Phrase) -> list[Part]:
    """Read a phrase from left to right; each token ends in exactly one part."""
    found: list[Part] = []
    place = 0
    while place < phrase.size:
        part, end = _next(phrase, place)
        found.append(part)
        place = max(end, place + 1)
    return found


def _next(phrase: Phrase, place: int) -> tuple[Part, int]:
    token = phrase[place]
    for read in _rules_beginning(_FIGURE if token.is_number else token.word, token.fold):
        part = read(phrase, place)
        if part is not None:
            return part
    return _leftover(phrase, place)


@rule
def paper(phrase: Phrase, place: int) -> Found[Part]:
    """“12/QĐ-UBND ngày 15/8/2024 của Thủ tướng”, “Nghị quyết … ngày …”: the date of a document is no deadline."""
    end = _document_number(phrase, place)
    if not end:
        return None
    after = phrase.skip(end, ",", "(")
    dated = point(phrase, after) if phrase[after].word in ("ngày", "năm") else None
    return (Cited(), dated[1]) if dated else (Word(), end)


def _document_number(phrase: Phrase, place: int) -> int:
    """The end of “12/QĐ-UBND”, “09/2019/NĐ-CP”, “số 127-KL/TW”, “KH/2026”, “khoản 2”, “Điều 12”; 0 for none."""
    if phrase[place].fold in NUMBERED and phrase[place - 1].fold != "thoi":
        step = place + 2 if phrase[place + 1].fold in ("luc", "so") else place + 1
        if phrase[step].is_number and phrase[step].word != "ngày":
            return _code(phrase, step) or _figures(phrase, step)
        return 0
    if phrase[place].fold + " " + phrase[place + 1].fold in PAPERS:
        if phrase[place + 2].word == "ngày" or (
            phrase[place + 2].word == "năm" and phrase[place + 3].is_number
        ):
            return place + 2
        return _code(phrase, place + 2) if phrase[place + 2].is_number else 0
    coded = phrase[place - 1].word == "/" and phrase[place - 2].is_letters and not phrase[place - 2].word
    if coded and phrase[place].joined and phrase[place].is_number:
        return _figures(phrase, place)
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


def _figures(phrase: Phrase, place: int) -> int:
    """The end of “12/2026”, “3.6” after “số” or “mục”."""
    end = place + 1
    while phrase[end].joined and phrase[end].word in ("/", "-", ".") and phrase[end + 1].is_number:
        end += 2
    return end


@rule
def turn(phrase: Phrase, place: int) -> Found[Part]:
    """“Đợt 1: …”, “lần 2 trước ngày …”, “giai đoạn II: …”: a number that only counts."""
    taken = phrase.longest_folded(place, TURNS)
    token = phrase[place + taken]
    if not taken or not ((token.is_number and len(token.raw) <= 2) or roman(token)):
        return None
    after = phrase[place + taken + 1]
    if after.word == "/" and full_year(phrase, place + taken + 2):
        return Word(), place + taken + 3
    counts = after.word in UNITS and not phrase[place + taken + 2].is_number
    return None if counts or after.word in ("/", "-", "lần") else (Word(), place + taken + 1)


@rule
def hour_alone(phrase: Phrase, place: int) -> Found[Part]:
    start = phrase.skip(place, "lúc", "từ", "trước", "vào")
    hours = hours_before(phrase, start)
    return (Hour(hours[0]), hours[1]) if hours else None


@rule
def about(phrase: Phrase, place: int) -> Found[Part]:
    if phrase.has(place, ("đối", "với")):
        return About(), place + 2
    taken = phrase.longest_folded(place, CUTOFFS) or _data_until(phrase, place)
    return (Cutoff(), place + taken) if taken else None


def _data_until(phrase: Phrase, place: int) -> int:
    """How many words “số liệu báo cáo lũy kế đến” takes, before the day that closes the data."""
    if not phrase.folded(place, ("so", "lieu")):
        return 0
    until = next((step for step in range(2, _MOST_BEFORE_UNTIL) if phrase[place + step].fold == "den"), 0)
    between = [phrase[place + step] for step in range(2, until)]
    plain = all(token.is_letters and token.word not in DANGER and token.word != "từ" for token in between)
    return until + 1 if until and plain else 0


_TENS = {
    "thuong": "“thượng tuần” chưa chỉ rõ ngày nào; có phải hết ngày 10?",
    "trung": "“trung tuần” chưa chỉ rõ ngày nào; có phải hết ngày 20?",
    "ha": "“hạ tuần” chưa chỉ rõ ngày nào; có phải hết tháng?",
}


@rule
def vague(phrase: Phrase, place: int) -> Found[Part]:
    if phrase.has(place, ("định", "kỳ")):
        return Vague("định kỳ"), place + 2
    start = phrase.skip(place, "trước", "trong", "vào", "ngày")
    if phrase[start].word == "tuần":
        raise Unclear(_TENS.get(phrase[start - 1].fold, "tuần ấy gồm những ngày nào?"))
    if weekday(phrase, start):
        raise Unclear("thứ ấy của tuần nào?")
    if phrase.folded(place, ("dinh", "huong")) or phrase.folded(place, ("tam", "nhin")):
        _, _, start = governor(phrase, place + 2)
        vision = point(phrase, start)
        return Word(), (vision[1] if vision else place + 2)
    return None


def _leftover(phrase: Phrase, place: int) -> tuple[Part, int]:
    phrase.applied += 1
    token = phrase[place]
    if token.word in _SIGNS:
        return Sep(token.word), place + 1
    if token.word in _OF_THE_MOON:
        raise Unclear("ngày âm lịch; xin ghi ngày dương lịch")
    if phrase.longest_folded(place, OCCASIONS):
        return Odd(phrase.words(place, _past_words(phrase, place))), place + 1
    taken = phrase.longest_folded(place, HARMLESS)
    if taken and not (phrase[place + taken - 1].word in EVERY and phrase[place + taken].word in UNITS):
        return Word(focus=phrase.longest_folded(place, PEAKS) > 0), place + taken
    if token.word == "ngay" and phrase[place + 1].word in ("trong", "và", ","):
        return Word(), place + 1
    if (
        token.value == 1
        and phrase[place + 1].word == "lần"
        and phrase[place + 2].word in ("vào", "trong", "(")
    ):
        return Word(), place + 2
    if numbers_an_item(phrase, place):
        return Word(), place + 2
    if token.is_number:
        odd = _number_could_matter(phrase, place)
        return (Odd(phrase.words(place, _past_words(phrase, place))) if odd else Word()), place + 1
    if token.word in DANGER or (token.word in NUMERALS and phrase[place + 1].word in {*UNITS, "ngày"}):
        return Odd(phrase.words(place, _past_words(phrase, place))), place + 1
    return Word(purpose=token.word == "để"), place + 1


def _past_words(phrase: Phrase, place: int) -> int:
    """Past a few words, up to a sign: enough to say what was not understood."""
    end = place + 1
    while end < place + 5 and (phrase[end].is_letters or phrase[end].is_number):
        end += 1
    return _figures(phrase, end - 1) if phrase[end - 1].is_number else end


def _number_could_matter(phrase: Phrase, place: int) -> bool:
    """A number before a plain noun counts things (“02 hội nghị”); any other could be a day."""
    after = phrase[place + 1]
    plain = after.is_letters and after.word not in DANGER and after.word not in ("và", "đến", "từ", "của")
    return not (plain or after.word == "%")


_FIGURE = "#"
_GOVERNORS = frozenset({*BEFORE, *BY, *IN})
_NUMBERS = frozenset({_FIGURE, *NUMERALS})

# Which rules are tried where: by the word they begin with, or by its letters without marks.
_RULES: tuple[tuple[Rule[Part], frozenset[str], frozenset[str]], ...] = (
    (paper, frozenset({_FIGURE}), NUMBERED | {name.split()[0] for name in PAPERS}),
    (turn, frozenset(), frozenset(TURNS)),
    (since, frozenset({"từ", "kể", "tính", "bắt", "sau"}), frozenset()),
    (offset_from, _NUMBERS | _GOVERNORS | {"(", "sau", "tối"}, frozenset()),
    (mark, EVERY | {"ngay", "theo", "sau", "đến"}, frozenset({*ALWAYS, *REQUESTS})),
    (later, frozenset({"và", "trong", "cho", "các", "những"}), frozenset()),
    (rhythm, _NUMBERS | EVERY | {*UNITS, *HEADS, "cuối", "bán"}, frozenset({"tong", "so"})),
    (when, _NUMBERS | _GOVERNORS | {*UNITS, *EDGES, *ARTICLES}, frozenset()),
    (hour_alone, frozenset({_FIGURE, "lúc", "từ", "trước", "vào"}), frozenset()),
    (about, frozenset({"đối"}), frozenset(CUTOFFS)),
    (vague, frozenset({"định", "thứ", "chủ", "ngày", "tuần"}) | _GOVERNORS, frozenset({"dinh", "tam"})),
)


@lru_cache(maxsize=4096)
def _rules_beginning(word: str, plain: str) -> tuple[Rule[Part], ...]:
    """The rules that can begin with a word."""
    return tuple(read for read, words, folded in _RULES if (word and word in words) or plain in folded)
