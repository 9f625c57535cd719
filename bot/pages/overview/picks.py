"""Which obligations stand behind a number of the overview: the one place that both the number and its list come from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from duties.facts import Fact
from duties.progress import Value
from duties.summary import Summary

AHEAD = timedelta(days=14)


class Pick(StrEnum):
    """What a list holds, as the address names it."""

    ON_TIME = "dung-han"
    LATE = "xong-muon"
    OPEN = "con-han"
    OVERDUE = "qua-han"
    COUNTED = "tat-ca"
    ONGOING = "thuong-xuyen"
    REPORTED = "thuong-xuyen-da-bao-cao"
    CARRIED_OVER = "ky-truoc-chuyen-sang"
    NOT_APPLICABLE = "khong-ap-dung"
    EXTENDED = "gia-han"
    RETURNED = "tra-lai"
    OBSTACLES = "vuong-mac"
    CHANGED = "doi-sau-khi-chot"
    OVERDUE_NOW = "dang-qua-han"
    COMING = "hai-tuan-toi"
    WAITING = "cho-quyet-dinh"
    HELD = "cho-cho-biet"

    @property
    def words(self) -> str:
        return TITLES[self]

    @property
    def is_of_today(self) -> bool:
        """Whether it tells how things stand today, whatever the window."""
        return self in OF_TODAY


TITLES = {
    Pick.ON_TIME: "Hoàn thành đúng hạn",
    Pick.LATE: "Hoàn thành quá hạn",
    Pick.OPEN: "Chưa hoàn thành, còn hạn",
    Pick.OVERDUE: "Chưa hoàn thành, quá hạn",
    Pick.COUNTED: "Tất cả việc đến hạn trong kỳ",
    Pick.ONGOING: "Việc thường xuyên",
    Pick.REPORTED: "Việc thường xuyên đã báo cáo",
    Pick.CARRIED_OVER: "Kỳ trước chuyển sang",
    Pick.NOT_APPLICABLE: "Không áp dụng",
    Pick.EXTENDED: "Được gia hạn",
    Pick.RETURNED: "Văn phòng trả lại, chưa báo cáo lại",
    Pick.OBSTACLES: "Đang vướng mắc",
    Pick.CHANGED: "Thay đổi sau khi chốt số liệu",
    Pick.OVERDUE_NOW: "Đang quá hạn",
    Pick.COMING: "Đến hạn trong hai tuần tới",
    Pick.WAITING: "Chờ Văn phòng quyết định",
    Pick.HELD: "Đã qua hạn khi xác nhận kế hoạch, chờ Văn phòng cho biết",
}
OF_TODAY = frozenset({Pick.OVERDUE_NOW, Pick.COMING, Pick.WAITING, Pick.HELD})
OF_VALUE = {
    Value.ON_TIME: Pick.ON_TIME,
    Value.LATE: Pick.LATE,
    Value.OPEN: Pick.OPEN,
    Value.OVERDUE: Pick.OVERDUE,
}
VALUE_OF = {pick: value for value, pick in OF_VALUE.items()}


@dataclass(frozen=True)
class Known:
    """What the numbers are picked from: the window's summary, and today's state of what is open or waits.

    `waiting` and `held`: ids of obligations, those of `waiting` in the order in which they came.
    """

    summary: Summary
    present: Sequence[Fact]
    today: date
    waiting: Sequence[int] = ()
    held: Collection[int] = ()
    _present_by_id: dict[int, Fact] = field(default_factory=dict, repr=False, compare=False)

    def fact(self, obligation_id: int) -> Fact | None:
        """How an obligation stands today."""
        if not self._present_by_id:
            self._present_by_id.update((fact.obligation_id, fact) for fact in self.present)
        return self._present_by_id.get(obligation_id)


@dataclass(frozen=True)
class Narrow:
    """A cell of a map or a day of a list: 0, "" and None leave nothing out. `month` is such as “2026-06”."""

    duty_id: int = 0
    month: str = ""
    day: date | None = None

    def holds(self, fact: Fact) -> bool:
        return (
            (not self.duty_id or fact.duty_id == self.duty_id)
            and (not self.month or month_of(fact) == self.month)
            and (self.day is None or fact.due == self.day)
        )


EVERYTHING = Narrow()


def month_of(fact: Fact) -> str:
    """The month in which it is counted; "" for what has no day."""
    return f"{fact.belongs_on:%Y-%m}" if fact.belongs_on else ""


def picked(known: Known, pick: Pick, narrow: Narrow = EVERYTHING) -> list[Fact]:
    """The obligations behind a number, in the order of the plans unless the list has one of its own."""
    return [fact for fact in _of(known, pick) if narrow.holds(fact)]


def _of(known: Known, pick: Pick) -> Sequence[Fact]:
    summary = known.summary
    match pick:
        case Pick.ON_TIME | Pick.LATE | Pick.OPEN | Pick.OVERDUE:
            return [fact for fact in summary.counted if fact.value is VALUE_OF[pick]]
        case Pick.COUNTED:
            return summary.counted
        case Pick.ONGOING:
            return summary.ongoing
        case Pick.REPORTED:
            return [fact for fact in summary.ongoing if fact.reported]
        case Pick.CARRIED_OVER:
            return summary.carried_over
        case Pick.NOT_APPLICABLE:
            return summary.not_applicable
        case Pick.EXTENDED:
            return summary.extended
        case Pick.RETURNED:
            return summary.returned
        case Pick.OBSTACLES:
            return summary.obstacles
        case Pick.CHANGED:
            return [change.about for change in summary.frozen.changes] if summary.frozen else []
        case _:
            return _today(known, pick)


def _today(known: Known, pick: Pick) -> Sequence[Fact]:
    if pick is Pick.WAITING:
        return [fact for id in known.waiting if (fact := known.fact(id))]
    applies = [fact for fact in known.present if not fact.not_applicable and not fact.ongoing]
    if pick is Pick.HELD:
        return [fact for fact in applies if fact.obligation_id in known.held]
    if pick is Pick.OVERDUE_NOW:
        late = [fact for fact in applies if fact.value is Value.OVERDUE]
        return sorted(late, key=lambda fact: fact.due or date.max)
    until = known.today + AHEAD
    # a day off that is past may still be in time until the next working day
    coming = [fact for fact in applies if fact.value is Value.OPEN and fact.due and fact.due < until]
    return sorted(coming, key=lambda fact: fact.due or date.max)


def shared(facts: Sequence[Fact]) -> Mapping[int, list[Fact]]:
    """The facts of each occurrence together."""
    together: dict[int, list[Fact]] = {}
    for fact in facts:
        together.setdefault(fact.occurrence_id, []).append(fact)
    return together
