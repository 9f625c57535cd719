"""The notes beside one obligation in a report."""

from collections.abc import Iterator
from datetime import date

from duties.facts import Fact
from duties.wording.dates import day


def notes_of(fact: Fact, *, returned_on: date | None = None, reason: str = "") -> Iterator[str]:
    """What a reader of the table has to know beside the value; `reason` is what the office gave for its decision."""
    why = f": {reason}" if reason else ""
    if fact.not_applicable:
        yield f"Không áp dụng{why}"
    if fact.extended and fact.original_last_day and fact.due:
        yield f"Gia hạn từ {day(fact.original_last_day)} đến {day(fact.due)}"
    if fact.returned:
        yield f"Văn phòng trả lại{f' ngày {day(returned_on)}' if returned_on else ''}{why}"
    if fact.waiting:
        yield "Đơn vị đã đề nghị, chờ Văn phòng quyết định"
    if fact.in_progress and not fact.is_done:
        yield "Đang thực hiện"
    if fact.on_behalf:
        yield "Văn phòng ghi thay đơn vị"
