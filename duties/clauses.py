"""Duties in prose: a sentence that names who, an act and a time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from duties.assignment import Assignment, read_clause, units_before_act, without_giver
from duties.deadline import Years
from duties.grammar import read_deadline
from duties.headings import Column, part_labels
from duties.outline import PLAIN, Item
from duties.plan import DraftDuty, DutyKind, LeftOut
from duties.spelling import fold
from duties.unit_names import begins_unit, unit_starts
from duties.when_in_prose import find_firm_when, find_when, without_when

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|Tp|KT|TM|P|ThS|TS|PGS|Q|H|v|số))\.$")
_OPENING = re.compile(
    r"(?:căn cứ|trên cơ sở|theo|để|nhằm|trong|định kỳ|hằng|hàng|trước|chậm nhất|từ|sau|khi|đối với|thực hiện)\b[^.;]*?,\s+(?=\S)",
    re.I,
)
_PREFIX = re.compile(r"(?P<prefix>[^:“”()]{2,60}):\s*(?P<rest>\S.*)", re.S)
FOR_OTHERS = re.compile(
    r"(?:để|nhằm)\s+(?:kịp thời\s+)?(?:tổng hợp|theo dõi)?,?\s*(?:và\s+)?báo cáo.*$", re.I
)
REPORTS = re.compile(r"(?<!\w)báo cáo(?!\w)", re.I)
_TOWARDS = re.compile(r"(?<!\w)(?:gửi về|gửi|về|cho|trình|báo cáo)\s+", re.I)
_VIA = re.compile(r"\s*\((?:thông\s+)?qua[^()]*\)", re.I)
_RECEIVER_ENDS = re.compile(
    r"\s*(?:[,;]|(?<!\w)(?:để|tổng hợp|theo|kết quả|về|trước|định kỳ|hằng|hàng|khi|chậm nhất|tình hình|các nội dung|việc|xem xét|vào|và báo cáo|biết)(?!\w)).*$",
    re.S,
)
_LAST_BRACKETS = re.compile(r"\((?P<who>[^()]+)\)\W*\Z")
_NO_TIME = "nêu việc của đơn vị nhưng không nêu thời hạn"
_CLOSING = re.compile(
    r"trên đây là|trong quá trình|nếu (?:có )?(?:phát sinh|khó khăn|vướng mắc)|việc lập dự toán", re.I
)


@dataclass
class ClausesRead:
    """What the running text gave."""

    duties: list[DraftDuty] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_clauses(items: Iterable[Item], years: Years | None) -> ClausesRead:
    """The duties of a body, and each sentence about a unit that is none, with the reason."""
    read = ClausesRead()
    talked: set[Item] = set()
    said: dict[Item, Assignment] = {}
    for item in items:
        talk = _talk(item)
        if talk is None:
            said[item] = _read_item(read, item, said, years)
            continue
        if talk not in talked:
            talked.add(talk)
            read.left_out.append(
                LeftOut(talk.heading, f"{_topic(talk)}: không phải nhiệm vụ của đơn vị", talk.source)
            )
        _read_talk(read, item, talk, years)
    return read


def _read_talk(read: ClausesRead, item: Item, talk: Item, years: Years | None) -> None:
    """Even among aims and contents a sentence that names a unit and a date or rhythm is a duty; of money it is not."""
    if "kinh phi" in fold(talk.text):
        return
    for sentence in _sentences(item.text):
        about = _who(sentence)
        when = find_firm_when(sentence)
        if about.leads and when:
            read.duties.append(_duty(item, sentence, about, when, years))


def _talk(item: Item) -> Item | None:
    """The heading of aims, contents or money that an item stands under, or is."""
    return next((above for above in (*item.path, item) if above.is_talk), None)


def _topic(heading: Item) -> str:
    return heading.text.strip(" :.").capitalize() if heading.text.isupper() else heading.text.strip(" :.")


def _read_item(
    read: ClausesRead, item: Item, said: dict[Item, Assignment], years: Years | None
) -> Assignment:
    """The sentences of one paragraph; gives back who it is about, for the bullets below it."""
    about = _inherited(item, said)
    if item.names_units:
        return read_clause(item.text.rstrip(" :."))
    if item.is_heading and not _acts(item.text) and not find_when(item.text):
        return about
    for sentence in _sentences(item.text):
        own = _who(sentence)
        about = about if own.is_blank else own
        _put(read, item, sentence, _helped(about, sentence) if own.is_blank else own, years)
    return about


def _helped(about: Assignment, sentence: str) -> Assignment:
    """Under a unit’s heading “Phối hợp với Trung tâm Văn hóa tỉnh thực hiện …” names who helps it."""
    if not about.leads:
        return about
    said = read_clause(f"{about.leads[0]} {sentence[:1].lower()}{sentence[1:]}")
    helping = (name for name in (*about.partners, *said.partners) if name not in about.leads)
    return replace(about, partners=tuple(dict.fromkeys(helping)))


def _inherited(item: Item, said: dict[Item, Assignment]) -> Assignment:
    """Who the heading above names: its bullets are that unit's, and its paragraphs too."""
    above = [one for one in reversed(item.path) if one in said and (item.level < PLAIN or one.is_heading)]
    return next((said[one] for one in above if not said[one].is_blank), Assignment())


