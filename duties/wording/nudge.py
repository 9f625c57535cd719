"""The letter of a slot: what is near, due or late; what the office and the leader are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import groupby

from duties.message import Choice, Line, Look, Message
from duties.plan import DutyKind
from duties.wording.dates import day, due_until, named_day
from duties.wording.entries import SHORT, shortened, spoken


class Urgency(IntEnum):
    """The order of a letter: what is latest comes first."""

    OVERDUE = 0
    TODAY = 1
    SOON = 2
    MILESTONE = 3
    ASKED = 4
    SHARED = 5


@dataclass(frozen=True)
class Told:
    """One thing a letter tells.

    `until` is the last day still on time, where that is later than `due`. `days` are working days: left up to the
    due date, or gone since the last day on time, as the ladder counts them.
    """

    obligation_id: int
    short_code: str
    code: str
    content: str
    unit: str
    urgency: Urgency
    due: date | None
    days: int = 0
    window: str = ""
    lead: str = ""
    obstacle: str = ""
    until: date | None = None
    occurrence_id: int = 0
    kind: DutyKind = DutyKind.TASK
    receiver: str = ""
    period: str = ""
    milestone: date | None = None
    milestone_about: str = ""

    @property
    def order(self) -> tuple[int, date, int, int]:
        return (self.urgency, self.due or date.max, self.occurrence_id, self.obligation_id)

    def about(self, most: int = SHORT) -> str:
        """“IV.4 Báo cáo kết quả … gửi Văn phòng Sở, quý I”."""
        return spoken(
            self.code, self.content, most, kind=self.kind, receiver=self.receiver, period=self.period
        )


HEADINGS = {
    Urgency.OVERDUE: "Đã quá hạn",
    Urgency.TODAY: "Hạn cuối hôm nay",
    Urgency.SOON: "Sắp đến hạn",
    Urgency.MILESTONE: "Đến mốc theo dõi, xin cho biết tiến độ",
    Urgency.ASKED: "Xin cho biết kết quả {window}: đã làm được gì, bao nhiêu tin, bài?",
    Urgency.SHARED: "Đơn vị phối hợp",
}


LIST = Choice("Xem danh sách", "/viec")
QUESTIONS = (Urgency.MILESTONE, Urgency.ASKED)


MOST_TOLD, MOST_RAISED = 8, 12


def slot_letter(
    told: Iterable[Told],
    *,
    folded_since: date | None = None,
    most: int = MOST_TOLD,
    afternoon: bool = False,
    others: int = 0,
) -> Message:
    """A unit's letter: most urgent first, at most `most` things, the rest counted; empty when there is nothing to tell.

    A chat that serves several units gets one letter, grouped by unit.
    """
    ordered = sorted(told, key=lambda each: each.order)
    if not ordered:
        return Message(())
    shown = sorted(ordered[:most], key=lambda each: (each.unit, each.order))
    units = list(dict.fromkeys(each.unit for each in shown))
    lines = [Line(_greeting(units, shown, afternoon), Look.TITLE)]
    for unit, own in groupby(shown, key=lambda each: each.unit):
        if len(units) > 1:
            lines.append(Line(unit, Look.TITLE))
        lines += _sections(list(own), shown)
    if unshown := len(ordered) - len(shown) + others:
        lines.append(Line(f"Và {unshown} việc khác: gõ /viec để xem."))
    if folded_since is not None:
        lines.append(Line(f"Tin này gộp các lần nhắc chưa gửi được từ ngày {day(folded_since)}.", Look.QUIET))
    lines.append(Line(_how_to_answer(shown), Look.QUIET))
    return Message(tuple(lines), _choices(shown), tuple(each.obligation_id for each in shown))


def _greeting(units: Sequence[str], shown: Sequence[Told], afternoon: bool) -> str:
    to = units[0] if len(units) == 1 else "các đơn vị"
    if not afternoon:
        return f"Kính gửi {to}, đề nghị quan tâm các việc sau:"
    is_last = all(each.urgency is Urgency.TODAY for each in shown)
    return f"Kính gửi {to}, việc {'hết hạn trong hôm nay' if is_last else 'sắp hết hạn, chưa báo cáo'}:"


def _sections(own: Sequence[Told], shown: Sequence[Told]) -> list[Line]:
    lines = []
    for heading, group in groupby(own, key=_heading):
        lines.append(Line(heading, Look.TITLE))
        lines += [Line(_item(shown.index(each) + 1, each), Look.ITEM) for each in group]
    return lines


def _heading(each: Told) -> str:
    return HEADINGS[each.urgency].format(window=each.window[:1].lower() + each.window[1:])


def _item(number: int, each: Told) -> str:
    return f"{number}. {each.about()} — {_when(each)} (#{each.short_code})"


def _when(each: Told) -> str:
    match each.urgency:
        case Urgency.OVERDUE:
            return f"hạn {due_until(_due(each), each.until)}, quá {each.days} ngày làm việc"
        case Urgency.TODAY:
            return f"hạn {due_until(_due(each), each.until)}"
        case Urgency.SOON:
            return _soon(each)
        case Urgency.MILESTONE:
            return f"{_milestone(each)}, {_lasts(each)}"
        case Urgency.ASKED:
            return _lasts(each)
        case Urgency.SHARED:
            return f"{each.lead} chủ trì, hạn {day(_due(each))}; xin phối hợp"


def _milestone(each: Told) -> str:
    assert each.milestone is not None, "a milestone is a day"
    about = f": {shortened(each.milestone_about, 100)}" if each.milestone_about else ""
    return f"mốc {day(each.milestone)}{about}"


def _lasts(each: Told) -> str:
    return f"hạn {day(each.due)}" if each.due else "thường xuyên"


def _soon(each: Told) -> str:
    """On the working day before a day off nothing is left to count: it says how long an answer is still on time."""
    if each.days:
        return f"hạn {day(_due(each))}, còn {each.days} ngày làm việc"
    if each.until in (None, each.due):
        return f"hạn {named_day(_due(each))}, hôm nay là ngày làm việc cuối cùng"
    return f"hạn {due_until(_due(each), each.until)}"


def _due(each: Told) -> date:
    assert each.due is not None, "only what is asked about may have no date"
    return each.due


def _how_to_answer(shown: Sequence[Told]) -> str:
    if all(each.urgency is Urgency.SHARED for each in shown):
        return "Tin này để đơn vị biết và chủ động phối hợp; không cần trả lời."
    first = next(n for n, each in enumerate(shown, start=1) if each.urgency is not Urgency.SHARED)
    if all(each.urgency in (*QUESTIONS, Urgency.SHARED) for each in shown):
        return f"Trả lời, ví dụ: “{first}: 4 tin, 2 bài”, “{first} đang làm”, “{first} vướng: …”."
    return f"Trả lời, ví dụ: “xong {first}”, “{first} đang làm”, “{first} vướng: …”, “{first} xin lùi đến …”."


def _choices(shown: Sequence[Told]) -> tuple[Choice, ...]:
    """Buttons only where they are few enough to be read: one thing to answer, or a done-button for each of a few."""
    own = [each for each in shown if each.urgency is not Urgency.SHARED]
    if len(own) == 1:
        return (*_answers(own[0]), LIST)
    return (*(_answer(each) for each in own[:3]), LIST) if own else ()


def _answers(each: Told) -> tuple[Choice, ...]:
    """A question about a window is answered by what was done in it; that does not make a year's duty done."""
    code = each.short_code
    if each.urgency in QUESTIONS:
        until = f"đến {day(each.milestone)}" if each.milestone else each.window[:1].lower() + each.window[1:]
        nothing = f"ghi chú #{code}: {until} chưa có kết quả"
        return (Choice("Báo kết quả", f"báo cáo #{code}"), Choice("Chưa có gì", nothing))
    return (Choice("Đã xong", f"xong #{code}"), Choice("Đang làm", f"#{code} đang làm"))


