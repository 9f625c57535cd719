"""Years: the year that stands after a moment, written or counted from the plan's."""

from duties.lexicon import NEXT, PREVIOUS, THIS_YEAR
from duties.moments import PLAN_YEAR, YearRef
from duties.phrase.numerals import TIME_NEXT, Found, full_year, rule
from duties.phrase.tokens import Phrase


@rule
def year_of(phrase: Phrase, place: int) -> Found[YearRef]:
    """The year after a moment: “/2025”, “năm 2025”, “của năm sau liền kề năm báo cáo”, “của kỳ báo cáo”."""
    signed = signed_year(phrase, place)
    if signed:
        return signed
    start = phrase.skip(place, "của", "thuộc", "trong")
    if phrase[start].word == "," and phrase[start + 1].word == "năm":
        start += 1
    if phrase.has(start, ("kỳ", "báo", "cáo")):
        return PLAN_YEAR, start + 3
    return worded_year(phrase, start, bound=start > place) if phrase[start].word == "năm" else None


def signed_year(phrase: Phrase, place: int) -> Found[YearRef]:
    """“/2025”, “- 2025”, “.2025”, “/25”, or the bare year that follows."""
    comma = phrase[place].word == "," and phrase[place + 2].word in (")", "\n", ";", ":")
    start = place + 1 if comma or phrase[place].word in ("/", "-", ".", "(") else place
    year = full_year(phrase, start)
    if phrase[place].word == "(":
        return (YearRef(year[0]), year[1] + 1) if year and phrase[year[1]].word == ")" else None
    if year and start == place and _goes_on(phrase, year[1]):
        return None
    if year and not (phrase[place].word == "-" and phrase[year[1]].word in ("-", "/")):
        return YearRef(year[0]), year[1]
    token = phrase[start]
    if phrase[place].word == "/" and token.is_number and len(token.raw) == 2 and (token.value or 0) >= 20:
        return YearRef(2000 + (token.value or 0)), start + 1
    return None


def _goes_on(phrase: Phrase, place: int) -> bool:
    """Whether a year without a sign is the first of a span: “hằng quý 2026-2030”."""
    return phrase[place].word == "-" and full_year(phrase, place + 1) is not None


def worded_year(phrase: Phrase, place: int, bound: bool) -> Found[YearRef]:
    after = phrase.skip(place + 1, "dương", "lịch")
    year = full_year(phrase, after)
    if year:
        return YearRef(year[0]), year[1]
    for table, shift in ((PREVIOUS, -1), (NEXT, 1), (THIS_YEAR, 0)):
        taken = phrase.longest(after, table)
        end = after + taken
        if taken and phrase[end].word not in TIME_NEXT and not phrase[end].is_number:
            return YearRef(shift=shift), past_reference_year(phrase, end)
    return (
        (PLAN_YEAR, after) if bound and not phrase[after].is_number and phrase[after].word != "học" else None
    )


def past_reference_year(phrase: Phrase, place: int) -> int:
    """Past “(với) năm báo cáo”, “(của) năm kế hoạch”, “kỳ báo cáo” after “năm sau”, “năm trước”."""
    start = phrase.skip(place, "của", "với", "so")
    if phrase[start].word in ("năm", "kỳ", "tháng", "quý"):
        taken = phrase.longest(start + 1, THIS_YEAR)
        return start + 1 + taken if taken else place
    return place
