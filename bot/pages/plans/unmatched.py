"""Names of a draft that are no unit's: which of them are units to be added."""

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag
from bot.pages.plans.sheet import Sheet


def draw_unmatched(desk: Desk, sheet: Sheet) -> None:
    """The panel: every name ticked, one line for all spellings of one."""
    count = len(sheet.unmatched)
    with Tag("section", classes="panel pl-past", aria_labelledby="pl-chua-khop"):
        Tag("h2", f"{count} tên chưa khớp với đơn vị nào của cơ quan", id="pl-chua-khop")
        Tag(
            "p",
            "Là đơn vị của cơ quan thì thêm; viết khác tên đang dùng thì mở nhiệm vụ, chọn đơn vị.",
            "fine",
        )
        with Tag("form") as form:
            with Tag("div", classes="pl-names"):
                for n, (name, *others) in enumerate(sheet.unmatched):
                    with Tag("label"):
                        Tag("input", type="checkbox", name=f"ten-{n}", value=name, checked=True)
                        Tag("span", name)
                        if others:
                            Tag("span", f"cũng viết: {'; '.join(others)}", "fine")
            Tag("button", "Thêm các đơn vị đã chọn", "button main", type="submit")

    async def add(event: object) -> None:
        said = getattr(event, "args", None) or {}
        names = [str(name) for field, name in said.items() if field.startswith("ten-")]
        if names:
            await desk.say(f"thêm đơn vị: {'; '.join(names)}")

    form.on("submit", add, js_handler=GATHER, throttle=2, trailing_events=False)
