"""A unit's page: what it owes, the most pressing first, and what it can say of each with a click."""

from dataclasses import dataclass, field

from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.own_work_facts import DONE_SHOWN, OwnWork, Stage, Work, own_work
from bot.pages.shell import Page
from bot.pages.work_actions import draw_work_actions
from duties.rights import Action
from duties.wording.entries import Entry, flags, titled, when
from duties.wording.phrases import capitalised

HERE = "/viec"
HEADINGS = {
    Stage.OVERDUE: ("Quá hạn", "overdue"),
    Stage.SOON: ("Đến hạn trong hai tuần tới", "open"),
    Stage.ASKED: ("Chờ Văn phòng quyết định", "late"),
    Stage.LATER: ("Còn hạn", "open"),
    Stage.BY_WINDOW: ("Làm thường xuyên, báo cáo theo kỳ", "quiet"),
}
COUNTED = (Stage.OVERDUE, Stage.SOON, Stage.ASKED)
AT_ONCE = 50


async def draw(desk: Desk) -> None:
    with Tag("div", classes="page-head own-head"):
        Tag("h1", "Việc của đơn vị")
        with Tag("div", classes="row"):
            button("Lịch trên điện thoại").on("click", lambda: desk.say("/lich"), throttle=2)
            button("Hoàn tác", "plain").on("click", lambda: desk.say("hoàn tác"), throttle=2)
        Tag("p", desk.reader.room.whom, "about")
    opened = _Opened()
    await desk.live(
        lambda session: own_work(session, desk.reader.chat_id, desk.reader.now),
        lambda found: _OwnWork(desk, found, opened).draw(),
        "own-work",
    )


@dataclass
class _Opened:
    """What the reader asked to see more of stays when the page is drawn anew: so many works of a stage."""

    shown: dict[Stage, int] = field(default_factory=dict)


class _OwnWork:
    def __init__(self, desk: Desk, found: OwnWork, opened: _Opened) -> None:
        self.desk, self.found, self.opened = desk, found, opened

    def draw(self) -> None:
        self._draw_counts()
        if not self.found.stages:
            self._draw_nothing()
        for stage, works in self.found.stages:
            self._draw_stage(stage, works)
        self._draw_done()

    def _draw_counts(self) -> None:
        with Tag("dl", classes="own-counts"):
            for stage in COUNTED:
                words, hue = HEADINGS[stage]
                late = self.found.overdue_asked if stage is Stage.ASKED else 0
                with Tag("div", classes=f"own-count is-{hue}"):
                    Tag("dt", f"{words}, {late} việc đã quá hạn" if late else words)
                    Tag("dd", str(self.found.count(stage)))

    def _draw_nothing(self) -> None:
        with Tag("div", classes="panel nothing"):
            Tag("strong", "Hiện không có việc nào đang mở")
            Tag("span", "Khi có việc đến hạn, tin nhắc sẽ đến và việc hiện tại đây.")

    def _draw_stage(self, stage: Stage, works: tuple[Work, ...]) -> None:
        words, hue = HEADINGS[stage]
        with Tag("section", classes=f"stage is-{hue}", aria_label=words):
            with Tag("h2", classes="stage-head"):
                Tag("span", words)
                Tag("span", str(len(works)), "badge", aria_label=f"{len(works)} việc")
            place = Tag("ul", classes="works")
            self._draw_some(stage, place, works, self.opened.shown.get(stage, AT_ONCE))

    def _draw_some(self, stage: Stage, place: Tag, works: tuple[Work, ...], most: int) -> None:
        """Fifty at a time: more make an old computer slow."""
        with place:
            for work in works[:most]:
                self._draw_work(work)
        rest = works[most:]
        if rest:
            self._draw_more(stage, place, rest)

    def _draw_more(self, stage: Stage, place: Tag, rest: tuple[Work, ...]) -> None:
        def show() -> None:
            more.delete()
            self.opened.shown[stage] = self.opened.shown.get(stage, AT_ONCE) + AT_ONCE
            self._draw_some(stage, place, rest, AT_ONCE)

        with place:
            more = button(f"Xem thêm {len(rest)} việc", "older")
        more.on("click", show)

    def _draw_work(self, work: Work) -> None:
        entry = work.entry
        with Tag("li", classes="own-card", id=f"viec-{entry.id}"):
            with Tag("div", classes="work-words"):
                Tag("a", titled(entry, 220), "work-title", href=f"/nhiem-vu/{work.duty_id}?viec={entry.id}")
                Tag("p", self._standing(entry), "work-when")
                for flag in flags(entry):
                    Tag("p", capitalised(flag), "work-flag")
            draw_work_actions(self.desk, entry, HERE)

    def _standing(self, entry: Entry) -> str:
        unit = f"{entry.unit} · " if len(self.found.units) > 1 else ""
        return f"#{entry.short_code} · {unit}{capitalised(when(entry, self.found.today))}"

    def _draw_done(self) -> None:
        if not self.found.done:
            return
        words = f"Đã hoàn thành: {self.found.done_count} việc"
        with self.desk.unfolded.details("da-xong", words, "panel own-done"):
            with Tag("ul", classes="works"):
                for work in self.found.done:
                    self._draw_work(work)
            if self.found.done_count > DONE_SHOWN:
                Tag(
                    "p",
                    f"Đây là {DONE_SHOWN} việc gần nhất. Gõ “việc đã xong” trong Trò chuyện để xem tiếp.",
                    "fine",
                )


PAGE = Page(
    HERE, "Việc của đơn vị", frozenset({Action.SEE_OWN}), draw,
    menu="Việc của đơn vị", icon="work", styles=("own_work.css",),
)  # fmt: skip