def _answer(each: Told) -> Choice:
    code = each.short_code
    if each.urgency in QUESTIONS:
        return Choice(f"Báo kết quả #{code}", f"báo cáo #{code}")
    return Choice(f"Xong #{code}", f"xong #{code}")


class Concern(IntEnum):
    """Why the office or the leader is told, in the order of a letter."""

    UNREACHABLE = 0
    WAITING = 1
    LEFT = 2
    LATE = 3


CONCERNS = {
    Concern.UNREACHABLE: "Chưa nhắc được: đơn vị chưa có kênh nhận tin (gõ /moi để mời)",
    Concern.WAITING: "Đang chờ Văn phòng quyết định (gõ /choduyet)",
    Concern.LEFT: "Đã nhắc nhiều lần, từ nay để Văn phòng xử lý",
    Concern.LATE: "Quá hạn, chưa báo cáo",
}


@dataclass(frozen=True)
class Raised:
    """One thing the office or the leader is told, and why."""

    told: Told
    concern: Concern

    @property
    def order(self) -> tuple[int, tuple[int, date, int, int]]:
        return (self.concern, self.told.order)

    @property
    def theme(self) -> tuple[object, ...]:
        """What several units may be told of in one line."""
        told = self.told
        return (told.occurrence_id or -told.obligation_id, told.urgency, told.due, told.days, told.obstacle)


