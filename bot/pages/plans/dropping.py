"""A draft thrown away: asked first, for what was corrected in it cannot be brought back."""

from collections.abc import Mapping

from bot.pages.asking import ask
from bot.pages.desk import Desk
from bot.pages.plans import words

TITLE = "Hủy bản chờ xác nhận?"
LOST = "Những gì đã sửa và trả lời trên bản này sẽ mất. Tệp có thể nạp lại bất cứ lúc nào."


def ask_drop(desk: Desk, plan_id: int) -> None:
    """Ask, and say it."""

    async def heard(_: Mapping[str, str]) -> None:
        await desk.say(words.about(plan_id, "hủy kế hoạch"))

    ask(desk.aside, TITLE, LOST, [], "Hủy bản này", heard)
