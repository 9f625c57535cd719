"""A plan read back to the office: what was understood, every doubt, corrections, confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duties.deadline import Deadline, Reading
from duties.message import Choice, Line, Look, Message
from duties.plan import DoubtKind
from duties.units import Unknown
from duties.wording.dates import day
from duties.wording.entries import shortened
from duties.wording.unwatched import Lacking, lacking_line, lacking_list


@dataclass(frozen=True)
class Question:
    """A doubt of the reading: the number the office calls it by, and what kind of words settle it.

    `called`: by what words each duty that it is about can be named: its code, or its place where codes repeat.
    """

    number: int
    kind: DoubtKind
    about: str
    text: str
    called: Sequence[str] = ()


@dataclass(frozen=True)
class RowLeftOut:
    """What was read as no duty; `number`: what the office calls it by, `where`: its place in the file."""

    number: int
    text: str
    why: str
    where: str = ""


@dataclass(frozen=True)
class DutyRead:
    """A duty as it was read: its leads as printed, its deadline as understood (`says`) and as printed.

    `code`: what it is called by, as in `Question`.
    """

    code: str
    group: str
    content: str
    leads: Sequence[str]
    says: str
    phrase: str
    has_date: bool = True


@dataclass(frozen=True)
class PlanRead:
    """A plan as the office is shown it; `units` are the leads found, with how many duties each leads.

    `unmatched`: names that are no unit's; `new_units`: those that confirming makes, where the agency has none yet.
    """

    title: str
    number: str
    source_name: str
    years: str
    duties: int
    readings: Mapping[Reading, int]
    units: Sequence[tuple[str, int]] = ()
    unmatched: Sequence[Unknown] = ()
    new_units: Sequence[str] = ()
    doubts: Sequence[Question] = ()
    left_out: Sequence[RowLeftOut] = ()
    past: int = 0
    lacking: Sequence[Lacking] = ()
    listed: Sequence[DutyRead] = ()


def named(plan: PlanRead) -> str:
    number = f" số {plan.number}" if plan.number else ""
    return (
        f"Kế hoạch{number}: {shortened(plan.title, 160)}"
        if plan.title
        else f"Kế hoạch{number} (tệp {plan.source_name})"
    )


def already_in_force(plan: PlanRead) -> Message:
    return Message((Line(f"Tệp này đã gửi trước đó và đang thực hiện: {named(plan)}. Không nạp lại."),))


def confirmed(
    plan: PlanRead,
    obligations: int,
    new_units: Sequence[str],
    without_chat: Sequence[str],
    collectives: Sequence[tuple[str, Sequence[str]]] = (),
) -> Message:
    """A plan in force: how many obligations it made, whom to invite, and what is asked about dates gone by."""
    lines = [Line(f"Đã xác nhận {_lower(named(plan))}.", Look.TITLE)]
    lines.append(Line(f"{plan.duties} nhiệm vụ thành {obligations} phần việc được theo dõi."))
    if new_units:
        lines.append(Line(f"Đã lập {len(new_units)} đơn vị theo kế hoạch: {'; '.join(new_units)}."))
    lines += [Line(_meant(name, units)) for name, units in collectives]
    lines += lacking_list(plan.lacking)
    choices = []
    if without_chat:
        lines.append(Line(f"Chưa có kênh nhận tin: {'; '.join(without_chat)}. Gõ /moi để lấy mã mời."))
        choices.append(Choice("Lấy mã mời", "/moi"))
    if plan.past:
        lines += _past(plan.past)
        choices = [*PAST_CHOICES, *choices]
    return Message(tuple(lines), tuple(choices) or (Choice("Sắp gửi gì", "/sapgui"),))


def _meant(name: str, units: Sequence[str]) -> str:
    """Whom a collective name means today; nobody is a thing the office must know."""
    if not units:
        return (
            f"“{name}” chưa gồm đơn vị nào nên chưa ai được nhắc; gõ “thêm đơn vị: Phòng …; Phòng …” để thêm."
        )
    return f"“{name}” hiện gồm: {'; '.join(units)}. Còn thiếu thì gõ “thêm đơn vị: Phòng …”."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


PAST_CHOICES = (
    Choice("Đã xong", "kỳ đã qua: đã xong"),
    Choice("Vẫn nhắc", "kỳ đã qua: vẫn nhắc"),
    Choice("Không tính", "kỳ đã qua: không tính"),
)


def _past(count: int) -> list[Line]:
    return [
        Line(f"Có {count} phần việc đã qua hạn trước ngày xác nhận, đang tạm giữ chưa nhắc. Xử lý thế nào?"),
        Line("Trả lời “kỳ đã qua: đã xong”, “kỳ đã qua: vẫn nhắc” hoặc “kỳ đã qua: không tính”.", Look.QUIET),
    ]


def past_settled(count: int, done: str) -> Message:
    text = (
        f"Đã ghi {count} phần việc của kỳ đã qua: {done}. Có thể sửa từng việc sau; gõ “hoàn tác” nếu nhầm."
    )
    return Message((Line(text),), (Choice("Hoàn tác", "hoàn tác"),))


def past_held_again(count: int) -> Message:
    """What was settled by mistake waits for the office again."""
    if not count:
        return Message((Line("Đã hoàn tác; đơn vị đã báo cáo về các việc này nên không tạm giữ nữa."),))
    first, how = _past(count)
    return Message((Line(f"Đã hoàn tác. {first.text}"), how), tuple(PAST_CHOICES))


def no_past() -> str:
    return "Không còn phần việc nào của kỳ đã qua chờ xử lý."


def told_unit(unit: str, plan: PlanRead, count: int, first_due: date | None) -> Message:
    """A unit that is linked hears once how much of a new plan is its own."""
    first = f" Hạn gần nhất: {day(first_due)}." if first_due else ""
    text = f"Kính gửi {unit}: {_lower(named(plan))} có {count} phần việc do đơn vị thực hiện.{first} Sẽ nhắc trước hạn."
    return Message((Line(text),), (Choice("Xem danh sách", "/viec"),))


@dataclass(frozen=True)
class PlanInForce:
    title: str
    number: str
    years: str
    duties: int
    open: int
    confirmed_on: date | None
    lacking: Sequence[Lacking] = ()


def plans(in_force: Sequence[PlanInForce], withdrawn: Sequence[str], *, has_draft: bool) -> Message:
    """The plans in force, and the names of those withdrawn; a draft that waits is shown after it."""
    lines = [
        Line("Kế hoạch đang thực hiện:" if in_force else "Chưa có kế hoạch nào đang thực hiện.", Look.TITLE)
    ]
    for plan in in_force:
        lines.append(Line(f"- {plan_line(plan)}", Look.ITEM))
        lines += [Line(lacking, Look.QUIET)] if (lacking := lacking_line(plan.lacking)) else []
    if withdrawn:
        lines.append(Line(f"Đã rút: {'; '.join(withdrawn)}.", Look.QUIET))
    if not has_draft:
        lines.append(Line("Gửi tệp kế hoạch vào đây để nạp kế hoạch mới.", Look.QUIET))
    choices = (Choice("Danh sách nhiệm vụ", "danh sách nhiệm vụ"),) if in_force and not has_draft else ()
    return Message(tuple(lines), choices)


def plan_line(plan: PlanInForce) -> str:
    number = f"số {plan.number}, " if plan.number else ""
    on = f", xác nhận ngày {day(plan.confirmed_on)}" if plan.confirmed_on else ""
    return f"{shortened(plan.title, 90)} ({number}{plan.years}): {plan.duties} nhiệm vụ, còn {plan.open} phần việc{on}"


def no_draft() -> str:
    return "Không có kế hoạch nào chờ xác nhận. Gửi tệp kế hoạch vào đây để nạp."


def thrown_away(plan: PlanRead) -> Message:
    return Message(
        (Line(f"Đã hủy bản chờ xác nhận: {_lower(named(plan))}. Có thể gửi lại tệp bất cứ lúc nào."),)
    )


def nothing_left(plan: PlanRead) -> str:
    return f"{named(plan)} không còn nhiệm vụ nào sau khi bỏ; chưa xác nhận."


def left_out(codes: Sequence[str], back: bool) -> Message:
    listed = ", ".join(codes)
    if back:
        return corrected(f"Đã lấy lại nhiệm vụ {listed}. Gõ “bỏ {listed}” nếu nhầm.")
    return corrected(f"Đã bỏ nhiệm vụ {listed} khỏi bản chờ xác nhận. Gõ “lấy lại {listed}” nếu nhầm.")


def corrected(text: str) -> Message:
    """What was changed in a draft, and where to go on."""
    return Message(
        (Line(text),), (Choice("Xem lại kế hoạch", "/kehoach"), Choice("Xác nhận kế hoạch", "xác nhận"))
    )


def deadline_set(code: str, deadline: Deadline, printed: str) -> Message:
    """What the office's words were understood to mean; the plan's own phrase stays."""
    return corrected(
        f"Nhiệm vụ {code}: {deadline.says.rstrip('.')} (kế hoạch ghi “{shortened(printed, 60)}”)."
    )


def deadline_not_understood(phrase: str, why: str) -> str:
    reason = f" ({why.rstrip('.')})" if why else ""
    return f"Chưa hiểu thời hạn “{shortened(phrase, 60)}”{reason}; xin ghi lại, ví dụ “30/6” hoặc “ngày 20 hằng tháng”."


def duty_given(code: str, unit: str) -> Message:
    return corrected(f"Nhiệm vụ {code}: giao {unit} chủ trì.")


def content_set(code: str, text: str) -> Message:
    return corrected(f"Nhiệm vụ {code}: nội dung ghi lại là “{shortened(text, 120)}”.")


def no_duty(code: str) -> str:
    return f"Bản chờ xác nhận không có nhiệm vụ {code}."


def several_duties(code: str, found: Sequence[tuple[int, str]]) -> str:
    """`found`: the place in the plan and the content of each duty of that code."""
    shown = "; ".join(f"@{place} “{shortened(content, 60)}”" for place, content in found[:4])
    return (
        f"Có {len(found)} nhiệm vụ cùng ghi mã {code}: {shown}. "
        f"Xin ghi số thứ tự thay cho mã, ví dụ “@{found[0][0]}”."
    )


def same_year(year: int) -> str:
    return f"Kế hoạch đó đã là của năm {year}; xin ghi năm khác, ví dụ “sao chép kế hoạch 485 sang năm {year + 1}”."
