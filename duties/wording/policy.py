"""The nudge policy in words: how it stands, what each number means, the words that change it and put it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, time

from duties.intents import Number
from duties.message import Choice, Line, Look, Message
from duties.nudging import Policy
from duties.wording.dates import day
from duties.wording.entries import shortened


@dataclass(frozen=True)
class Setting:
    """One number of the policy: what it is called, and the words that set it, with {} for its value."""

    name: str
    what: str
    says: str

    def order(self, policy: Policy) -> str:
        """The words that make it what it is there."""
        return self.says.format(shown(getattr(policy, self.name)))

    def line(self, policy: Policy) -> str:
        return f"{self.what}: {shown(getattr(policy, self.name))}"


SETTINGS = (
    Setting("quarter_rungs", "Trước hạn, kỳ từ một quý trở lên (ngày làm việc)", "nhắc quý trước {} ngày"),
    Setting("month_rungs", "Trước hạn, kỳ một tháng", "nhắc tháng trước {} ngày"),
    Setting("week_rungs", "Trước hạn, kỳ một tuần", "nhắc tuần trước {} ngày"),
    Setting("quarter_days", "Nhắc như quý khi kỳ dài từ (ngày)", "kỳ dài từ {} ngày nhắc như quý"),
    Setting("month_days", "Nhắc như tháng khi kỳ dài từ (ngày)", "kỳ dài từ {} ngày nhắc như tháng"),
    Setting("early_from", "Đã báo đang làm thì bỏ các lần nhắc trước hạn từ", "đang làm thì không nhắc trước {} ngày"),
    Setting("after", "Sau hạn, rồi mỗi thứ Hai", "nhắc sau hạn {} ngày"),
    Setting("mondays_until", "Sau hạn, thôi nhắc và để Văn phòng xử lý sau", "thôi nhắc sau {} ngày"),
    Setting("office_after", "Báo Văn phòng khi quá hạn", "nhắc văn phòng sau {} ngày"),
    Setting("leader_after", "Báo lãnh đạo khi quá hạn", "nhắc lãnh đạo sau {} ngày"),
    Setting("request_after", "Nhắc Văn phòng việc chờ quyết định sau", "nhắc chờ duyệt sau {} ngày"),
    Setting("ask_before", "Hỏi kết quả việc thường xuyên, trước ngày chốt số liệu", "hỏi kết quả trước {} ngày"),
    Setting("morning", "Giờ gửi buổi sáng", ""),
    Setting("afternoon", "Giờ gửi buổi chiều (việc hết hạn trong ngày)", ""),
    Setting("late_until", "Lỡ giờ thì gửi bù đến", "gửi bù đến {}"),
    Setting("opens", "Không gửi trước", ""),
    Setting("closes", "Không gửi sau", ""),
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in SETTINGS}
# Two numbers that are said together.
PAIRS = {
    **dict.fromkeys(("morning", "afternoon"), ("giờ gửi {} và {}", ("morning", "afternoon"))),
    **dict.fromkeys(("opens", "closes"), ("chỉ gửi trong giờ {} đến {}", ("opens", "closes"))),
}
# When letters go out is one for a chat, whatever plans its duties come from.
OF_THE_OFFICE = ("morning", "afternoon", "late_until", "opens", "closes")


def shown(value: Number) -> str:
    match value:
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def orders(names: Iterable[str], policy: Policy, plan: str = "") -> list[str]:
    """The words that set these numbers to what they are in a policy, of the office or of a plan."""
    prefix = f"kế hoạch {plan}: " if plan else ""
    return [prefix + said for said in dict.fromkeys(_order(name, policy) for name in names)]


def _order(name: str, policy: Policy) -> str:
    if name not in PAIRS:
        return BY_NAME[name].order(policy)
    words, both = PAIRS[name]
    return words.format(*(shown(getattr(policy, each)) for each in both))


def differences(policy: Policy, usual: Policy) -> list[str]:
    """The names of the numbers that differ."""
    return [each.name for each in fields(Policy) if getattr(policy, each.name) != getattr(usual, each.name)]


def policy_shown(
    policy: Policy, usual: Policy, plans: Sequence[tuple[str, Policy]], plan: str = ""
) -> Message:
    """How reminders go out, number by number; what is not as usual is marked, plans that differ are named."""
    of = f" của kế hoạch {plan}" if plan else ""
    lines = [Line(f"Lịch nhắc{of} (tính theo ngày làm việc; 0 là đúng ngày hết hạn):", Look.TITLE)]
    mine = [each for each in SETTINGS if not plan or each.name not in OF_THE_OFFICE]
    lines += [Line(each.line(policy) + _mark(each, policy, usual, plan), Look.ITEM) for each in mine]
    for number, own in plans:
        changed = "; ".join(orders(differences(own, policy), own))
        lines.append(
            Line(f"Kế hoạch {number} nhắc riêng: {changed}. Gõ “kế hoạch {number}: lịch nhắc” để xem.")
        )
    before = f"kế hoạch {plan}: " if plan else ""
    example = f"“{before}nhắc quý trước 10, 5, 2, 0 ngày”, “{before}nhắc lãnh đạo sau 10 ngày”"
    hours = "" if plan else ", “giờ gửi 8:00 và 14:00”"
    lines.append(Line(f"Sửa, ví dụ: {example}{hours}; về ban đầu: “{before}nhắc như mặc định”.", Look.QUIET))
    return Message(tuple(lines))


def _mark(setting: Setting, policy: Policy, usual: Policy, plan: str) -> str:
    was = getattr(usual, setting.name)
    if getattr(policy, setting.name) == was:
        return ""
    return f" ({'cơ quan' if plan else 'mặc định'}: {shown(was)})"


def policy_set(
    names: Sequence[str], before: Policy, after: Policy, moved: int, total: int, plan: str = ""
) -> Message:
    """What is in force now, how many next reminders moved by it, and the words that put it back."""
    now = "; ".join(orders(names, after, plan))
    back = " và ".join(f"“{order}”" for order in orders(names, before, plan))
    done = Line(f"Đã đặt: {now}. {effect(moved, total)} Muốn như cũ, gõ {back}.")
    return Message((done, *_never_told(names, after)), (SEE,))


def _never_told(names: Sequence[str], policy: Policy) -> list[Line]:
    """A rung longer than half of every period it is for: the office should know that it will not be heard."""
    in_vain = [n for name in names if name.endswith("_rungs") for n in policy.never_told(name)]
    if not in_vain:
        return []
    return [Line(f"Lưu ý: lần nhắc trước {shown(tuple(in_vain))} ngày dài hơn nửa kỳ nên sẽ không gửi.")]


def policy_reset(names: Sequence[str], before: Policy, moved: int, total: int, plan: str = "") -> Message:
    back = ", ".join(f"“{order}”" for order in orders(names, before, plan))
    what = f"Kế hoạch {plan} nhắc như cơ quan" if plan else "Đã đặt lại lịch nhắc như mặc định"
    return Message((Line(f"{what}. {effect(moved, total)} Muốn như trước, gõ {back}."),), (SEE,))


SEE = Choice("Xem lịch nhắc", "/lichnhac")


def effect(moved: int, total: int) -> str:
    """How many of the open obligations are reminded on another day now."""
    if not total:
        return "Chưa có phần việc nào đang mở."
    if not moved:
        return f"Lần nhắc tới của {total} phần việc đang mở không thay đổi."
    return f"Lần nhắc tới thay đổi ở {moved}/{total} phần việc đang mở."


def nothing_to_reset(plan: str) -> str:
    return f"Kế hoạch {plan} vốn đã nhắc như cơ quan." if plan else "Lịch nhắc vốn đã như mặc định."


def same_already() -> str:
    return "Lịch nhắc vốn đã như vậy; không có gì thay đổi. Gõ /lichnhac để xem."


def not_of_a_plan() -> str:
    return "Giờ gửi là chung của cơ quan, không đặt riêng cho một kế hoạch; gõ lại không kèm số kế hoạch."


def does_not_fit(number: str, why: str) -> str:
    return f"Không hợp với lịch nhắc riêng của kế hoạch {number} (gõ “kế hoạch {number}: lịch nhắc” để xem). {why}"


def no_such_plan(number: str) -> str:
    return f"Không có kế hoạch nào số {number}. Gõ /kehoach để xem các kế hoạch."


def several_plans(numbers: Sequence[str]) -> str:
    return f"Có {len(numbers)} kế hoạch mang số ấy: {', '.join(numbers)}. Xin ghi đủ số, ví dụ “kế hoạch {numbers[0]}: …”."


@dataclass(frozen=True)
class Marked:
    """A milestone of a duty."""

    code: str
    content: str
    day: date
    about: str = ""


def milestone_set(code: str, on: date, about: str, asked_on: date, units: Sequence[str]) -> Message:
    """Who will be asked on that day, and how to take it back."""
    words = f" ({shortened(about, 80)})" if about else ""
    then = "Hôm đó" if asked_on == on else f"Ngày làm việc tiếp theo, {day(asked_on)},"
    who = f"{then} sẽ hỏi tiến độ: {'; '.join(units)}." if units else "Sẽ hỏi khi kế hoạch có hiệu lực."
    return Message(
        (
            Line(
                f"Đã đặt mốc {day(on)} cho nhiệm vụ {code}{words}. {who} Bỏ thì gõ “bỏ mốc {code} ngày {day(on)}”."
            ),
        )
    )


def milestone_dropped(code: str, on: date) -> Message:
    return Message(
        (Line(f"Đã bỏ mốc {day(on)} của nhiệm vụ {code}. Đặt lại thì gõ “mốc {code} ngày {day(on)}: …”."),)
    )


def milestone_past(on: date) -> str:
    return f"Ngày {day(on)} đã qua; xin chọn mốc từ hôm nay trở đi."


def milestone_unheard(code: str, on: date) -> str:
    return f"Không có phần việc nào của nhiệm vụ {code} còn mở và chưa đến hạn vào ngày {day(on)}, nên không đặt mốc này."


def no_such_milestone(code: str, on: date) -> str:
    return f"Nhiệm vụ {code} không có mốc ngày {day(on)}. Gõ “các mốc” để xem."


def milestones(marked: Sequence[Marked]) -> Message:
    if not marked:
        return Message((Line("Chưa đặt mốc nào. Đặt mốc: “mốc 2.3 ngày 30/6: nội dung cần hỏi”."),))
    lines = [Line(f"{len(marked)} mốc theo dõi:", Look.TITLE)]
    lines += [Line(_marked(each), Look.ITEM) for each in marked]
    return Message(tuple(lines))


def _marked(each: Marked) -> str:
    about = f": {shortened(each.about, 80)}" if each.about else ""
    return f"{day(each.day)} — {each.code} {shortened(each.content, 60)}{about}"
