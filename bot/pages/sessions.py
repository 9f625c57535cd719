"""“/phien”: the browsers that are let in, the link that lets another one in, and the buttons that shut them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.people.qr import draw_qr
from bot.pages.reader import Reader
from bot.pages.shell import Page
from data.companions import together
from data.tables import Chat
from data.web_sessions import browsers
from duties.message import Message
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.web import OpenBrowser
from duties.workdays import HANOI, day_of

ABOUT = (
    "Mỗi dòng là một trình duyệt đã vào được trang. Thấy lạ, hoặc đã dùng xong trên máy chung thì đóng lại: "
    "trang đang mở ở đó được đưa ra ngoài sau vài giây."
)


@dataclass(frozen=True)
class Doors:
    """The open browsers: this one first, the others of the same chats, and those of others if the reader looks after them."""

    own: tuple[OpenBrowser, ...]
    of_others: tuple[OpenBrowser, ...]


async def draw(desk: Desk) -> None:
    place: Tag
    with Tag("div", classes="page-head"):
        Tag("h1", "Trình duyệt đang mở")
        if desk.readers.has_door:
            button("Mở trên máy khác").on("click", lambda: show_link(desk, place))
        Tag("p", ABOUT, "about")
    place = Tag("div")
    await desk.live(partial(open_doors, reader=desk.reader), partial(_draw, desk))


def open_doors(session: Session, reader: Reader) -> Doors:
    """What the reader may see and shut."""
    seats = {
        each for room in reader.rooms for each in together(session, session.get_one(Chat, room.seat.chat_id))
    }
    own = browsers(session, reader.agency_id, reader.now, seats)
    own.sort(key=lambda each: each.id != reader.session_id)
    ids = {each.id for each in own}
    every = browsers(session, reader.agency_id, reader.now) if reader.may(Action.MANAGE_UNITS) else []
    return Doors(tuple(own), tuple(each for each in every if each.id not in ids))


async def show_link(desk: Desk, place: Tag) -> None:
    """A fresh one-time link, to be written down or photographed."""
    said = await desk.ask_quietly("/web")
    place.clear()
    with place, Tag("section", classes="panel", aria_label="Liên kết mở trên máy khác"):
        for answer in said.answers:
            _draw_link(answer)


def _draw_link(answer: Message) -> None:
    address = next((line.text for line in answer.lines if line.text.startswith("http")), "")
    for line in answer.lines:
        if line.text == address:
            Tag("p", address, "code-line")
            draw_qr(address, "Mã QR mở trang trên điện thoại")
        else:
            Tag("p", line.text, "fine" if address else "trouble")


def _draw(desk: Desk, doors: Doors) -> None:
    if not doors.own and not doors.of_others:
        with Tag("section", classes="panel nothing"):
            Tag("strong", "Không có trình duyệt nào vào bằng liên kết")
            Tag("p", "Bản dùng thử mở sẵn cho mọi người; trang thật hiện ở đây từng trình duyệt đã vào.")
        return
    others = [each for each in doors.own if each.id != desk.reader.session_id]
    with Tag("section", classes="panel"):
        with Tag("div", classes="panel-head"):
            Tag("h2", f"Của nơi này: {len(doors.own)}")
            if others:
                numbers = ", ".join(str(each.id) for each in others)
                button("Ra khỏi mọi trình duyệt khác", "small").on(
                    "click", partial(desk.say, f"đóng phiên {numbers}"), throttle=1, trailing_events=False
                )
        _draw_table(desk, doors.own)
    if doors.of_others:
        with Tag("section", classes="panel"):
            Tag("h2", f"Của các nơi khác: {len(doors.of_others)}")
            _draw_table(desk, doors.of_others)


def _draw_table(desk: Desk, found: Sequence[OpenBrowser]) -> None:
    with Tag("ul", classes="doors"):
        for each in found:
            with Tag("li"):
                _draw_one(desk, each)


def _draw_one(desk: Desk, each: OpenBrowser) -> None:
    is_here = each.id == desk.reader.session_id
    with Tag("div", classes="door-about"):
        here = " · trình duyệt này" if is_here else ""
        Tag("strong", f"{each.browser}{f' · {each.name}' if each.name else ''}{here}")
        Tag("p", each.whom)
        used, ends = each.seen_at.astimezone(HANOI), day(day_of(each.ends_at))
        times = f"Phiên {each.id}; vào ngày {day(day_of(each.made_at))}, dùng lần cuối {used:%H:%M} ngày {day(used.date())}, hết hạn {ends}."
        Tag("p", times, "fine")
    if is_here:
        with Tag("form", method="post", action="/ra"):
            Tag("button", "Ra", "button small", type="submit")
    else:
        button("Đóng", "small", aria_label=f"Đóng phiên {each.id}, {each.browser}").on(
            "click", partial(desk.say, f"đóng phiên {each.id}"), throttle=1, trailing_events=False
        )


PAGE = Page(
    "/phien",
    "Trình duyệt đang mở",
    frozenset({Action.LINK}),
    draw,
    styles=("people.css", "sessions.css"),
)
