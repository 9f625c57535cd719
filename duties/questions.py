"""What the office is asked about a draft plan: one clear sentence each, that ends with the question."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from duties.deadline import Reading
from duties.plan import Doubt, DraftDuty, DraftPlan, DutyKind
from duties.units import collective_kinds, is_collective, is_outside, printed_names, spellings

_RHYTHM_INSIDE = re.compile(
    r"định kỳ\s+(?:(?:hằng|hàng)\s+(?:tuần|tháng|quý|năm)|0?[369]\s+tháng)(?:\s*(?:,|và)\s*(?:cả\s+)?(?:năm|0?[369]\s+tháng))*",
    re.I,
)
_AT_REQUEST = re.compile(r"theo đề nghị của\s+(?P<who>[^.;]+)", re.I)


def questions(draft: DraftPlan) -> tuple[Doubt, ...]:
    """Every question that a general rule finds in a draft."""
    return (
        *_spelling(draft),
        *_collective(draft),
        *(doubt for duty in draft.duties for doubt in _of_duty(draft, duty)),
    )


def _of_duty(draft: DraftPlan, duty: DraftDuty) -> Iterator[Doubt]:
    for ask in (_when, _who, _which_bullets, _matched):
        text = ask(duty)
        if text:
            yield Doubt(duty.code, text, duty.source)
    _ = draft


def _when(duty: DraftDuty) -> str:
    if not duty.deadline.phrase.strip(" .…-–"):
        return "Không ghi thời hạn; xin cho biết hạn hoàn thành?"
    if duty.deadline.reading is Reading.UNREAD:
        why = duty.deadline.why or "chưa hiểu"
        return f"Thời hạn “{duty.deadline.phrase}”: {why}; xin cho biết hạn cụ thể?"
    return ""


def _who(duty: DraftDuty) -> str:
    if duty.leads:
        return ""
    if not duty.partners:
        return "Không ghi đơn vị chủ trì; xin cho biết đơn vị nào chịu trách nhiệm?"
    return f"Không có đơn vị chủ trì trong cơ quan, chỉ có {_listed(duty.partners)} phối hợp; có nhắc {_listed(duty.partners)} báo cáo không?"


def _which_bullets(duty: DraftDuty) -> str:
    leads = [name for name in duty.leads if not is_collective(name)]
    if (
        duty.parts
        or duty.kind is DutyKind.REPORT
        or len(leads) < 2
        or max(len(duty.forms), len(duty.deliverables)) < 2
    ):
        return ""
    return f"{_listed(leads)} cùng chủ trì nhưng không ghi đơn vị nào làm phần nào; mỗi đơn vị đều báo cáo cả nhiệm vụ, có đúng không?"


def _matched(duty: DraftDuty) -> str:
    pairs = [f"“{printed}” là “{unit}”" for printed, unit in duty.matched.items()]
    return f"Đã hiểu {'; '.join(pairs)}; có đúng không?" if pairs else ""


def _spelling(draft: DraftPlan) -> Iterator[Doubt]:
    """Names so near that they are almost surely one unit."""
    for name, *others in spellings(printed_names(draft), draft.head.agency):
        for other in others:
            where = _codes(duty for duty in draft.duties if other in (*duty.leads, *duty.partners))
            yield Doubt(where, f"“{other}” có lẽ là “{name}”, viết khác đi; có phải cùng một đơn vị không?")


def _collective(draft: DraftPlan) -> Iterator[Doubt]:
    """Collective names, asked once each."""
    used: dict[str, list[DraftDuty]] = defaultdict(list)
    for duty in draft.duties:
        for name in (*duty.leads, *duty.partners):
            if is_collective(name):
                used[name[:1].lower() + name[1:]].append(duty)
    for name, duties in used.items():
        text = _meaning_of(name, draft.head.agency)
        yield Doubt(_codes(duties), text)


def _meaning_of(name: str, agency: str) -> str:
    if collective_kinds(name) and not is_outside(name, agency):
        return f"“{name}” là tên chung: sẽ tính cho mọi đơn vị loại đó đang hoạt động, trừ đơn vị chủ trì; có cần bớt đơn vị nào không?"
    return f"“{name}” không chỉ rõ đơn vị nào nên không đơn vị nào được nhắc; có cần ghi tên đơn vị cụ thể không?"


def _codes(duties: Iterable[DraftDuty]) -> str:
    return ", ".join(dict.fromkeys(duty.code for duty in duties))


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last


Question = Callable[[DraftDuty], str]
