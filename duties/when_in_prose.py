"""The words of a sentence that say when: “định kỳ hàng quý (trước ngày 15/3, …)”, “khi có yêu cầu”."""

import re
from enum import IntEnum

_NUMBER = r"(?:0?[369]|12)"
_SPAN = rf"(?:tuần|tháng|quý|quí|năm|{_NUMBER}\s*tháng(?:\s+(?:đầu|cuối)\s+năm)?|sáu tháng)"
_EACH = rf"(?:(?:hằng|hàng|mỗi)\s+(?:ngày|{_SPAN})|\d+\s*lần\s*/\s*(?:ngày|{_SPAN}|{_NUMBER}\s*tháng))"
_MORE = rf"(?:\s*(?:,|;|/|và|hoặc)\s*(?:cả\s+)?(?:{_EACH}|{_SPAN}(?!\s*\d)))*"
_DAY = (
    r"(?:ngày\s+)?\d{1,2}(?:\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s*(?:/|năm)\s*\d{4})?)"
    r"|ngày\s+\d{1,2}(?:\s+(?:của\s+)?tháng\s+(?:cuối|đầu)(?:\s+(?:mỗi\s+|hằng\s+|hàng\s+)?(?:quý|năm))?|\s+(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm)|\s+(?:của\s+)?tháng\s+(?:sau|kế tiếp|liền kề))?"
)
_MONTH = r"tháng\s+\d{1,2}(?:\s*(?:/|năm)\s*\d{4})?"
_QUARTER = r"quý\s+(?:[IVl1-4]+|một|hai|ba|bốn|tư)(?:\s*(?:/|năm)\s*\d{4})?"
_POINT = rf"(?:{_DAY}|{_MONTH}|{_QUARTER})"
_POINTS = rf"{_POINT}(?:\s*(?:,|;|và)\s*(?:trước\s+)?{_POINT})*(?:\s+(?:hằng|hàng|mỗi)\s+năm)?"
_BRACKET = r"(?:\s*\([^()]*(?:\d|cuối|đầu)[^()]*\))?"
_DATED_BRACKET = r"\s*\([^()]*\d[^()]*\)"
_ASKED = (
    r"(?:khi (?:có|cần)\s*(?:yêu cầu|đề nghị|thiết)?(?:\s+của\s+[^.;,()]+?)?|đột xuất|"
    r"theo (?:yêu cầu|đề nghị)(?:\s+của\s+[^.;,()]+?)?)(?=\s+(?:để|tổng hợp|gửi|báo cáo)\b|\s*[.;,()/]|\s*$)"
)
_OR_ASKED = rf"(?:,?\s*(?:hoặc|và)\s+{_ASKED})?"
_AFTER_NOUN = (
    r"(?<!kế hoạch )(?<!công tác )(?<!dự toán )(?<!nhà nước )(?<!được cấp )(?<!cuộc họp )(?<!giao ban )(?<!chương trình )"
    r"(?<!thường xuyên )(?<!kinh phí )(?<!ngân sách )(?<!hành chính )(?<!CCHC )"
)


class Firmness(IntEnum):
    """Of several times in one sentence, the firmest is its deadline."""

    BARE = 1
    ASKED = 2
    ONGOING = 3
    RHYTHM = 4
    DATE = 5


_FULL_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?"
_FROM_TO = rf"từ\s+(?:ngày\s+)?{_FULL_DAY}\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?{_FULL_DAY}"
_OPENING_DAY = rf"\A(?:(?:sáng|chiều)\s+)?ngày\s+{_FULL_DAY}(?=\s*[:,])"

_WAYS: tuple[tuple[Firmness, re.Pattern[str]], ...] = (
    (
        Firmness.DATE,
        re.compile(
            rf"(?:(?:theo\s+)?định kỳ\s+)?{_EACH}{_DATED_BRACKET}"
            rf"(?:\s*(?:,|;|và)\s*(?:{_EACH}|{_SPAN}){_DATED_BRACKET})+{_OR_ASKED}",
            re.I,
        ),
    ),
    (Firmness.DATE, re.compile(rf"(?<!\w){_FROM_TO}|{_OPENING_DAY}", re.I)),
    (
        Firmness.DATE,
        re.compile(rf"(?<=\()(?:trong\s+)?(?:{_QUARTER}|{_MONTH})(?=\)\s*[.;,]?\s*$)", re.I),
    ),
    (
        Firmness.DATE,
        re.compile(
            rf"(?:(?:hoàn thành|xong|chậm nhất(?: là)?|muộn nhất|trước|đến hết|vào|trong)\s+)+(?:{_POINTS}){_BRACKET}{_OR_ASKED}",
            re.I,
        ),
    ),
    (
        Firmness.DATE,
        re.compile(rf"(?:(?:theo\s+)?định kỳ\s+)?{_EACH}{_MORE}\s*\([^()]*\d[^()]*\){_OR_ASKED}", re.I),
    ),
    (
        Firmness.RHYTHM,
        re.compile(
            rf"(?:theo\s+)?định kỳ\s+(?:vào\s+)?(?:{_EACH}|{_SPAN}){_MORE}{_BRACKET}{_OR_ASKED}", re.I
        ),
    ),
    (Firmness.RHYTHM, re.compile(rf"{_AFTER_NOUN}(?<!\w){_EACH}{_MORE}{_BRACKET}{_OR_ASKED}", re.I)),
    (
        Firmness.RHYTHM,
        re.compile(rf"(?<!\w){_NUMBER}\s*tháng\s*(?:,|và)\s*(?:cả\s+)?năm(?!\s*\d){_BRACKET}", re.I),
    ),
    (
        Firmness.ONGOING,
        re.compile(
            r"(?<!chi )(?<!kinh phí )(?<!nguồn )(?<!nhiệm vụ )(?<!\w)thường xuyên(?=\s+[a-zđà-ỹ]{2})(?!\s+(?:được|trong dự))"
            r"|(?<=thực hiện )thường xuyên(?=\s*(?:[).;,]|\Z))",
            re.I,
        ),
    ),
    (Firmness.ASKED, re.compile(rf"(?<!\w){_ASKED}", re.I)),
    (Firmness.ASKED, re.compile(rf"(?:theo\s+)?định kỳ,?\s*(?:hoặc|và)\s+{_ASKED}", re.I)),
    (
        Firmness.BARE,
        re.compile(
            rf"(?:theo\s+định kỳ|(?<=^)định kỳ|(?<=[;,.:]\s)định kỳ|(?<=và\s)định kỳ|(?<!họp )định kỳ(?=\s+theo quy định|\s*[.;]|\s*$)){_OR_ASKED}",
            re.I,
        ),
    ),
)


def find_when(sentence: str) -> str:
    """The words that say when, as printed; "" for none."""
    return _firmest(sentence, Firmness.BARE)


def find_firm_when(text: str) -> str:
    """Only a rhythm or a date: what may contradict a deadline that stands elsewhere."""
    return _firmest(text, Firmness.RHYTHM)


def without_when(sentence: str) -> str:
    """A sentence that begins with its time, without it: “Hàng quý, các phòng báo cáo …”."""
    begins = (words.match(sentence) for _, words in _WAYS)
    ends = [match.end() for match in begins if match]
    return sentence[max(ends) :].lstrip(" ,:") if ends else sentence


def _firmest(text: str, least: Firmness) -> str:
    ways = ((firmness, words.search(text)) for firmness, words in _WAYS if firmness >= least)
    found = [(firmness, -match.start(), match.group()) for firmness, match in ways if match]
    return max(found)[2].strip(" ,;") if found else ""
