"""A draft thrown away, or a file taken out of it: asked first, for what was corrected in it cannot be brought back."""

from collections.abc import Mapping

from bot.pages.asking import ask
from bot.pages.desk import Desk
from bot.pages.plans import words

TITLE = "Hủy bản chờ xác nhận?"
LOST = "Những gì đã sửa và trả lời trên bản này sẽ mất. Tệp có thể nạp lại bất cứ lúc nào."

READ_ANEW = "Kế hoạch được đọc lại từ các tệp còn lại; những gì đã sửa và trả lời trên bản này sẽ mất. Tệp tách ra có thể nạp riêng."


def ask_drop(desk: Desk, plan_id: int) -> None:
    """Ask, and say it."""

    async def heard(_: Mapping[str, str]) -> None:
        await desk.say(words.about(plan_id, "hủy kế hoạch"))

    ask(desk.aside, TITLE, LOST, [], "Hủy bản này", heard)


def ask_take_out(desk: Desk, plan_id: int, name: str) -> None:
    """The last of its files is no part of it: ask, and say it."""

    async def heard(_: Mapping[str, str]) -> None:
        await desk.say(words.about(plan_id, "tách phụ lục"))

    ask(desk.aside, f"Tách tệp “{name}”?", READ_ANEW, [], "Tách tệp", heard)