def _sentences(text: str) -> list[str]:
    """A full stop ends a sentence when a capital follows, and when it is not that of “TP.” or “ThS.”."""
    whole: list[str] = []
    for piece in filter(None, _SENTENCE_END.split(text)):
        if whole and (not (piece[0].isupper() or piece[0] in '“"') or _ABBREVIATED.search(whole[-1])):
            whole[-1] += f" {piece}"
        else:
            whole.append(piece)
    return whole


def _who(sentence: str) -> Assignment:
    """The units that a sentence is about."""
    prefix = _PREFIX.match(sentence)
    if (
        prefix
        and begins_unit(prefix["prefix"])
        and units_before_act(prefix["prefix"])
        and not _acts(prefix["prefix"])
    ):
        return _helped(Assignment(leads=units_before_act(prefix["prefix"])), prefix["rest"])
    said = prefix["rest"] if prefix and not unit_starts(prefix["prefix"]) else sentence
    said = without_giver(without_when(said))
    if not begins_unit(said):
        opening = _OPENING.match(said)
        direct = said[opening.end() :] if opening else ""
        said = direct if begins_unit(direct) else _after_opening(sentence)
    if not said or not units_before_act(said) or not _acts(said):
        return _in_brackets(sentence)
    return _all_answer(said)


def _in_brackets(sentence: str) -> Assignment:
    """“Rà soát quy trình cấp phép (Phòng X chủ trì, hoàn thành trong quý II)”."""
    match = _LAST_BRACKETS.search(sentence)
    said = without_giver(match["who"]) if match else ""
    return read_clause(said) if begins_unit(said) and _acts(said) else Assignment()


def _after_opening(sentence: str) -> str:
    """“Căn cứ nhiệm vụ được phân công, các phòng …”: the first unit after a comma of the opening words."""
    if not _OPENING.match(sentence):
        return ""
    places = [place for place in unit_starts(sentence) if sentence[:place].rstrip().endswith(",")]
    return sentence[places[0] :] if places else ""


def _all_answer(said: str) -> Assignment:
    """In prose “A, B phối hợp tổng hợp báo cáo” makes each of them answer."""
    read = read_clause(said)
    first = units_before_act(said)
    return Assignment(
        first, tuple(name for name in read.partners if name not in first), (), read.helps_outside
    )


def _acts(said: str) -> bool:
    named = units_before_act(said)
    return bool(named) and len(said.rstrip(" .:/")) > sum(map(len, named)) + 8 * len(named)


def _put(read: ClausesRead, item: Item, sentence: str, about: Assignment, years: Years | None) -> None:
    when = find_when(sentence) or _labelled_when(sentence)
    if when and about.leads and not _CLOSING.match(sentence):
        read.duties.append(_duty(item, sentence, about, when, years))
    else:
        read.left_out.append(LeftOut(sentence, _why_not(sentence, about), item.source))


def _labelled_when(sentence: str) -> str:
    """“Giao Phòng X chủ trì; thời gian thực hiện: Quý III/2025.”"""
    labels = part_labels(sentence)[1]
    return next((label.value.rstrip(" .") for label in labels if label.column is Column.DEADLINE), "")


def _why_not(sentence: str, about: Assignment) -> str:
    if _CLOSING.match(sentence):
        return "lời chung của kế hoạch, không giao việc có thời hạn"
    if re.search(r"phụ lục", sentence, re.I) and len(sentence) < 120:
        return "dẫn sang phụ lục"
    return _NO_TIME if about.leads else "không nêu đơn vị nào thực hiện"


def _duty(item: Item, sentence: str, about: Assignment, when: str, years: Years | None) -> DraftDuty:
    reports = bool(REPORTS.search(FOR_OTHERS.sub("", sentence)))
    return DraftDuty(
        code=item.number_path,
        content=sentence.rstrip("/ "),
        source=item.source,
        deadline=read_deadline(when, years),
        group=" / ".join(above.heading for above in item.path if above.is_heading),
        leads=about.leads,
        partners=about.partners,
        kind=DutyKind.REPORT if reports else DutyKind.TASK,
        to=find_receiver(sentence) if reports else "",
    )


def find_receiver(sentence: str) -> str:
    """To whom a report goes: “Sở (qua Văn phòng Sở)”."""
    after = REPORTS.search(sentence)
    for towards in _TOWARDS.finditer(sentence, after.start() if after else 0):
        words = re.match(r"[^.;()]*", sentence[towards.end() :])
        whole = words.group() if words else ""
        name = _RECEIVER_ENDS.sub("", whole).strip()
        if _is_receiver(name):
            via = _VIA.match(sentence, towards.end() + len(whole)) if name == whole.strip() else None
            return f"{name} {_tidy_via(via.group())}" if via else name
    return ""


def _is_receiver(name: str) -> bool:
    return begins_unit(name) or fold(name).startswith(("lanh dao ", "giam doc ", "ban giam doc"))


def _tidy_via(via: str) -> str:
    """“(qua Phòng X, email: a@b.vn)” → “(qua Phòng X)”."""
    return re.sub(r",\s*(?:email|e-mail|điện thoại|địa chỉ|đt)\b[^()]*", "", via.strip(), flags=re.I)
