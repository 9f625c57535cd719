"""“/don-vi”: the units, those nobody reaches first; who has which role; what names for several units mean."""

from collections.abc import Mapping, Sequence
from functools import partial

from bot.pages.asking import Field, Kind, ask
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.paging import AT_ONCE, draw_pages
from bot.pages.people.chats import ChatSeen
from bot.pages.people.facts import Changed, Meant, Roster, UnitSeen, roster
from bot.pages.people.invite import Invitations
from bot.pages.people.picked import FEW, LONGEST, PATH, Picked, Reach, Wanted, picked, wanted_of
from bot.pages.people.words import (
    KINDS,
    ROLES,
    about_chat,
    change_in_words,
    heard_in_short,
    lives,
    trouble_of,
)
from bot.pages.shell import Page
from data.tables import ChatRole
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.numbers import whole

REACHES = {
    Reach.ANY: "Mọi đơn vị",
    Reach.NOBODY: "Chưa ai nhận tin",
    Reach.SOMEBODY: "Đã có nơi nhận tin",
    Reach.ENDED: "Không còn, hoặc chưa hoạt động",
}


async def draw(desk: Desk) -> None:
    wanted = wanted_of(desk.query)
    shown = _Drawing(desk, wanted)
    with Tag("div", classes="page-head"):
        Tag("h1", "Đơn vị")
        if shown.may_manage:
            button("Thêm đơn vị").on("click", shown.ask_names)
    shown.invitations.draw()
    search = shown.draw_search()
    await desk.live(
        lambda session: picked(
            roster(session, desk.reader.agency_id, desk.reader.today, desk.reader.now), wanted
        ),
        lambda found: shown.draw(search, *found),
    )


