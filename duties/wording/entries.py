"""An obligation as we speak of it: its code, what is to be done, until when, and how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from duties.plan import DutyKind
from duties.wording.about import what_is_reported
from duties.wording.dates import day, days_left, due_until
from duties.wording.numbers import whole

SHORT = 110
MOST_CODES = 20
LACKS_PROOF = "chưa có minh chứng"


@dataclass(frozen=True)
class Entry:
    """What we need to know to speak of one obligation; `window` names the report window of an ongoing one.

    `phrase` is the plan's, `set_to` the office's where it said what that means.
    """

    id: int
    short_code: str
    code: str
    content: str
    unit: str
    period: str = ""
    due: date | None = None
    first_due: date | None = None
    at: time | None = None
    window: str = ""
    phrase: str = ""
    set_to: str = ""
    done_on: date | None = None
    in_progress: bool = False
    obstacle: str = ""
    on_behalf: bool = False
    returned: bool = False
    noted: bool = False
    held: bool = False
    asked_due: date | None = None
    is_asked: bool = False
    disowned: bool = False
    not_applicable: bool = False
    moved: bool = False
    kind: DutyKind = DutyKind.TASK
    receiver: str = ""
    until: date | None = None
    files: int = 0
    lacks_proof: bool = False

    @property
    def is_owed(self) -> bool:
        """Whether the unit answers for it, done or not."""
        return not self.not_applicable and not self.moved

    @property
    def is_extended(self) -> bool:
        return self.due is not None and self.first_due is not None and self.due != self.first_due


def shortened(text: str, most: int = SHORT) -> str:
    """The text on one line, cut at a word with “…” when it is too long."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words.rstrip(" .;,")
    return words[: most - 1].rsplit(" ", 1)[0].rstrip(" .;,:-–") + "…"


def spoken(
    code: str,
    content: str,
    most: int = SHORT,
    *,
    kind: DutyKind = DutyKind.TASK,
    receiver: str = "",
    period: str = "",
) -> str:
    """“1.1 Tuyên truyền về …, quý II”; of a report clause “IV.4 Báo cáo kết quả … gửi Văn phòng Sở, quý I”.

    A code that is a bare number stands behind: “1. 2 Tổ chức …” would be a trap for “xong 2”.
    """
    told = _report(content, receiver, most) if kind is DutyKind.REPORT else shortened(content, most)
    kept = f", {period}" if period else ""
    if code.isdigit():
        return f"{told}{kept} (mục {code})"
    return f"{code} {told}{kept}".strip()


def _report(sentence: str, receiver: str, most: int) -> str:
    to = f" gửi {receiver}" if receiver else ""
    what = f"Báo cáo {what_is_reported(sentence, receiver)}"
    return shortened(what, max(most - len(to), 30)) + to


def counted(quantities: Iterable[tuple[str, int]]) -> str:
    """“4 tin, 1.200 lượt người”."""
    return ", ".join(f"{whole(count)} {what}" for what, count in quantities)


def named(entry: Entry, most: int = 60) -> str:
    """“việc #A12 (1.1 Tuyên truyền về …)”."""
    return f"việc #{entry.short_code} ({titled(entry, most)})"


def titled(entry: Entry, most: int = SHORT) -> str:
    """“1.1 Tuyên truyền về …”."""
    return spoken(
        entry.code,
        entry.content,
        most,
        kind=entry.kind,
        receiver=entry.receiver,
        period=entry.period,
    )


def coded(entries: Sequence[Entry]) -> str:
    """“việc #A12”, “các việc #A12, #A13”; of a great many how many, with the first of them."""
    codes = ", ".join(f"#{entry.short_code}" for entry in entries[:MOST_CODES])
    if len(entries) > MOST_CODES:
        return f"{len(entries)} việc ({codes} và {len(entries) - MOST_CODES} việc khác)"
    return f"việc {codes}" if len(entries) == 1 else f"các việc {codes}"


def when(entry: Entry, today: date) -> str:
    """Its deadline and how far it is: “hạn 31/03/2022, còn 5 ngày”."""
    if entry.done_on is not None:
        return f"đã hoàn thành ngày {day(entry.done_on)}" + (
            " (Văn phòng ghi thay)" if entry.on_behalf else ""
        )
    if entry.due is None:
        return f"làm thường xuyên, báo cáo kỳ {entry.window}" if entry.window else "chưa có hạn"
    hour = f"{entry.at:%H:%M} " if entry.at and not entry.is_extended else ""
    first = f" (hạn ban đầu {day(entry.first_due)})" if entry.is_extended and entry.first_due else ""
    if today < entry.due or entry.until is None:
        return f"hạn {hour}{day(entry.due)}{first}, {days_left(entry.due, today)}"
    return f"hạn {hour}{due_until(entry.due, entry.until)}{first}, {days_left(entry.until, today)}"


def flags(entry: Entry) -> Iterable[str]:
    """What is known beside the deadline, each in a few words."""
    if entry.not_applicable:
        yield "không áp dụng"
    if entry.returned:
        yield "Văn phòng trả lại"
    if entry.lacks_proof:
        yield LACKS_PROOF
    if entry.in_progress:
        yield "đang làm"
    if entry.noted and entry.due is None and entry.done_on is None:
        yield "đã báo cáo"
    if entry.is_asked and entry.disowned:
        yield "đã báo không thuộc đơn vị, chờ Văn phòng"
    elif entry.is_asked:
        until = f" đến {day(entry.asked_due)}" if entry.asked_due else ""
        yield f"đã xin lùi{until}, chờ Văn phòng"
    if entry.obstacle:
        yield f"vướng mắc: {shortened(entry.obstacle, 60)}"


def line(number: int, entry: Entry, today: date, *, with_unit: bool = False) -> str:
    """“1. 1.1 Tuyên truyền … — hạn 31/03/2022, còn 5 ngày (#A12); đang làm”."""
    unit = f"{entry.unit}: " if with_unit else ""
    state = "".join(f"; {flag}" for flag in flags(entry))
    return f"{number}. {unit}{titled(entry)} — {when(entry, today)} (#{entry.short_code}){state}"
