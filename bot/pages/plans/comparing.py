"""A draft beside the plan in force that it changes: what is new, changed and dropped, and what is asked about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from bot.commands.editions import edition_beside
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.plans import words
from bot.pages.plans.parts import Part
from bot.pages.plans.sheet import Sheet
from data.editions import base_of
from data.plans import rematch
from data.tables import Plan, PlanState
from duties.editions import Comparison, Pair, PartChanged, Version
from duties.wording.editions import PARTS, Edition
from duties.wording.entries import shortened

AT_ONCE = 30
KEPT = ". Báo cáo, quyết định, minh chứng và mã việc đã có được giữ."


@dataclass(frozen=True)
class Beside:
    """The comparison as the page shows it; None in `edition`: it changes no plan."""

    edition: Edition | None
    question: tuple[tuple[str, str], ...] = ()


def beside(session: Session, plan_id: int) -> Beside:
    """The draft beside the plan it changes."""
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state is not PlanState.DRAFT:
        return Beside(None)
    base = base_of(session, plan)
    if base is None:
        return Beside(None)
    rematch(session, plan)
    return Beside(edition_beside(session, plan, base))


class Comparing:
    """The panel; drawn anew when the comparison or what is asked about it has changed."""

    def __init__(self, desk: Desk, sheet: Sheet, *, may_change: bool) -> None:
        self.desk, self.sheet, self.may_change = desk, sheet, may_change
        self._question = Part(self._draw_question)
        self._part: Part[Beside] = Part(self._draw)

    async def watch(self) -> None:
        """Keep it up to date."""
        await self.desk.live(lambda session: beside(session, self.sheet.id), self._part.show, "gone")

    def show(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._question.show(sheet.may_change)

    def _draw_question(self, maybe: object) -> None:
        if not self.sheet.may_change or not self.may_change:
            return
        with Tag("section", classes="panel pl-past", aria_label="Điều chỉnh kế hoạch nào"):
            Tag("h2", "Đây là bản điều chỉnh hay một kế hoạch riêng?")
            Tag(
                "p",
                "Kế hoạch này giống kế hoạch đang thực hiện. Bản điều chỉnh giữ lại báo cáo, minh chứng và mã việc đã có.",
                "fine",
            )
            with Tag("div", classes="row"):
                for each in self.sheet.may_change:
                    self._say(
                        f"Điều chỉnh kế hoạch {each.called}",
                        f"đây là bản điều chỉnh của kế hoạch {each.id}",
                        "main",
                    )
                self._say("Kế hoạch riêng", "kế hoạch riêng")

    def _say(self, label: str, says: str, classes: str = "") -> None:
        said = words.about(self.sheet.id, says)
        button(label, classes).on("click", lambda: self.desk.say(said), throttle=1, trailing_events=False)

    def _draw(self, shown: Beside) -> None:
        edition = shown.edition
        if edition is None:
            return
        found = edition.found
        with Tag("section", classes="panel", aria_labelledby="pl-so-sanh"):
            with Tag("div", classes="panel-head"):
                Tag("h2", f"So với {edition.of}", id="pl-so-sanh")
                Tag("p", counts(edition) + KEPT, "fine")
            self._draw_rest(edition)
            if found.unsure:
                Tag("h3", f"Cần hỏi ({len(found.unsure)})", "pl-group")
                for each in found.unsure:
                    self._draw_unsure(edition, each.new, each.maybe)
            self._fold(
                "Thay đổi", len(found.changed), lambda: self._draw_changed(edition, found), is_open=True
            )
            self._fold("Mới", len(found.new), lambda: self._draw_new(edition, found), is_open=True)
            gone = "Không nêu, vẫn giữ" if edition.drops is False else "Không còn"
            self._fold(gone, len(found.gone), lambda: self._draw_gone(edition, found), name="gone")
            if self.may_change:
                with Tag("div", classes="row"):
                    self._say("Không phải bản điều chỉnh: kế hoạch riêng", "kế hoạch riêng", "plain")

    def _fold(self, title: str, count: int, draw: object, *, is_open: bool = False, name: str = "") -> None:
        """`name`: what stays the same while the title changes."""
        if not count or not callable(draw):
            return
        with self.desk.unfolded.details(name or title, f"{title} ({count})", "pl-diff", at_first=is_open):
            draw()

    def _draw_rest(self, edition: Edition) -> None:
        if not edition.found.gone or not self.may_change:
            return
        with Tag("div", classes="pl-answers"):
            count = len(edition.found.gone)
            Tag("p", f"Bản này không nêu {count} nhiệm vụ đang thực hiện:", "pl-question")
            self._say(
                "Vẫn giữ các nhiệm vụ đó", "giữ nhiệm vụ không nêu", "main" if edition.drops is False else ""
            )
            self._say(
                "Thôi theo dõi các nhiệm vụ đó", "bỏ nhiệm vụ không nêu", "main" if edition.drops else ""
            )

    def _draw_unsure(self, edition: Edition, new: Version, maybe: tuple[Version, ...]) -> None:
        number = edition.numbers[new.id]
        with Tag("div", classes="pl-doubt"):
            Tag("p", f"{new.code} {new.content}".strip(), "pl-question")
            Tag("p", "Là nhiệm vụ nào đang thực hiện?", "fine")
            with Tag("div", classes="pl-answers"):
                for old in maybe:
                    self._say(
                        shortened(f"{old.code} {old.content}", 90), f"{number} là {edition.numbers[old.id]}"
                    )
                self._say("Nhiệm vụ mới", f"{number} là nhiệm vụ mới")

    def _draw_changed(self, edition: Edition, found: Comparison) -> None:
        for pair in found.changed[:AT_ONCE]:
            self._draw_pair(edition, pair)
        _more(len(found.changed))

    def _draw_pair(self, edition: Edition, pair: Pair) -> None:
        with Tag("article", classes="pl-pair"):
            with Tag("div", classes="pl-doubt-head"):
                Tag("strong", shortened(f"{pair.new.code} {pair.new.content}", 160))
                if self.may_change:
                    self._say(
                        "Thật ra là nhiệm vụ mới", f"{edition.numbers[pair.new.id]} là nhiệm vụ mới", "plain"
                    )
            with Tag("table", classes="table pl-sides"):
                with Tag("thead"), Tag("tr"):
                    for title in ("", "Đang thực hiện", "Bản điều chỉnh"):
                        Tag("th", title, scope="col")
                with Tag("tbody"):
                    for change in pair.changed:
                        _draw_change(change)

    def _draw_new(self, edition: Edition, found: Comparison) -> None:
        with Tag("ul", classes="pl-notes"):
            for new in found.new[:AT_ONCE]:
                leads = "; ".join(each.printed for each in new.leads) or "chưa có đơn vị"
                with Tag("li"):
                    Tag("span", f"{new.code} {new.content}".strip())
                    Tag("span", f" — {leads} — {new.phrase or 'không ghi thời hạn'}", "fine")
        _more(len(found.new))

    def _draw_gone(self, edition: Edition, found: Comparison) -> None:
        with Tag("ul", classes="pl-notes"):
            for old in found.gone[:AT_ONCE]:
                with Tag("li"):
                    Tag("span", f"{old.code} {old.content}".strip())
                    Tag("span", _stays(edition.still_open, old, is_kept=edition.drops is False), "fine")
        _more(len(found.gone))


def _stays(still_open: Mapping[int, int], old: Version, *, is_kept: bool) -> str:
    count = still_open.get(old.id, 0)
    if is_kept:
        return " — vẫn theo dõi như trước"
    ends = f"{count} phần việc chưa xong sẽ thôi theo dõi; " if count else ""
    return f" — {ends}báo cáo đã có được giữ"


def _draw_change(change: PartChanged) -> None:
    with Tag("tr"):
        name = PARTS[change.part]
        Tag("th", name[:1].upper() + name[1:], scope="row")
        Tag("td", change.before or "không ghi")
        Tag("td", change.after or "không ghi", "pl-after")


def counts(edition: Edition) -> str:
    found = edition.found
    parts = [f"{len(found.same)} giữ nguyên", f"{len(found.changed)} thay đổi", f"{len(found.new)} mới"]
    parts += [f"{len(found.gone)} không nêu"] if found.gone else []
    parts += [f"{len(found.unsure)} cần hỏi"] if found.unsure else []
    return " · ".join(parts)


def _more(count: int) -> None:
    if count > AT_ONCE:
        Tag("p", f"và {count - AT_ONCE} nhiệm vụ khác; xem đủ bằng “xem thay đổi” trong Trò chuyện.", "fine")