class _Drawing:
    """The page's parts, as its reader may see and press them."""

    def __init__(self, desk: Desk, wanted: Wanted) -> None:
        self.desk, self.wanted, self.invitations = desk, wanted, Invitations(desk)
        self.may_manage = desk.reader.may(Action.MANAGE_UNITS)
        self.may_change = desk.reader.may(Action.CHANGE_PLAN)

    def draw(self, search: Tag, shown: Picked, others: Roster) -> None:
        search.show(shown.total > FEW or not self.wanted.is_all)
        if not shown.total:
            self._draw_nobody()
        elif shown.page.rows:
            self._draw_unreached([unit for unit in shown.page.rows if not unit.is_reached], shown.unreached)
            self._draw_units([unit for unit in shown.page.rows if unit.is_reached], shown.reached)
            draw_pages(shown.page, "đơn vị", self.wanted.address)
        elif not others.ended:
            self._draw_none()
        if self.wanted.is_all:
            self._draw_roles(others)
            self._draw_meant(others.meant)
            draw_changes(self.desk, "Thay đổi đơn vị", others.changes, may_change=self.may_change)
        self._draw_ended(others.ended)

    def draw_search(self) -> Tag:
        """Apart from what is drawn anew: somebody may be typing. It is shown where there is something to search."""
        with Tag("form", classes="search gone", method="get", action=PATH, role="search") as search:
            Tag("label", "Tìm đơn vị", "sr", **{"for": "tim"})
            Tag(
                "input", classes="input", type="search", id="tim", name="tim", value=self.wanted.words,
                maxlength=str(LONGEST), placeholder="Tìm theo tên; có dấu hoặc không",
            )  # fmt: skip
            Tag("label", "Nơi nhận tin", "sr", **{"for": "xem"})
            with Tag("select", classes="select", id="xem", name="xem"):
                for reach, words in REACHES.items():
                    Tag("option", words, value=reach.value, selected=reach is self.wanted.reach)
            Tag("button", "Tìm", "button", type="submit")
            if not self.wanted.is_all:
                Tag("a", "Xem mọi đơn vị", "button plain", href=PATH)
        return search

    def _draw_none(self) -> None:
        with Tag("section", classes="panel nothing"):
            Tag("strong", "Không có đơn vị nào khớp")
            Tag("p", "Thử ít chữ hơn, hoặc bấm “Xem mọi đơn vị”.")

    def _draw_nobody(self) -> None:
        with Tag("section", classes="panel nothing"):
            Tag("strong", "Chưa có đơn vị nào")
            by_hand = " Hoặc bấm “Thêm đơn vị”." if self.may_manage else ""
            Tag("p", f"Khi Văn phòng gửi tệp kế hoạch, các đơn vị trong đó được ghi tự động.{by_hand}")

    def _draw_unreached(self, units: Sequence[UnitSeen], count: int) -> None:
        """`count`: of all that match; whoever invites them all need not leaf through the pages."""
        if not units:
            return
        with Tag("section", classes="panel unreached"):
            with Tag("div", classes="panel-head"):
                Tag("h2", f"Chưa ai nhận tin: {whole(count)} đơn vị")
                if self.may_manage and not self.wanted.words:
                    words = "Lập giấy mời" if count == 1 else f"Lập {whole(count)} giấy mời"
                    button(words, "main").on("click", lambda: self.invitations.invite())
            Tag("p", "Tin nhắc việc của các đơn vị này đang gửi về Văn phòng.", "fine")
            self._draw_table(units)

    def _draw_units(self, units: Sequence[UnitSeen], count: int) -> None:
        if not units:
            return
        with Tag("section", classes="panel"):
            Tag("h2", f"Đã có nơi nhận tin: {whole(count)} đơn vị")
            self._draw_table(units)

    def _draw_table(self, units: Sequence[UnitSeen]) -> None:
        with Tag("table", classes="table folding"):
            with Tag("thead"), Tag("tr"):
                for words, classes in (
                    ("Đơn vị", ""),
                    ("Nơi nhận tin", ""),
                    ("Đang mở", "figure"),
                    ("Quá hạn", "figure"),
                ):
                    Tag("th", words, classes, scope="col")
                with Tag("th", scope="col"):
                    Tag("span", "Thao tác", "sr")
            with Tag("tbody"):
                for unit in units:
                    self._draw_row(unit)

    def _draw_row(self, unit: UnitSeen) -> None:
        with Tag("tr"):
            with Tag("th", scope="row", classes="unit"):
                Tag("a", unit.name, href=f"/don-vi/{unit.id}")
                about = [KINDS[unit.kind], lives(unit)]
                if unit.aliases:
                    about.append(f"còn gọi: {'; '.join(unit.aliases)}")
                Tag("p", " · ".join(part for part in about if part), "fine")
            with Tag("td"):
                _draw_chats(unit)
            with Tag("td", classes="figure", data_label="Đang mở"):
                Tag("span", str(unit.open))
            with Tag("td", classes="figure", data_label="Quá hạn"):
                Tag("span", str(unit.overdue), "is-late-figure" if unit.overdue else "")
            with Tag("td", classes="does"):
                if self.may_manage:
                    button("Mời", aria_label=f"Mời {unit.name}").on(
                        "click", partial(self.invitations.invite, unit.name)
                    )

    def _draw_roles(self, found: Roster) -> None:
        with Tag("section", classes="panel"):
            Tag("h2", "Văn phòng, lãnh đạo, quản trị")
            with Tag("div", classes="roles"):
                for role, (name, words) in ROLES.items():
                    codes = [code.until for code in found.codes if code.role is role]
                    with Tag("div", classes="role"):
                        Tag("h3", name)
                        self._draw_role_chats(found.roles, role)
                        if codes:
                            self._draw_role_codes(words, len(codes), day(max(codes)))
                        if self.may_manage:
                            button("Mời", aria_label=f"Mời {name}").on(
                                "click", partial(self.invitations.invite, words)
                            )

    def _draw_role_chats(self, roles: Mapping[ChatRole, Sequence[ChatSeen]], role: ChatRole) -> None:
        if not roles.get(role):
            Tag("p", "Chưa có nơi nhận tin.", "fine")
        with Tag("ul", classes="chats-seen"):
            for chat in roles.get(role, ()):
                with Tag("li"):
                    draw_chat(chat)

    def _draw_role_codes(self, words: str, count: int, until: str) -> None:
        with Tag("p", classes="fine"):
            Tag("span", f"{count} mã mời chưa dùng, đến {until}. ")
            if self.may_manage:
                button("Thu hồi", "plain small", aria_label=f"Thu hồi mã mời của {words}").on(
                    "click", lambda: self.desk.say(f"thu hồi mã {words}")
                )

    def _draw_meant(self, meant: Sequence[Meant]) -> None:
        if not meant:
            return
        with Tag("section", classes="panel"):
            Tag("h2", "Tên gọi chung trong kế hoạch")
            Tag("p", "Mỗi tên gọi chung giao việc cho những đơn vị sau, trừ đơn vị chủ trì.", "fine")
            with Tag("dl", classes="meant"):
                for each in meant:
                    self._draw_one_meant(each)

    def _draw_one_meant(self, meant: Meant) -> None:
        with Tag("div"):
            Tag("dt", f"“{meant.name}”")
            with Tag("dd"):
                Tag("p", "; ".join(meant.units) or "Không đơn vị nào trong cơ quan.")
                Tag("p", "Văn phòng đã ghi rõ." if meant.is_named else "Theo loại đơn vị.", "fine")
                if self.may_manage:
                    with Tag("div", classes="row"):
                        button("Sửa", "small", aria_label=f"Sửa “{meant.name}”").on(
                            "click", lambda: self._ask_meant(meant)
                        )
                        if meant.is_named:
                            button("Theo loại đơn vị", "small").on(
                                "click", lambda: self.desk.say(f"“{meant.name}” như ban đầu")
                            )

    def _ask_meant(self, meant: Meant) -> None:
        async def mean(values: Mapping[str, str]) -> None:
            units = "; ".join(line.strip(" ;") for line in values["units"].splitlines() if line.strip(" ;"))
            await self.desk.say(f"“{meant.name}” gồm: {units}")

        names = Field("units", "Các đơn vị, mỗi dòng một tên", Kind.NOTE, value="\n".join(meant.units))
        about = "Việc chưa báo cáo của đơn vị không còn trong danh sách được rút lại; việc của đơn vị thêm vào được giao."
        ask(self.desk.aside, f"“{meant.name}” gồm những đơn vị nào?", about, [names], "Ghi lại", mean)

    def ask_names(self) -> None:
        """New units, a line each."""

        async def add(values: Mapping[str, str]) -> None:
            names = [line.strip(" ;") for line in values["names"].splitlines() if line.strip(" ;")]
            await self.desk.say(f"thêm đơn vị: {'; '.join(names)}")

        names = Field("names", "Tên đơn vị, mỗi dòng một tên", Kind.NOTE, hint="Phòng Tổ chức - Hành chính")
        about = "Việc mà kế hoạch đang có hiệu lực giao cho tên này, hoặc cho tên gọi chung có đơn vị này, được giao ngay."
        ask(self.desk.aside, "Thêm đơn vị", about, [names], "Thêm", add)

    def _draw_ended(self, ended: Sequence[UnitSeen]) -> None:
        if not ended:
            return
        with Tag("section", classes="panel"):
            Tag("h2", "Không còn hoạt động, hoặc chưa đến ngày hoạt động")
            with Tag("ul", classes="lines"):
                for unit in ended[:AT_ONCE]:
                    with Tag("li"):
                        Tag("a", unit.name, href=f"/don-vi/{unit.id}")
                        goes_on = f"; việc chuyển sang {unit.successor}" if unit.successor else ""
                        Tag("span", f" {lives(unit)}{goes_on}", "fine")
            if len(ended) > AT_ONCE:
                rest = whole(len(ended) - AT_ONCE)
                Tag("p", f"Và {rest} đơn vị khác; tìm theo tên ở đầu trang.", "fine")


