"""A draft read back to the office: what was understood, every duty in pages, every doubt with the words that settle it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from duties.deadline import Reading
from duties.message import Choice, Line, Look, Message
from duties.plan import DoubtKind
from duties.wording.entries import shortened
from duties.wording.plans import DutyRead, PlanRead, Question, RowLeftOut, named

LONGEST = 3000
LEADS_SHOWN = 4
MOST_NAMED = 8
MOST_SAME = 4
READINGS = {
    Reading.DATED: "có ngày cụ thể",
    Reading.ONGOING: "làm thường xuyên",
    Reading.ON_REQUEST: "khi có yêu cầu",
    Reading.AFTER_EVENT: "sau một sự kiện",
    Reading.OTHER_PLAN: "theo văn bản khác",
    Reading.UNREAD: "chưa hiểu thời hạn",
}
LIST = Choice("Danh sách nhiệm vụ", "danh sách nhiệm vụ")


def draft(plan: PlanRead, *, seen_before: bool = False) -> list[Message]:
    """A file just read: the whole, every duty, then what is asked and what to do next."""
    return [*pages(_head(plan, seen_before)), *duty_pages(plan), *_asked(plan)]


def draft_again(plan: PlanRead) -> list[Message]:
    """The same without the duties, which are shown on request."""
    return [*pages(_head(plan, seen_before=False)), *_asked(plan, LIST)]


def _head(plan: PlanRead, seen_before: bool) -> Iterator[Line]:
    yield Line(named(plan), Look.TITLE)
    if seen_before:
        yield Line("Tệp này đã gửi trước đó; đây là bản đang chờ xác nhận.")
    yield Line(f"Đọc được {plan.duties} nhiệm vụ, năm {plan.years}: {_readings(plan.readings)}.")
    if plan.units:
        leads = "; ".join(f"{name} ({count})" for name, count in plan.units)
        yield Line(f"Đơn vị chủ trì: {leads}.")
    if plan.unmatched:
        names = "; ".join(name for each in plan.unmatched for name in each.names)
        yield Line(f"Chưa khớp với đơn vị nào của cơ quan: {names}.")
    for each in plan.unmatched:
        if each.near:
            yield Line(
                f"- “{each.name}” có phải là {_or(each.near)}? Phải thì gõ: {_is(each.name, each.near[0])}",
                Look.ITEM,
            )
    if plan.new_units:
        yield Line(
            f"Cơ quan chưa có đơn vị nào: xác nhận thì lập {len(plan.new_units)} đơn vị theo kế hoạch: "
            f"{'; '.join(plan.new_units)}. Chỉ lập một số thì gõ “thêm đơn vị: …; …” trước khi xác nhận."
        )


def _or(names: Sequence[str]) -> str:
    return " hoặc ".join(f"“{name}”" for name in names)


def _is(name: str, unit: str) -> str:
    return f"gọi “{name}” là “{unit}”"


def _readings(readings: Mapping[Reading, int]) -> str:
    return ", ".join(
        f"{count} {READINGS[reading]}" for reading in Reading if (count := readings.get(reading, 0))
    )


def duty_pages(plan: PlanRead) -> list[Message]:
    """Every duty by its group, with its units and its date, in as many messages as it takes."""
    lines = [Line(f"Danh sách {len(plan.listed)} nhiệm vụ", Look.TITLE)]
    for group, duties in groupby(plan.listed, key=lambda duty: duty.group):
        lines += [Line(shortened(group, 120), Look.TITLE)] if group else []
        lines += [Line(_duty(duty), Look.ITEM) for duty in duties]
    return pages(lines)


def _duty(duty: DutyRead) -> str:
    leads = "; ".join(duty.leads[:LEADS_SHOWN]) or "CHƯA CÓ ĐƠN VỊ"
    more = len(duty.leads) - LEADS_SHOWN
    others = f" và {more} đơn vị khác" if more > 0 else ""
    return f"- {duty.code} {shortened(duty.content, 90)} — {leads}{others} — {_when(duty)}".replace(
        "-  ", "- "
    )


def _when(duty: DutyRead) -> str:
    if duty.has_date:
        return _lower(duty.says.rstrip("."))
    printed = duty.phrase.strip(" .…-–")
    return f"CHƯA CÓ HẠN (kế hoạch ghi “{shortened(printed, 60)}”)" if printed else "CHƯA CÓ HẠN"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _asked(plan: PlanRead, *more: Choice) -> list[Message]:
    """Every doubt, the serious ones first; what only needs to be known; every row left out; the next step."""
    questions = [doubt for doubt in plan.doubts if doubt.kind is not DoubtKind.NOTE]
    notes = [doubt for doubt in plan.doubts if doubt.kind is DoubtKind.NOTE]
    lines = [
        *_section("Xin Văn phòng trả lời", map(_question, questions)),
        *_section("Lưu ý", map(_note, notes)),
        *_section("Không tính là nhiệm vụ", map(_row_left_out, plan.left_out)),
        *_how_to_take_in(plan.left_out),
        Line(
            "Sửa bằng lời, ví dụ: “1.3 hạn 30/6”, “3.2 giao Phòng …”, “bỏ 2.5”, “gộp 2.3 và 2.4”.", Look.QUIET
        ),
    ]
    *before, last = pages(lines)
    return [*before, Message(last.lines, _choices(plan, more))]


def _choices(plan: PlanRead, more: Sequence[Choice]) -> tuple[Choice, ...]:
    """What may be a unit under another name is asked about; only names of their own are offered as new units."""
    new = [each.name for each in plan.unmatched if not each.near]
    add = (Choice(_all_new(new), f"thêm đơn vị: {'; '.join(new)}"),) if new else ()
    same = tuple(
        Choice(f"“{each.name}” là {each.near[0]}", _is(each.name, each.near[0]))
        for each in plan.unmatched
        if each.near
    )
    return (
        *same[:MOST_SAME],
        *add,
        *more,
        Choice("Xác nhận kế hoạch", "xác nhận"),
        Choice("Hủy kế hoạch", "hủy kế hoạch"),
    )


def _all_new(names: Sequence[str]) -> str:
    return f"Thêm đơn vị mới: {names[0]}" if len(names) == 1 else f"Cả {len(names)} tên là đơn vị mới"


def _section(title: str, texts: Iterable[str]) -> list[Line]:
    lines = [Line(text, Look.ITEM) for text in texts]
    return [Line(f"{title} ({len(lines)}):", Look.TITLE), *lines] if lines else []


def _question(doubt: Question) -> str:
    about = f" ({_named(doubt)})" if doubt.about and doubt.about != "plan" else ""
    return f"- Câu {doubt.number}{about}: {shortened(doubt.text, 260)} → gõ {_answer(doubt)}"


def _named(doubt: Question) -> str:
    """“nhiệm vụ 2.3”; of a code that stands at several rows also which of them: “nhiệm vụ 2.3, @17”."""
    row = doubt.called[0] if len(doubt.called) == 1 else ""
    return f"nhiệm vụ {doubt.about}" + (f", {row}" if row.startswith("@") else "")


def _row_left_out(row: RowLeftOut) -> str:
    where = f" ({row.where})" if row.where else ""
    return f"- {row.number}. “{shortened(row.text, 70)}” — {row.why}{where}"


def _how_to_take_in(rows: Sequence[RowLeftOut]) -> list[Line]:
    if not rows:
        return []
    says = f"Dòng nào là nhiệm vụ thì gõ, ví dụ: “lấy lại dòng không tính {rows[0].number}”."
    return [Line(says, Look.QUIET)]


def _about(doubt: Question) -> str:
    return f"{doubt.about}: " if doubt.about and doubt.about != "plan" else ""


def _answer(doubt: Question) -> str:
    """The words that settle a doubt."""
    right = f"“{doubt.number} đúng”"
    code = next(iter(doubt.called), doubt.about.split(",")[0].split(" …")[0])
    match doubt.kind:
        case DoubtKind.DEADLINE:
            return f"“{code} hạn …” hoặc “bỏ {code}”"
        case DoubtKind.LEAD:
            all_of_them = ", ".join(doubt.called) if len(doubt.called) <= MOST_NAMED else code
            return f"“{all_of_them or code} giao Phòng …”"
        case DoubtKind.YEARS:
            return f"{right} hoặc “năm …”"
        case DoubtKind.TIMES:
            return f"{right} nếu giữ như cột thời hạn, hoặc “{code} hạn …”"
        case DoubtKind.HEAD:
            return _head_answer(doubt.text)
        case _:
            return f"{right}, hoặc “{code} giao Phòng …”"


def _head_answer(text: str) -> str:
    """The words for what the head of the plan leaves blank, each only where it is missing."""
    words = ["“số 15/KH-…”"] if "ghi số" in text else []
    words += ["“ngày ban hành 05/3/2026”"] if "ngày ban hành" in text else []
    return " và ".join(words)


def _note(doubt: Question) -> str:
    """A doubt that nothing said in the chat could settle is told, not asked."""
    told, _, asks = doubt.text.rpartition("; ")
    return f"- {_about(doubt)}{shortened(told if told and asks.endswith('?') else doubt.text, 260)}."


def pages(lines: Iterable[Line]) -> list[Message]:
    """The lines in messages that each fit; a page never ends with a title."""
    filled: list[list[Line]] = [[]]
    for line in lines:
        if sum(len(each.text) + 1 for each in filled[-1]) + len(line.text) > LONGEST:
            filled.append([filled[-1].pop()] if filled[-1][-1].look is Look.TITLE else [])
        filled[-1].append(line)
    return [Message(tuple(page)) for page in filled if page]


def number_kept(number: str) -> Message:
    return _kept(f"Đã ghi số kế hoạch: {number}.")


def issued_kept(on: str) -> Message:
    return _kept(f"Đã ghi ngày ban hành: {on}.")


def understood(numbers: Sequence[int], left: int) -> Message:
    """“Đã ghi: giữ như đã hiểu ở câu 1, 2. Còn 3 câu chờ trả lời.”"""
    listed = ", ".join(map(str, numbers))
    more = f"Còn {left} câu chờ trả lời." if left else "Không còn câu nào chờ trả lời."
    return _kept(f"Đã ghi: giữ như đã hiểu ở câu {listed}. {more}")


def asked_again(numbers: Sequence[int]) -> Message:
    return _kept(f"Đã ghi: hỏi lại câu {', '.join(map(str, numbers))}.")


def not_settled(number: int) -> str:
    return f"Câu {number} chưa được trả lời nên không cần hỏi lại. Gõ /kehoach để xem."


def _kept(text: str) -> Message:
    return Message(
        (Line(text),), (Choice("Xem lại kế hoạch", "/kehoach"), Choice("Xác nhận kế hoạch", "xác nhận"))
    )


def which_doubt(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers))
    return f"Xin ghi câu nào, ví dụ “{numbers[0]} đúng”. Đang chờ trả lời: câu {listed}."


def no_such_doubt(number: int) -> str:
    return f"Không có câu {number} nào chờ trả lời. Gõ /kehoach để xem lại."


def needs_words(doubt: Question) -> str:
    """“Đúng” alone gives no date and no unit."""
    return f"Câu {doubt.number} cần ghi rõ: gõ {_answer(doubt)}."


def read_anew(years: str) -> Line:
    return Line(f"Đã đọc lại kế hoạch theo năm {years}; những chỗ đã sửa trước đó xin ghi lại.")
