"""What the office is asked about a draft plan: one clear sentence each, that ends with the question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from duties.deadline import Reading
from duties.plan import Doubt, DoubtKind, DraftDuty, DraftPlan, DutyKind, UnitKind
from duties.spelling import fold
from duties.units import collective_kinds, is_collective, is_meant, is_outside, printed_names, spellings

NO_DEADLINE = "Không ghi thời hạn; hạn hoàn thành là ngày nào?"
NO_LEAD = "Không ghi đơn vị chủ trì; đơn vị nào chịu trách nhiệm?"
_CODES_SHOWN = 6
_BARE_HEADS = {"bo", "so", "ban", "phong", "chi cuc", "cuc", "trung tam", "ubnd", "uy ban"}


def questions(draft: DraftPlan) -> tuple[Doubt, ...]:
    """Every question that a general rule finds in a draft: first on names, then duty by duty."""
    on_names = (*_on_spelling(draft), *_on_matches(draft), *_on_collectives(draft), *_on_outsiders(draft))
    each = enumerate(draft.duties, start=1)
    return (*on_names, *(doubt for place, duty in each for doubt in _on_duty(place, duty)))


def _on_duty(place: int, duty: DraftDuty) -> Iterator[Doubt]:
    asked = {
        DoubtKind.DEADLINE: _about_deadline(duty),
        DoubtKind.LEAD: _about_lead(duty),
        DoubtKind.READING: _about_bullets(duty),
        DoubtKind.NOTE: _about_cut(duty),
    }
    for kind, text in asked.items():
        if text:
            yield Doubt(_name(duty), text, duty.source, kind, rows=(place,))


def _about_deadline(duty: DraftDuty) -> str:
    deadline = duty.deadline
    if not deadline.phrase.strip(" .…-–"):
        return NO_DEADLINE
    if deadline.reading is not Reading.UNREAD:
        return ""
    is_told = bool(deadline.why) and deadline.why.strip(" .") != f"chưa hiểu “{deadline.phrase}”"
    why = f": {deadline.why.strip(' .')}" if is_told else ""
    asks = "" if why.endswith("?") else "; hạn cụ thể là ngày nào?"
    return f"Chưa hiểu thời hạn “{deadline.phrase}”{why}{asks}"


def _about_lead(duty: DraftDuty) -> str:
    if duty.leads:
        return ""
    if not duty.partners:
        return NO_LEAD
    helpers = _listed(duty.partners)
    return f"Không có đơn vị chủ trì trong cơ quan, {helpers} chỉ phối hợp; có nhắc {helpers} báo cáo không?"


def _about_bullets(duty: DraftDuty) -> str:
    leads = [name for name in duty.leads if not is_collective(name)]
    pieces = max(len(duty.forms), len(duty.deliverables))
    if duty.parts or duty.kind is DutyKind.REPORT or len(leads) < 2 or pieces < 2:
        return ""
    return f"{_listed(leads)} cùng chủ trì nhưng không ghi đơn vị nào làm phần nào; mỗi đơn vị báo cáo cả nhiệm vụ, có đúng không?"


def _about_cut(duty: DraftDuty) -> str:
    """Words that a page end has cut off."""
    names = [name for name in (*duty.leads, *duty.partners) if fold(name) in _BARE_HEADS]
    if names:
        return f"Tên đơn vị “{names[0]}” có vẻ bị cắt; tên đầy đủ là gì?"
    if duty.content.rstrip().endswith((",", "(", " -")):
        return "Nội dung có vẻ bị cắt ở cuối trang; nội dung đầy đủ là gì?"
    return ""


def _on_spelling(draft: DraftPlan) -> Iterator[Doubt]:
    """Names so near that they are almost surely one unit."""
    for name, *others in spellings(printed_names(draft), draft.head.agency):
        for other in others:
            text = f"“{other}” có lẽ là “{name}” viết khác đi; có phải cùng một đơn vị không?"
            yield _on_name(draft, other, text, DoubtKind.READING)


def _on_matches(draft: DraftPlan) -> Iterator[Doubt]:
    pairs = dict.fromkeys(pair for duty in draft.duties for pair in duty.matched.items())
    for printed, unit in pairs:
        text = f"Đã hiểu “{printed}” là “{unit}”; có đúng không?"
        yield _on_name(draft, printed, text, DoubtKind.READING)


def _on_collectives(draft: DraftPlan) -> Iterator[Doubt]:
    """Collective names, asked once each."""
    used: dict[str, list[DraftDuty]] = defaultdict(list)
    for duty in draft.duties:
        for name in filter(is_collective, (*duty.leads, *duty.partners)):
            used[name.casefold()].append(duty)
    for duties in used.values():
        name = next(
            name for name in (*duties[0].leads, *duties[0].partners) if used.get(name.casefold()) is duties
        )
        yield Doubt(_codes(duties), _meaning_of(name, draft.head.agency))


def _meaning_of(name: str, agency: str) -> str:
    kinds = collective_kinds(name)
    if kinds and not is_outside(name, agency):
        is_special = UnitKind.DEPARTMENT in kinds and not is_meant(name, "Văn phòng", UnitKind.DEPARTMENT)
        but = " (không gồm Văn phòng, Thanh tra)" if is_special else ""
        return f"“{name}” là tên chung, hiểu là mọi đơn vị cùng loại đang hoạt động của cơ quan{but}; có cần bớt đơn vị nào không?"
    return f"“{name}” không chỉ rõ đơn vị nào nên chưa nhắc ai; có cần ghi tên đơn vị cụ thể không?"


def _on_outsiders(draft: DraftPlan) -> Iterator[Doubt]:
    """A lead of another house gets no letter."""
    leads = dict.fromkeys(name for duty in draft.duties for name in duty.leads if not is_collective(name))
    for name in leads:
        if is_outside(name, draft.head.agency):
            text = f"“{name}” là cơ quan ngoài nên không được nhắc; đơn vị nào của cơ quan theo dõi việc này?"
            yield _on_name(draft, name, text, DoubtKind.LEAD)


def _on_name(draft: DraftPlan, name: str, text: str, kind: DoubtKind) -> Doubt:
    """A doubt about every duty that prints the name."""
    named = [
        (place, duty)
        for place, duty in enumerate(draft.duties, start=1)
        if name in (*duty.leads, *duty.partners, *(part.unit for part in duty.parts))
    ]
    return Doubt(_codes(duty for _, duty in named), text, kind=kind, rows=tuple(place for place, _ in named))


def _name(duty: DraftDuty) -> str:
    """Its code, or its place in the file where it has none."""
    return duty.code or str(duty.source)


def _codes(duties: Iterable[DraftDuty]) -> str:
    """“1.1, 1.2, 1.8”; a long list is cut in the middle."""
    codes = list(dict.fromkeys(map(_name, duties)))
    if len(codes) <= _CODES_SHOWN:
        return ", ".join(codes)
    return f"{', '.join(codes[:3])} … {codes[-1]}"


def _listed(names: Iterable[str]) -> str:
    """“A, B và C”."""
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last
