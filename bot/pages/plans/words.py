"""What a click on a plan's page says to the conversation."""

from collections.abc import Sequence

from bot.aim import aimed
from bot.commands.meanings import AS_PRINTED


def about(plan_id: int, words: str) -> str:
    return aimed(plan_id, words)


def deadline(plan_id: int, place: int, phrase: str) -> str:
    return aimed(plan_id, f"@{place} hạn {one_line(phrase)}")


def deadline_as_printed(plan_id: int, place: int) -> str:
    return deadline(plan_id, place, AS_PRINTED)


def leads(plan_id: int, places: Sequence[int], names: Sequence[str]) -> str:
    rows = ", ".join(f"@{place}" for place in places)
    return aimed(plan_id, f"{rows} giao {'; '.join(map(one_line, names))}")


def content(plan_id: int, place: int, text: str) -> str:
    return aimed(plan_id, f"@{place} nội dung: {one_line(text)}")


def leave_out(plan_id: int, place: int, *, back: bool = False) -> str:
    return aimed(plan_id, f"{'lấy lại' if back else 'bỏ'} @{place}")


def merge(plan_id: int, place: int, other: int) -> str:
    """The other row goes into this one."""
    return aimed(plan_id, f"gộp @{other} vào @{place}")


def part(plan_id: int, place: int) -> str:
    return aimed(plan_id, f"tách @{place}")


def take_in(plan_id: int, number: int) -> str:
    return aimed(plan_id, f"lấy lại dòng không tính {number}")


def evidence(plan_id: int, place: int, *, is_needed: bool) -> str:
    return aimed(plan_id, f"{'bắt buộc' if is_needed else 'không bắt buộc'} minh chứng @{place}")


def right(plan_id: int, number: int) -> str:
    return aimed(plan_id, f"{number} đúng")


def ask_again(plan_id: int, number: int) -> str:
    return aimed(plan_id, f"hỏi lại câu {number}")


def event(plan_id: int, place: int, day: str, due: str = "") -> str:
    """`day`, `due`: as a date field gives them."""
    return aimed(
        plan_id, f"@{place} sự kiện ngày {said_day(day)}" + (f", hạn {said_day(due)}" if due else "")
    )


def milestone(plan_id: int, place: int, day: str, text: str = "") -> str:
    return aimed(plan_id, f"mốc @{place} ngày {said_day(day)}" + (f": {one_line(text)}" if text else ""))


def drop_milestone(plan_id: int, place: int, day: str) -> str:
    return aimed(plan_id, f"bỏ mốc @{place} ngày {said_day(day)}")


def said_day(iso: str) -> str:
    """“2026-06-30” as people write it."""
    return "/".join(reversed(iso.split("-")))


def one_line(text: str) -> str:
    return " ".join(text.split())