def office_letter(
    raised: Iterable[Raised], *, leader: bool = False, most: int = MOST_RAISED, others: int = 0
) -> Message:
    """The office's (or the leader's) letter; empty when there is nothing to tell."""
    ordered = sorted(raised, key=lambda each: each.order)
    if not ordered:
        return Message(())
    shown = ordered[:most]
    heading = (
        "Kính gửi lãnh đạo, các việc chậm nhiều:" if leader else "Kính gửi Văn phòng, các việc cần quan tâm:"
    )
    lines = [Line(heading, Look.TITLE)]
    for concern, group in groupby(shown, key=lambda each: each.concern):
        lines.append(Line(CONCERNS[concern], Look.TITLE))
        for _, alike in groupby(group, key=lambda each: each.theme):
            numbered = [(shown.index(each) + 1, each.told) for each in alike]
            lines.append(Line(_raised_together(numbered), Look.ITEM))
    if unshown := len(ordered) - len(shown) + others:
        lines.append(Line(f"Và {unshown} việc khác: gõ /tonghop để xem."))
    waiting = any(each.concern is Concern.WAITING for each in shown)
    choices = (Choice("Tổng hợp", "/tonghop"), *((Choice("Chờ duyệt", "/choduyet"),) if waiting else ()))
    return Message(tuple(lines), choices, tuple(each.told.obligation_id for each in shown))


def _raised_together(numbered: Sequence[tuple[int, Told]]) -> str:
    """One unit's thing; of one duty of several units “IV.4 Báo cáo …, quá 3 ngày làm việc: 8 đơn vị: 1. Phòng A (#A1); …”."""
    number, told = numbered[0]
    if len(numbered) == 1:
        return f"{number}. {told.unit}: {told.about(80)} — {_how_late(told)} (#{told.short_code}){_hindered(told)}"
    units = "; ".join(f"{n}. {each.unit} (#{each.short_code})" for n, each in numbered)
    return f"{told.about(80)} — {_how_late(told)}{_hindered(told)}. {len(numbered)} đơn vị: {units}"


def _how_late(told: Told) -> str:
    if told.milestone is not None:
        return _milestone(told)
    if told.due is None:
        return told.window
    late = f", quá {told.days} ngày làm việc" if told.urgency is Urgency.OVERDUE else ""
    return f"hạn {due_until(told.due, told.until)}{late}"


def _hindered(told: Told) -> str:
    return f"; vướng mắc: “{shortened(told.obstacle, 60)}”" if told.obstacle else ""
