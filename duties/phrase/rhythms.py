"""Rhythms: “hằng tháng, quý, năm”, “định kỳ 6 tháng”, “01 lần/quý”."""

from duties.lexicon import EVERY, HARMLESS, MONTH_COUNTS, UNITS
from duties.moments import PLAN_YEAR, Unclear, Unit, YearRef
from duties.phrase.numerals import TIME_NEXT, Found, full_year, number, quarter_number, rule
from duties.phrase.parts import Part, Rhythm
from duties.phrase.tokens import Phrase
from duties.phrase.years import year_of


@rule
def rhythm(phrase: Phrase, place: int) -> Found[Part]:
    """“hằng tháng, quý, năm”, “định kỳ 6 tháng”, “01 lần/quý”, “báo cáo quý, năm”, “cuối mỗi quý”."""
    start, loose = _past_periodic(phrase, place)
    many = _many_a_year(phrase, start)
    if many:
        return many
    first = _unit(phrase, start, loose or _heads_a_date(phrase, start) or _heads_a_list(phrase, start))
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
    every = any(phrase[inner].word in EVERY or phrase[inner].word == "lần" for inner in range(place, end))
    return Rhythm(tuple(units), year, every), end


def _many_a_year(phrase: Phrase, place: int) -> Found[Part]:
    """“02 lần/năm”: on which days, the phrase must say."""
    count = number(phrase, _past_the_year(phrase, place) or place)
    if count is None or count[0] < 2 or phrase[count[1]].word != "lần":
        return None
    if _past_the_year(phrase, place):
        return Rhythm((Unit.YEAR,), every=True, times=count[0]), count[1] + 1
    end = phrase.skip(count[1] + 1, "/", "trong", "một", *EVERY)
    if phrase[end].word != "năm" or phrase[end + 1].is_number:
        return None
    return Rhythm((Unit.YEAR,), every=True, times=count[0]), end + 1


def _past_the_year(phrase: Phrase, place: int) -> int:
    """Past “mỗi năm”, “một năm” before “02 lần”; 0 where it does not stand."""
    once = phrase[place].word in EVERY or phrase[place].word == "một" or phrase[place].value == 1
    return place + 2 if once and phrase[place + 1].word == "năm" else 0


def _past_periodic(phrase: Phrase, place: int) -> tuple[int, bool]:
    """Past “định kỳ (tối thiểu)”, “báo cáo”, “tổng kết”, “theo”; after them a bare “quý” is a rhythm."""
    start = place
    if phrase.has(start, ("định", "kỳ")):
        start = phrase.skip(start + 2, "kỳ", "(", ":")
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


def _heads_a_date(phrase: Phrase, place: int) -> bool:
    """“năm (trước ngày 15/12)”, “quý: ngày 20 tháng cuối quý”."""
    after = phrase[place + 1].word
    if after == ")":
        return phrase[place - 1].word in ("(", "với")
    if after == "trước":
        return not phrase[place - 1].is_letters and not phrase[place - 1].is_number
    return after in ("(", ":") and full_year(phrase, place + 2) is None


def _heads_a_list(phrase: Phrase, place: int) -> bool:
    """“Quý, 6 tháng, năm” where a cell or a clause begins."""
    opens = phrase[place - 1].word in (";", ":", "(", "\n", ".")
    after = _past_list_sign(phrase, place + 1)
    return (
        opens
        and after > place + 1
        and phrase[place].word in UNITS
        and _unit(phrase, after, loose=True) is not None
    )


def _past_list_sign(phrase: Phrase, place: int) -> int:
    start = phrase.skip(place, ",", "và", "/", "+", "&")
    if phrase[place].word == ";" and (phrase[place + 1].word in UNITS or phrase[place + 1].is_number):
        start = place + 1
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
    word = phrase[place].word
    if word not in UNITS:
        return None
    once = _past_once(phrase, place + 1)
    if once > place + 1:
        return UNITS[word], once
    if not loose or _names_one(phrase, place):
        return None
    return UNITS[word], place + 1


def _names_one(phrase: Phrase, place: int) -> bool:
    """Whether “quý”, “tháng” or “năm” names a single one (“quý I”, “tháng sau”), or is “quy định” without marks."""
    after, next_after = phrase[place + 1], phrase[place + 2]
    if phrase[place].raw.isascii() and phrase.longest_folded(place, HARMLESS):
        return True
    if after.word == "trước":
        return not (next_after.word in TIME_NEXT or next_after.is_number)
    if after.is_number or after.word in ("đầu", "cuối", "học", "sau", "tiếp", "kế", "nay", "này"):
        return True
    if phrase[place].word == "quý":
        return quarter_number(phrase, place + 1) is not None
    return phrase[place].word == "tháng" and number(phrase, place + 1) is not None


def _months_or_years(phrase: Phrase, place: int, loose: bool) -> Found[Unit]:
    """“6 tháng”, “6 tháng một lần”, “01 năm”, “một tuần”; every few years has no first year."""
    count = number(phrase, place) or ((5, place + 1) if phrase.has(place, ("năm", "năm")) else None)
    if count is None or phrase[count[1]].word not in UNITS:
        return None
    n, start = count
    if phrase[start].word == "tháng" and n in MONTH_COUNTS:
        part_of_year = phrase[start + 1].word in ("đầu", "cuối")
        if part_of_year or _is_month(phrase, start):
            return None
        end = _past_once(phrase, start + 1)
        if n == 9 and (end > start + 1 or phrase[place - 1].word in EVERY):
            raise Unclear("9 tháng một lần: chưa biết lần đầu tiên")
        return MONTH_COUNTS[n], end
    once = _past_once(phrase, start + 1)
    if n == 1 and (once > start + 1 or (loose and not phrase[start + 1].is_number)):
        return UNITS[phrase[start].word], once
    _refuse_every_few_years(phrase, n, start, loose)
    return None


def _refuse_every_few_years(phrase: Phrase, n: int, place: int, loose: bool) -> None:
    if phrase[place].word != "năm" or n < 2 or full_year(phrase, place + 1):
        return
    if loose or _past_once(phrase, place + 1) > place + 1:
        raise Unclear(f"{n} năm một lần: chưa biết năm đầu tiên")


def _is_month(phrase: Phrase, place: int) -> bool:
    """Whether “tháng” here begins “tháng 6” (a date like “6 tháng 6”)."""
    after = phrase[place + 2].word
    return phrase[place + 1].is_number and after not in ("tháng", "lần") and not full_year(phrase, place + 1)


def _past_once(phrase: Phrase, place: int) -> int:
    """Past “một lần”, “01 lần”, “/lần” after the unit."""
    start = phrase.skip(place, "/", "ít", "nhất", "tối", "thiểu")
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
        guess = "; có phải 30/6 và 31/12?" if (count[0], unit[0]) == (2, Unit.YEAR) else ""
        raise Unclear(f"{count[0]} lần một {unit[0].value}: chưa rõ những ngày nào{guess}")
    return unit


def _rhythm_year(phrase: Phrase, place: int) -> tuple[YearRef, int]:
    """“hằng quý năm 2025”, “hằng tháng trong năm”."""
    year = year_of(phrase, place)
    return year if year and year[0].shift == 0 else (PLAN_YEAR, place)
