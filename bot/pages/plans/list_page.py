"""The plans of the agency: what waits to be confirmed first, what is in force, what was withdrawn; and where new ones are sent."""

from nicegui import ui

from bot.pages.desk import Desk
from bot.pages.frame import page_script
from bot.pages.html import Tag, button
from bot.pages.plans import words
from bot.pages.plans.copying import ask_copy
from bot.pages.plans.dropping import ask_drop
from bot.pages.plans.sending import Sending
from bot.pages.plans.shelf import Card, Named, Shelf, shelf
from bot.pages.shell import Page
from data.tables import PlanState
from duties.rights import Action
from duties.wording.dates import day


async def draw(desk: Desk) -> None:
    ui.add_body_html(page_script("plans.js"))
    with Tag("div", classes="page-head"):
        Tag("h1", "Kế hoạch")
        Tag(
            "p",
            "Mỗi kế hoạch đã ký thành nhiệm vụ, đơn vị và hạn; chỗ chưa chắc được hỏi lại trước khi nhắc.",
            "about",
        )
    may_change = desk.reader.may(Action.CHANGE_PLAN)
    if may_change:
        Sending(desk).draw()
    await desk.live(
        lambda session: shelf(session, desk.reader.agency_id, desk.reader.today),
        lambda found: _Drawer(desk, may_change).draw(found),
    )


class _Drawer:
    def __init__(self, desk: Desk, may_change: bool) -> None:
        self.desk, self.may_change = desk, may_change

    def draw(self, found: Shelf) -> None:
        if found.is_empty:
            with Tag("div", classes="panel nothing"):
                Tag("strong", "Chưa có kế hoạch nào")
                Tag(
                    "span",
                    "Thả tệp kế hoạch đã ký vào khung ở trên để bắt đầu."
                    if self.may_change
                    else "Khi Văn phòng nạp và xác nhận kế hoạch, kế hoạch sẽ hiện tại đây.",
                )
        for title, cards in (
            ("Chờ xác nhận", found.drafts),
            ("Đang thực hiện", found.in_force),
            ("Đã rút", found.withdrawn),
        ):
            if cards:
                self._draw_group(title, cards)

    def _draw_group(self, title: str, cards: tuple[Card, ...]) -> None:
        with Tag("section", classes="pl-shelf", aria_label=title):
            Tag("h2", f"{title} ({len(cards)})")
            for card in cards:
                with Tag("article", classes="panel pl-card"):
                    self._draw_card(card)

    def _draw_card(self, card: Card) -> None:
        with Tag("h3"):
            Tag("a", card.title or card.files[0], href=f"/ke-hoach/{card.id}")
        Tag("p", " · ".join(_about(card)), "fine")
        with Tag("ul", classes="pl-figures"):
            for count, what, hue in _figures(card, with_work=self.desk.reader.may(Action.SEE_ALL)):
                with Tag("li", classes=hue):
                    Tag("strong", str(count))
                    Tag("span", f" {what}")
        self._draw_kin(card)
        if self.may_change:
            with Tag("div", classes="row"):
                self._draw_actions(card)

    def _draw_kin(self, card: Card) -> None:
        """Where it comes from and what has changed it."""
        if card.changes:
            self._link("Điều chỉnh kế hoạch ", (card.changes,))
        if card.editions:
            self._link("Đã được điều chỉnh bởi ", card.editions)
        if card.copied_from:
            self._link("Sao chép từ kế hoạch ", (card.copied_from,))

    def _link(self, says: str, plans: tuple[Named, ...]) -> None:
        with Tag("p", classes="fine"):
            Tag("span", says)
            for n, each in enumerate(plans):
                Tag("a", each.called, href=f"/ke-hoach/{each.id}")
                if n < len(plans) - 1:
                    Tag("span", ", ")

    def _draw_actions(self, card: Card) -> None:
        match card.state:
            case PlanState.DRAFT:
                Tag("a", "Kiểm tra và xác nhận", "button main", href=f"/ke-hoach/{card.id}")
                button("Hủy bản này…").on("click", lambda: ask_drop(self.desk, card.id), throttle=1)
            case PlanState.CONFIRMED:
                Tag("a", "Xem nhiệm vụ", "button", href=f"/ke-hoach/{card.id}")
                button("Sao chép sang năm khác…").on(
                    "click", lambda: ask_copy(self.desk, card.id, int(card.years[:4]) + 1), throttle=1
                )
                self._say("Rút kế hoạch…", words.about(card.id, "rút kế hoạch"))
            case PlanState.WITHDRAWN:
                Tag("a", "Xem lại", "button", href=f"/ke-hoach/{card.id}")
                self._say("Khôi phục", words.about(card.id, "khôi phục kế hoạch"))
            case _:
                pass

    def _say(self, label: str, says: str) -> None:
        button(label).on("click", lambda: self.desk.say(says), throttle=1, trailing_events=False)


def _about(card: Card) -> list[str]:
    said = [f"Số {card.number}" if card.number else "Chưa ghi số", f"năm {card.years}"]
    said += [f"xác nhận {day(card.confirmed_on)}"] if card.confirmed_on else [f"nạp {day(card.put_on)}"]
    return [*said, ", ".join(card.files)]


def _figures(card: Card, *, with_work: bool) -> list[tuple[int, str, str]]:
    """What is counted of it, with how it is to be seen; noughts are left out."""
    found = [(card.duties, "nhiệm vụ", "")]
    match card.state:
        case PlanState.DRAFT:
            found += [(card.asked, "câu chờ trả lời", "is-late")]
        case PlanState.CONFIRMED if with_work:
            found += [
                (card.owed, "phần việc", ""),
                (card.still_open, "chưa xong", "is-open"),
                (card.held, "đã qua hạn, đang tạm giữ", "is-late"),
            ]
        case PlanState.WITHDRAWN if with_work:
            found += [(card.owed, "phần việc đã giao", "")]
        case _:
            pass
    found += [(card.dateless, "chưa có hạn", "is-late"), (card.unitless, "chưa có đơn vị", "is-late")]
    return [each for each in found if each[0] or each[1] == "nhiệm vụ"]


PAGE = Page(
    "/ke-hoach",
    "Kế hoạch",
    frozenset({Action.SEE_PLANS}),
    draw,
    menu="Kế hoạch",
    icon="plan",
    styles=("plans.css",),
)
