"""What a report clause of a plan wants reported: not who sends it, nor when, nor what the receiver does with it."""

import re

from duties.clauses import FOR_OTHERS, REPORTS

_PREFIX = re.compile(r"\A[^:.;]*?báo cáo[^:.;]*:\s+", re.I)
_TOWARDS = re.compile(r"\s*(?<!\w)(?:gửi về|gửi|về|cho|trình)\s*\Z", re.I)
_VIA = re.compile(r"\A\s*\((?:thông\s+)?qua[^()]*\)\s*(?:về\s+)?|\A\s*về\s+", re.I)
_ENDS = re.compile(
    r"\s*(?:[(;]|\.(?:\s|\Z)|/|(?<!\w)(?:(?:theo )?định kỳ|hằng|hàng|trước|chậm nhất|theo (?:yêu cầu|quy định|đề nghị)|"
    r"khi|để|nhằm|tổng hợp)(?!\w)).*\Z",
    re.I | re.S,
)
_EDGE = " \n,.;:/"


def what_is_reported(sentence: str, receiver: str) -> str:
    """“kết quả công tác thông tin, tuyên truyền”; empty where the clause names no more than the report."""
    said = FOR_OTHERS.sub("", _PREFIX.sub("", sentence))
    act = REPORTS.search(said)
    after = said[act.end() :] if act else ""
    name = receiver.partition(" (")[0]
    before, _, behind = after.partition(name) if name else (after, "", "")
    return _only_what(before) or _only_what(_VIA.sub("", _VIA.sub("", behind, count=1), count=1))


def _only_what(words: str) -> str:
    return _ENDS.sub("", _TOWARDS.sub("", words)).strip(_EDGE)
