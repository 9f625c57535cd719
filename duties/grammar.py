"""Grammar: a phrase of a plan → a Deadline, or a question with its reason. A wrong date is worse than a question."""

from dataclasses import replace

from duties.composer import Composer
from duties.deadline import Deadline, Due, Reading, Years
from duties.dues import dues_of
from duties.explain import explain
from duties.moments import YEARS_WE_KNOW, Unclear
from duties.phrase.reader import parts_of
from duties.phrase.tokens import Phrase, cut

LONGEST = 2000
MOST_WORDS = 600


def read_deadline(phrase: str, years: Years | None) -> Deadline:
    """What a deadline phrase means for a plan of these years; never raises, and asks where it is not sure."""
    return read_counting(phrase, years)[0]


def read_counting(phrase: str, years: Years | None) -> tuple[Deadline, int]:
    """The reading, and how many times a rule was applied to reach it."""
    if len(phrase) > LONGEST:
        return _asked(phrase, f"dài quá {LONGEST} ký tự", years), 0
    words = cut(phrase)
    if words.size > MOST_WORDS:
        return _asked(phrase, f"có hơn {MOST_WORDS} từ và dấu", years), 0
    try:
        found = _understood(phrase, words, years)
    except Unclear as unclear:
        found = _asked(phrase, str(unclear), years)
    return found, words.applied


def _asked(phrase: str, why: str, years: Years | None) -> Deadline:
    unread = Deadline(phrase, Reading.UNREAD, says="", why=why)
    return replace(unread, says=explain(unread, years))


def _understood(phrase: str, words: Phrase, years: Years | None) -> Deadline:
    if not any(token.is_letters or token.is_number for token in words):
        raise Unclear("không ghi thời hạn")
    if years and not (years.first in YEARS_WE_KNOW and years.last in YEARS_WE_KNOW):
        raise Unclear("năm của kế hoạch không hợp lệ")
    meaning = Composer()
    for part in parts_of(words):
        meaning.take(part)
    meaning.finish()
    due = dues_of(meaning.claims, years, meaning.started)
    found = _with_readings(phrase, due, meaning)
    return replace(found, says=explain(found, years))


def _with_readings(phrase: str, due: tuple[Due, ...], meaning: Composer) -> Deadline:
    readings = list(dict.fromkeys([Reading.DATED] * bool(due) + [mark.reading for mark in meaning.marks]))
    if not due and (meaning.vague or not readings):
        raise Unclear(meaning.vague or _nothing_due(meaning))
    after = next((mark for mark in meaning.marks if mark.reading is Reading.AFTER_EVENT), None)
    return Deadline(
        phrase,
        readings[0],
        says="",
        also=tuple(readings[1:]),
        due=due,
        event=after.event if after else "",
        offset=after.offset if after else None,
    )


def _nothing_due(meaning: Composer) -> str:
    if meaning.started:
        return "chỉ có ngày bắt đầu; hạn là ngày nào?"
    return "chỉ có ngày của văn bản được dẫn" if meaning.cited else "không thấy thời hạn nào"
