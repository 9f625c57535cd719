"""The letter of a slot: what is near, due or late; what the office and the leader are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import groupby

from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day
from duties.wording.entries import shortened


class Urgency(IntEnum):
    """The order of a letter: what is latest comes first."""

    OVERDUE = 0
    TODAY = 1
    SOON = 2
    ASKED = 3
    SHARED = 4


@dataclass(frozen=True)
class Told:
    """One thing a letter tells. `days` are working days: left before the due date, or gone since it."""

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

    @property
    def order(self) -> tuple[int, date, int]:
        return (self.urgency, self.due or date.max, self.obligation_id)


HEADINGS = {
    Urgency.OVERDUE: "Đã quá hạn",
    Urgency.TODAY: "Hạn cuối hôm nay",
    Urgency.SOON: "Sắp đến hạn",
    Urgency.ASKED: "Xin cho biết kết quả {window}: đã làm được gì, bao nhiêu tin, bài?",
    Urgency.SHARED: "Đơn vị phối hợp",
}


def slot_letter(
    told: Iterable[Told], *, folded_since: date | None = None, most: int = 8, afternoon: bool = False
) -> Message:
    """A unit's letter: most urgent first, at most `most` things, the rest counted; empty when there is nothing to tell.

    A chat that serves several units gets one letter, grouped by unit.
    """
    ordered = sorted(told, key=lambda each: each.order)
    if not ordered:
        return Message(())
    shown = sorted(ordered[:most], key=lambda each: (each.unit, each.order))
    units = list(dict.fromkeys(each.unit for each in shown))
    lines = [Line(_greeting(units, afternoon), Look.TITLE)]
    for unit, own in groupby(shown, key=lambda each: each.unit):
        if len(units) > 1:
            lines.append(Line(unit, Look.TITLE))
        lines += _sections(list(own), shown)
    if len(ordered) > len(shown):
        lines.append(Line(f"Và {len(ordered) - len(shown)} việc khác: gõ /viec để xem."))
    if folded_since is not None:
        lines.append(Line(f"Tin này gộp các lần nhắc chưa gửi được từ ngày {day(folded_since)}.", Look.QUIET))
    lines.append(Line(_how_to_answer(shown), Look.QUIET))
    return Message(tuple(lines), _choices(shown), tuple(each.obligation_id for each in shown))


def _greeting(units: Sequence[str], afternoon: bool) -> str:
    to = units[0] if len(units) == 1 else "các đơn vị"
    return (
        f"Kính gửi {to}, việc hết hạn trong hôm nay:"
        if afternoon
        else f"Kính gửi {to}, đề nghị quan tâm các việc sau:"
    )


def _sections(own: Sequence[Told], shown: Sequence[Told]) -> list[Line]:
    lines = []
    for heading, group in groupby(own, key=_heading):
        lines.append(Line(heading, Look.TITLE))
        lines += [Line(_item(shown.index(each) + 1, each), Look.ITEM) for each in group]
    return lines


def _heading(each: Told) -> str:
    return HEADINGS[each.urgency].format(window=each.window[:1].lower() + each.window[1:])


def _item(number: int, each: Told) -> str:
    code = f"{each.code} " if each.code else ""
    return f"{number}. {code}{shortened(each.content)} — {_when(each)} (#{each.short_code})"


def _when(each: Told) -> str:
    match each.urgency:
        case Urgency.OVERDUE:
            return f"hạn {day(_due(each))}, quá {each.days} ngày làm việc"
        case Urgency.TODAY:
            return f"hạn {day(_due(each))}"
        case Urgency.SOON:
            return f"hạn {day(_due(each))}, còn {each.days} ngày làm việc"
        case Urgency.ASKED:
            return f"hạn {day(each.due)}" if each.due else "thường xuyên"
        case Urgency.SHARED:
            return f"{each.lead} chủ trì, hạn {day(_due(each))}; xin phối hợp"


def _due(each: Told) -> date:
    assert each.due is not None, "only what is asked about may have no date"
    return each.due


def _how_to_answer(shown: Sequence[Told]) -> str:
    if all(each.urgency is Urgency.SHARED for each in shown):
        return "Tin này để đơn vị biết và chủ động phối hợp; không cần trả lời."
    first = next(n for n, each in enumerate(shown, start=1) if each.urgency is not Urgency.SHARED)
    if all(each.urgency in (Urgency.ASKED, Urgency.SHARED) for each in shown):
        return f"Trả lời, ví dụ: “{first}: 4 tin, 2 bài”, “{first} đang làm”, “{first} vướng: …”, “xong {first}”."
    return f"Trả lời, ví dụ: “xong {first}”, “{first} đang làm”, “{first} vướng: …”, “{first} xin lùi đến …”."


def _choices(shown: Sequence[Told]) -> tuple[Choice, ...]:
    """Buttons only where they are few enough to be read: one thing to answer, or a done-button for each of a few."""
    own = [each for each in shown if each.urgency is not Urgency.SHARED]
    if len(own) == 1:
        code = own[0].short_code
        asked = (Choice("Báo cáo", f"báo cáo #{code}"),) if own[0].urgency is Urgency.ASKED else ()
        return (
            *asked,
            Choice("Đã xong", f"xong #{code}"),
            Choice("Đang làm", f"#{code} đang làm"),
            Choice("Xem danh sách", "/viec"),
        )
    done = tuple(Choice(f"Xong #{each.short_code}", f"xong #{each.short_code}") for each in own[:3])
    return (*done, Choice("Xem danh sách", "/viec")) if own else ()


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
    def order(self) -> tuple[int, tuple[int, date, int]]:
        return (self.concern, self.told.order)


def office_letter(raised: Iterable[Raised], *, leader: bool = False, most: int = 12) -> Message:
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
        lines += [Line(_raised(shown.index(each) + 1, each), Look.ITEM) for each in group]
    if len(ordered) > most:
        lines.append(Line(f"Và {len(ordered) - most} việc khác: gõ /tonghop để xem."))
    waiting = any(each.concern is Concern.WAITING for each in shown)
    choices = (Choice("Tổng hợp", "/tonghop"), *((Choice("Chờ duyệt", "/choduyet"),) if waiting else ()))
    return Message(tuple(lines), choices, tuple(each.told.obligation_id for each in shown))


def _raised(number: int, each: Raised) -> str:
    told = each.told
    code = f"{told.code} " if told.code else ""
    due = f"hạn {day(told.due)}" if told.due else told.window
    late = f", quá {told.days} ngày làm việc" if told.urgency is Urgency.OVERDUE else ""
    obstacle = f"; vướng mắc: “{shortened(told.obstacle, 60)}”" if told.obstacle else ""
    return f"{number}. {told.unit}: {code}{shortened(told.content, 80)} — {due}{late} (#{told.short_code}){obstacle}"