def _draw_chats(unit: UnitSeen) -> None:
    if not (unit.chats or unit.lost):
        Tag("p", "Chưa có", "fine")
    with Tag("ul", classes="chats-seen"):
        for chat in (*unit.chats, *unit.lost):
            with Tag("li"):
                draw_chat(chat, is_first=chat.number == 1 and len(unit.chats) > 1)
    if unit.codes:
        Tag("p", f"{len(unit.codes)} mã mời chưa dùng, đến {day(max(unit.codes))}", "fine")


def draw_changes(desk: Desk, title: str, changes: Sequence[Changed], *, may_change: bool) -> None:
    """Renames, mergers, splits and ends, done or to come, each with the button that takes it back; nothing for none."""
    if not changes:
        return
    with Tag("section", classes="panel"):
        Tag("h2", title)
        with Tag("ul", classes="lines"):
            for change in changes:
                with Tag("li"):
                    state = "đã thực hiện" if change.is_done else "chờ đến ngày"
                    Tag("span", f"{change_in_words(change)} ({state})")
                    if may_change:
                        button("Bỏ thay đổi", "small").on(
                            "click", partial(desk.say, f"bỏ thay đổi đơn vị {change.number}")
                        )


def draw_chat(chat: ChatSeen, *, is_first: bool = False, in_full: bool = False) -> None:
    """Where one is told, whether it works, and when we last heard from there."""
    with Tag("p", classes="chat-name"):
        Tag("span", chat.name)
        if is_first:
            Tag("span", "nhận trước", "tag")
        if chat.has_page:
            Tag("span", "kèm trang web", "tag")
    if trouble := trouble_of(chat):
        Tag("p", trouble, "chat-trouble")
    Tag("p", about_chat(chat) if in_full else heard_in_short(chat), "fine")


PAGE = Page(
    PATH,
    "Đơn vị",
    frozenset({Action.MANAGE_UNITS, Action.SEE_ALL}),
    draw,
    menu="Đơn vị",
    icon="people",
    styles=("people.css",),
)
