"""The form of the nudge policy: every number with its meaning, of the office or of one plan; looked at before it is said."""

from urllib.parse import urlencode

from nicegui.events import GenericEventArguments

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.work_calendar.effect import Effect
from bot.pages.work_calendar.facts import Reminding
from bot.pages.work_calendar.words import GROUPS, LABELS, policy_orders, settings_of, value_of
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.policy import OF_THE_OFFICE, differences

LISTS = ("quarter_rungs", "month_rungs", "week_rungs", "after")
HINT = "Số ngày làm việc; 0 là đúng ngày hết hạn."


class PolicyForm:
    """Drawn anew whenever the policy changes."""

    def __init__(self, desk: Desk, effect: Effect) -> None:
        self.desk, self.effect = desk, effect
        self.may_change = desk.reader.may(Action.CHANGE_POLICY)

    def draw(self, found: Reminding) -> None:
        if found.is_paused:
            self._draw_pause(found)
        self._draw_plans(found)
        if found.plan is not None and not found.plan.number:
            Tag("p", "Kế hoạch này không có số nên chưa đặt lịch nhắc riêng được.", "fine")
            return
        Tag("p", HINT, "fine")
        if self.may_change:
            self._draw_form(found)
        else:
            self._draw_values(found)

    def _draw_pause(self, found: Reminding) -> None:
        until = f" đến hết {day(found.paused_until)}" if found.paused_until else ""
        with Tag("p", classes="paused"):
            Tag("strong", f"Đang tạm dừng mọi tin nhắc{until}. ")
            if self.desk.reader.may(Action.PAUSE):
                button("Tiếp tục nhắc", "small").on("click", lambda: self.desk.say("tiếp tục"))

    def _draw_plans(self, found: Reminding) -> None:
        """The office first, then each plan; which is shown stands in the address."""
        if not found.plans:
            return
        with Tag("nav", classes="row which", aria_label="Lịch nhắc của"):
            self._draw_choice("Cả cơ quan", "", is_here=found.plan is None)
            for plan in (each for each in found.plans if each.number):
                words = f"{plan.number}{' (nhắc riêng)' if plan.differs else ''}"
                self._draw_choice(words, plan.number, is_here=found.plan == plan, title=plan.title)

    def _draw_choice(self, words: str, number: str, *, is_here: bool, title: str = "") -> None:
        href = address(self.desk.query("nam"), number)
        Tag("a", words, "button small", href=href, title=title, aria_current="true" if is_here else False)

    def _draw_form(self, found: Reminding) -> None:
        plan = found.plan.number if found.plan else ""
        with Tag("form", classes="policy", aria_label="Lịch nhắc") as form:
            for title, names in GROUPS:
                mine = settings_of(names, is_plan=bool(plan))
                if not mine:
                    continue
                with Tag("fieldset"):
                    Tag("legend", title)
                    for name in mine:
                        _draw_field(name, found, form.html_id)
            with Tag("div", classes="row"):
                Tag("button", "Xem trước thay đổi", "button main", type="submit")
                if differences(found.policy, found.usual):
                    words = "Nhắc như cơ quan" if plan else "Về mặc định"
                    prefix = f"kế hoạch {plan}: " if plan else ""
                    button(words).on("click", lambda: self.effect.look([f"{prefix}nhắc như mặc định"]))

        async def take(event: GenericEventArguments) -> None:
            await self.effect.look(policy_orders(typed_in(event), found.policy, plan))

        form.on("submit", take, js_handler=GATHER, throttle=1, trailing_events=False)

    def _draw_values(self, found: Reminding) -> None:
        with Tag("dl", classes="values"):
            for _, names in GROUPS:
                for name in settings_of(names, is_plan=found.plan is not None):
                    with Tag("div"):
                        Tag("dt", LABELS[name])
                        Tag("dd", value_of(found.policy, name))


def typed_in(event: GenericEventArguments) -> dict[str, str]:
    """What a form held when it was sent, by the names of its fields."""
    return {str(name): str(value)[:300] for name, value in dict(event.args or {}).items()}


def address(year: str, plan: str = "") -> str:
    """The page at a year and a plan."""
    asked = {"nam": year, "ke-hoach": plan}
    query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
    return f"/lich-lam-viec{f'?{query}' if query else ''}#nhac"


def _draw_field(name: str, found: Reminding, form_id: str) -> None:
    number, value, usual = f"{form_id}-{name}", value_of(found.policy, name), value_of(found.usual, name)
    with Tag("div", classes="field"):
        Tag("label", LABELS[name], **{"for": number})
        kind = "time" if name in OF_THE_OFFICE else "text" if name in LISTS else "number"
        field = Tag("input", classes="input", type=kind, name=name, value=value, id=number, required=True)
        match kind:
            case "text":
                field.set(inputmode="numeric", pattern="[0-9]+([ ,;]+[0-9]+)*[ ,;]*", title="Các số, cách nhau bằng dấu phẩy",
                          autocomplete="off")  # fmt: skip
            case "number":
                field.set(min="0" if name in ("request_after", "ask_before") else "1", max="366")
        if value != usual:
            where = "cơ quan" if found.plan else "mặc định"
            field.set(aria_describedby=f"{number}-usual")
            Tag("p", f"{where}: {usual}", "fine", id=f"{number}-usual")
