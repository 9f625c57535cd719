"""Names of a draft that are no unit's: of each its reader says whether it is a unit under another name, or a new one."""

from collections.abc import Iterator, Mapping

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.plans.parts import Part
from bot.pages.plans.sheet import Sheet
from duties.units import Unknown

NEW = "+"
# what may be a unit of the house under another name is left for its reader to say
MARK_NEW = """(event) => {
    for (const select of event.target.closest("form").querySelectorAll("select[data-own]"))
        if (!select.value) select.value = "+";
}"""


class Unmatched:
    """The panel. What has been chosen stays until it is said: only what changes in the plan draws it anew."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._part: Part[tuple[tuple[Unknown, ...], tuple[str, ...]]] = Part(self._draw)

    def show(self, sheet: Sheet) -> None:
        self._part.show((sheet.unmatched, sheet.units))

    def _draw(self, shown: tuple[tuple[Unknown, ...], tuple[str, ...]]) -> None:
        unknown, units = shown
        if not unknown:
            return
        with Tag("section", classes="panel pl-past", aria_labelledby="pl-chua-khop"):
            Tag("h2", f"{len(unknown)} tên chưa khớp với đơn vị nào của cơ quan", id="pl-chua-khop")
            Tag("p", _about(has_units=bool(units)), "fine")
            with Tag("form") as form:
                with Tag("ul", classes="pl-names"):
                    for n, each in enumerate(unknown):
                        with Tag("li"):
                            _choose(n, each, units)
                with Tag("div", classes="row"):
                    Tag("button", "Ghi các tên đã chọn", "button main", type="submit")
                    own = sum(not each.near for each in unknown)
                    if own > 1:
                        button(f"Chọn “đơn vị mới” cho {own} tên không giống đơn vị nào").on(
                            "click", js_handler=MARK_NEW
                        )

        async def take(event: object) -> None:
            for words in sayings(unknown, getattr(event, "args", None) or {}):
                if (await self.desk.say(words)).is_refused:
                    return

        form.on("submit", take, js_handler=GATHER, throttle=2, trailing_events=False)


def _about(*, has_units: bool) -> str:
    if has_units:
        return "Mỗi tên: là đơn vị đang có viết khác đi, là đơn vị mới, hay để sau. Để sau thì chưa ai được nhắc."
    return "Cơ quan chưa có đơn vị nào. Chọn những tên là đơn vị của cơ quan; nếu để nguyên, khi xác nhận mọi tên đều được lập thành đơn vị."


def _choose(n: int, each: Unknown, units: tuple[str, ...]) -> None:
    others = [name for name in units if name not in each.near]
    label = Tag("label", each.name)
    if len(each.names) > 1:
        Tag("span", f"cũng viết: {'; '.join(each.names[1:])}", "fine")
    with Tag("select", classes="select", name=f"ten-{n}") as select:
        Tag("option", "Để sau", value="")
        for name in each.near:
            Tag("option", f"Là {name}", value=name)
        Tag("option", "Đơn vị mới của cơ quan", value=NEW)
        if others:
            with Tag("optgroup", label="Viết khác của đơn vị"):
                for name in others:
                    Tag("option", name, value=name)
    select.set(id=f"o-{select.id}", data_own=not each.near)
    label.set(**{"for": f"o-{select.id}"})


def sayings(unknown: tuple[Unknown, ...], said: Mapping[str, object]) -> Iterator[str]:
    """The other names of units first, then the new units together."""
    new = []
    for n, each in enumerate(unknown):
        match str(said.get(f"ten-{n}", "")):
            case "":
                pass
            case "+":
                new.append(each.name)
            case unit:
                yield from (f"gọi “{name}” là “{unit}”" for name in each.names)
    if new:
        yield f"thêm đơn vị: {'; '.join(new)}"
