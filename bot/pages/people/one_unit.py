"""“/don-vi/{unit_id}”: a unit's chats and codes, its other names, how it changes, and what happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlmodel import Session

from bot.pages.asking import Field, Kind, ask
from bot.pages.desk import Desk, NotThere
from bot.pages.html import Tag, button
from bot.pages.people.chats import ChatSeen
from bot.pages.people.facts import Changed, UnitSeen, changes_seen, names_living, unit_seen
from bot.pages.people.history import Happened, history_of
from bot.pages.people.invite import Invitations
from bot.pages.people.proposal import Proposal
from bot.pages.people.roster import draw_changes, draw_chat
from bot.pages.people.words import KINDS, day_said, lives, quoted
from bot.pages.shell import Page
from duties.rights import Action
from duties.wording.dates import day
from duties.workdays import HANOI

MAY_HAVE_MORE_NAMES = "Kế hoạch ghi tên viết tắt hay tên cũ của đơn vị? Thêm vào đây để việc không bị bỏ sót."


@dataclass(frozen=True)
class Shown:
    """All that the page shows of a unit; `others` are the living units that work may go to."""

    unit: UnitSeen
    others: tuple[str, ...]
    changes: tuple[Changed, ...]
    history: tuple[Happened, ...]


def shown(session: Session, desk: Desk, unit_id: int) -> Shown:
    """NotThere: this agency has no such unit."""
    agency_id, today = desk.reader.agency_id, desk.reader.today
    unit = unit_seen(session, agency_id, unit_id, today, desk.reader.now)
    if unit is None:
        raise NotThere
    names = names_living(session, agency_id, today)
    changes = changes_seen(session, agency_id)
    return Shown(
        unit,
        tuple(name for name in names if name != unit.name),
        tuple(
            each for each in changes if unit.id in each.unit_ids or unit.name in (*each.units, *each.names)
        ),
        history_of(session, agency_id, unit),
    )


async def draw(desk: Desk) -> None:
    unit_id = desk.number("unit_id")
    drawing = _Drawing(desk)
    with Tag("nav", classes="back", aria_label="Trở lại"):
        Tag("a", "← Đơn vị", href="/don-vi")
    found = await desk.read(shown, desk, unit_id)
    await desk.live(lambda session: shown(session, desk, unit_id).unit, drawing.draw_head)
    drawing.invitations.draw()
    await desk.live(lambda session: replace(shown(session, desk, unit_id), history=()), drawing.draw_people)
    if drawing.may_change and found.unit.ended is None:
        # what is being looked at stays while others' doings redraw the rest
        await drawing.draw_ways_to_change(unit_id)
    await desk.live(lambda session: shown(session, desk, unit_id), drawing.draw_past)


class _Drawing:
    """The page's parts, as its reader may see and press them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.invitations, self.proposal = desk, Invitations(desk), Proposal(desk)
        self.may_manage = desk.reader.may(Action.MANAGE_UNITS)
        self.may_change = desk.reader.may(Action.CHANGE_PLAN)

    def draw_head(self, unit: UnitSeen) -> None:
        with Tag("div", classes="page-head"):
            Tag("h1", unit.name)
            if self.may_manage and unit.ended is None:
                button("Lập giấy mời", "main").on("click", partial(self.invitations.invite, unit.name))
        with Tag("dl", classes="facts"):
            _fact("Loại", KINDS[unit.kind])
            if lives(unit):
                _fact("Hoạt động", lives(unit))
            if unit.successor:
                _fact("Việc chuyển sang", unit.successor)
            with Tag("div"):
                Tag("dt", "Việc đang mở")
                with Tag("dd"):
                    if self.desk.reader.may(Action.SEE_ALL):
                        Tag("a", f"{unit.open} phần việc", href=f"/danh-sach?don-vi={unit.id}")
                    else:
                        Tag("span", f"{unit.open} phần việc")
            _fact("Quá hạn", str(unit.overdue), "is-late-figure" if unit.overdue else "")

    def draw_people(self, found: Shown) -> None:
        self._draw_chats(found)
        self._draw_names(found.unit)

    def _draw_chats(self, found: Shown) -> None:
        with Tag("section", classes="panel"):
            Tag("h2", "Nơi nhận tin")
            if not (found.unit.chats or found.unit.lost):
                with Tag("div", classes="nothing"):
                    Tag("strong", "Chưa ai nhận tin")
                    Tag("p", self._what_to_do(found.unit))
            with Tag("ul", classes="own-chats"):
                for chat in (*found.unit.chats, *found.unit.lost):
                    self._draw_chat(found, chat)
            if found.unit.codes:
                self._draw_codes(found.unit)

    def _what_to_do(self, unit: UnitSeen) -> str:
        if unit.ended is not None:
            return "Đơn vị đã ngừng hoạt động."
        invite = "Bấm “Lập giấy mời” rồi gửi mã cho đơn vị. " if self.may_manage else ""
        return f"{invite}Trong khi chờ, tin nhắc gửi về Văn phòng."

    def _draw_chat(self, found: Shown, chat: ChatSeen) -> None:
        unit = found.unit
        several = len(unit.chats) > 1
        with Tag("li"):
            with Tag("div"):
                draw_chat(chat, is_first=several and chat.number == 1, in_full=True)
                if chat.also_serves:
                    Tag("p", f"Cũng nhận tin cho: {'; '.join(chat.also_serves)}", "fine")
            if not (self.may_manage and chat.number):
                return
            with Tag("div", classes="row"):
                if several and chat.number > 1:
                    button("Nhận trước", "small").on(
                        "click",
                        lambda: self.desk.say(f"kênh {chat.number} của {quoted(unit.name)} nhận trước"),
                    )
                if found.others:
                    button("Chuyển đơn vị", "small", aria_label=f"Chuyển {chat.name} sang đơn vị khác").on(
                        "click", lambda: self._ask_move(found, chat)
                    )
                button("Bỏ", "small", aria_label=f"Bỏ {chat.name}").on(
                    "click", lambda: self._ask_drop(unit, chat)
                )

    def _ask_move(self, found: Shown, chat: ChatSeen) -> None:
        async def move(values: Mapping[str, str]) -> None:
            to = quoted(values["to"])
            await self.desk.say(f"chuyển kênh {chat.number} của {quoted(found.unit.name)} sang {to}")

        choices = {name: name for name in found.others}
        to = Field("to", "Chuyển sang", Kind.CHOICE, choices=choices)
        about = f"{chat.name} thôi nhận tin của {found.unit.name} và được báo một dòng."
        ask(self.desk.aside, "Chuyển nơi nhận tin", about, [to], "Chuyển", move)

    def _ask_drop(self, unit: UnitSeen, chat: ChatSeen) -> None:
        async def drop(_: Mapping[str, str]) -> None:
            await self.desk.say(f"bỏ kênh {chat.number} của {quoted(unit.name)}")

        about = f"{chat.name} thôi nhận tin của {unit.name}. Muốn nhận lại phải có mã mời mới."
        ask(self.desk.aside, "Bỏ nơi nhận tin?", about, [], "Bỏ", drop)

    def _draw_codes(self, unit: UnitSeen) -> None:
        with Tag("p", classes="row fine"):
            Tag("span", f"{len(unit.codes)} mã mời chưa dùng, đến {day(max(unit.codes))}.")
            if self.may_manage:
                button("Thu hồi mã", "small").on(
                    "click", lambda: self.desk.say(f"thu hồi mã {quoted(unit.name)}")
                )

    def draw_past(self, found: Shown) -> None:
        draw_changes(self.desk, "Các thay đổi đã ghi", found.changes, may_change=self.may_change)
        _draw_history(found.history)

    def _draw_names(self, unit: UnitSeen) -> None:
        with Tag("section", classes="panel"):
            with Tag("div", classes="panel-head"):
                Tag("h2", "Tên gọi khác")
                if self.may_manage and unit.ended is None:
                    button("Thêm tên gọi", "small").on("click", lambda: self._ask_name(unit))
            if not unit.aliases:
                can_add = self.may_manage and unit.ended is None
                Tag("p", MAY_HAVE_MORE_NAMES if can_add else "Chưa ghi tên gọi khác nào.", "fine")
            with Tag("ul", classes="lines"):
                for alias in unit.aliases:
                    with Tag("li"):
                        Tag("span", alias)
                        if self.may_manage:
                            button("Bỏ", "small", aria_label=f"Bỏ tên gọi {alias}").on(
                                "click", partial(self.desk.say, f"bỏ tên gọi {quoted(alias)}")
                            )

    def _ask_name(self, unit: UnitSeen) -> None:
        async def call(values: Mapping[str, str]) -> None:
            await self.desk.say(f"gọi {quoted(values['name'])} là {quoted(unit.name)}")

        name = Field("name", "Tên gọi", hint="P. KHTC")
        about = f"Kế hoạch ghi tên này thì hiểu là {unit.name}."
        ask(self.desk.aside, "Thêm tên gọi", about, [name], "Thêm", call)

    async def draw_ways_to_change(self, unit_id: int) -> None:
        """From a day on: what it would mean is shown beneath the buttons before it is done."""
        with Tag("section", classes="panel"):
            Tag("h2", "Thay đổi đơn vị")
            Tag("p", "Từ một ngày, có xem trước; số liệu các kỳ trước ngày đó giữ nguyên tên cũ.", "fine")
            await self.desk.live(
                lambda session: replace(shown(session, self.desk, unit_id), changes=(), history=()),
                self._draw_change_buttons,
                "row changes",
            )
            self.proposal.draw()

    def _draw_change_buttons(self, found: Shown) -> None:
        button("Đổi tên").on("click", lambda: self._ask_rename(found.unit))
        if found.others:
            button("Hợp nhất").on("click", lambda: self._ask_merge(found))
        button("Tách").on("click", lambda: self._ask_split(found.unit))
        button("Ngừng hoạt động").on("click", lambda: self._ask_close(found))

    def _ask_rename(self, unit: UnitSeen) -> None:
        async def rename(values: Mapping[str, str]) -> None:
            name, to = quoted(unit.name), quoted(values["to"])
            if values["on"]:
                await self.proposal.look(f"từ {day_said(values['on'])} {name} đổi tên thành {to}")
            else:
                await self.desk.say(f"đổi tên {name} thành {to}")

        fields = [
            Field("to", "Tên mới", value=unit.name),
            Field("on", "Từ ngày; để trống nếu chỉ sửa cho đúng tên", Kind.DATE, is_needed=False),
        ]
        ask(self.desk.aside, f"Đổi tên {unit.name}", "", fields, "Xem trước", rename)

    def _ask_merge(self, found: Shown) -> None:
        async def merge(values: Mapping[str, str]) -> None:
            names = f"{quoted(found.unit.name)}; {quoted(values['with'])}"
            to = quoted(values["to"])
            await self.proposal.look(f"từ {day_said(values['on'])} {names} hợp nhất thành {to}")

        fields = [
            Field("with", "Với đơn vị", Kind.CHOICE, choices={name: name for name in found.others}),
            Field(
                "to", "Thành đơn vị có tên", hint="Tên mới, hoặc tên của một trong hai", value=found.unit.name
            ),
            _from_day(self.desk),
        ]
        ask(self.desk.aside, f"Hợp nhất {found.unit.name}", "", fields, "Xem trước", merge)

    def _ask_split(self, unit: UnitSeen) -> None:
        async def split(values: Mapping[str, str]) -> None:
            names = "; ".join(quoted(line) for line in values["to"].splitlines() if line.strip(" ;"))
            await self.proposal.look(f"từ {day_said(values['on'])} {quoted(unit.name)} tách thành {names}")

        fields = [
            Field("to", "Thành các đơn vị, mỗi dòng một tên", Kind.NOTE, value=f"{unit.name}\n"),
            _from_day(self.desk),
        ]
        ask(
            self.desk.aside,
            f"Tách {unit.name}",
            "Việc đang mở được chia ở bước xem trước.",
            fields,
            "Xem trước",
            split,
        )

    def _ask_close(self, found: Shown) -> None:
        async def close(values: Mapping[str, str]) -> None:
            to = f", giao việc cho {quoted(values['to'])}" if values["to"] else ""
            await self.proposal.look(f"từ {day_said(values['on'])} giải thể {quoted(found.unit.name)}{to}")

        heirs = {"": "Không giao cho đơn vị nào"} | {name: name for name in found.others}
        fields = [
            Field("to", "Giao việc cho", Kind.CHOICE, is_needed=False, choices=heirs),
            _from_day(self.desk),
        ]
        ask(self.desk.aside, f"{found.unit.name} ngừng hoạt động", "", fields, "Xem trước", close)


def _from_day(desk: Desk) -> Field:
    return Field("on", "Từ ngày", Kind.DATE, value=desk.reader.today.isoformat())


def _fact(name: str, value: str, classes: str = "") -> None:
    with Tag("div"):
        Tag("dt", name)
        Tag("dd", value, classes)


def _draw_history(history: Sequence[Happened]) -> None:
    with Tag("section", classes="panel"):
        Tag("h2", "Lịch sử")
        if not history:
            Tag("p", "Chưa có thay đổi nào về đơn vị này.", "fine")
        with Tag("ol", classes="history"):
            for each in history:
                with Tag("li"):
                    at = each.at.astimezone(HANOI)
                    Tag("time", f"{at:%d/%m/%Y %H:%M}", datetime=at.isoformat(timespec="minutes"))
                    Tag("span", f"{each.what}{f' — {each.by}' if each.by else ''}")


PAGE = Page(
    "/don-vi/{unit_id}",
    "Một đơn vị",
    frozenset({Action.MANAGE_UNITS, Action.SEE_ALL}),
    draw,
    styles=("people.css",),
)
