"""The frame of every page behind the door: the menu, who reads, what was answered; and which page is whose to open."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from bot.pages.desk import Desk, NotThere
from bot.pages.frame import dress_page, mark_address
from bot.pages.html import Tag, icon_button, icon_of
from bot.pages.plain import not_there, plain_page, said
from bot.pages.reader import Reader, Readers
from duties.rights import Action

NOT_YOURS = "Trang này không thuộc phần việc của nơi đang vào. Nếu cần, xin liên hệ Văn phòng."


@dataclass(frozen=True)
class Page:
    """A page: its address, what one must be allowed to open it (any one), and how it is drawn.

    `menu`: its words in the menu, "" to be reached from another page only. `styles`: style sheets of its own.
    `is_full`: it fills the window and scrolls within itself.
    """

    path: str
    title: str
    needs: frozenset[Action]
    draw: Callable[[Desk], Awaitable[None]]
    menu: str = ""
    icon: str = ""
    styles: Sequence[str] = field(default=())
    is_full: bool = False

    def is_for(self, reader: Reader) -> bool:
        return reader.may(*self.needs)


def register_pages(readers: Readers, pages: Sequence[Page]) -> None:
    """Serve these pages to whoever may read them."""
    menu = [page for page in pages if page.menu]
    for page in pages:
        _register(readers, page, menu)


def _register(readers: Readers, page: Page, menu: Sequence[Page]) -> None:
    @ui.page(
        page.path, title=f"{page.title} · Nhắc việc CCHC", language="vi", dark=False, response_timeout=30
    )
    async def show(request: Request) -> Response | None:
        reader = await readers.reader(request)
        if reader is None:
            return _instead(RedirectResponse("/?vi=chua-vao", 303))
        if not page.is_for(reader):
            return _instead(not_yours(reader))
        desk = Desk(readers, reader, request)
        dress_page(page.styles)
        try:
            await _draw(desk, page, menu)
        except NotThere:
            return _instead(not_there())
        return None


def _instead(answer: Response) -> Response:
    """NiceGUI began a page, and would keep it for a minute: whoever asks again and again fills nothing."""
    ui.context.client.delete()
    return answer


def not_yours(reader: Reader) -> Response:
    """What is said to whoever asks for a page of others."""
    return plain_page(
        f'<h1>Nhắc việc CCHC</h1>{said(NOT_YOURS)}<p><a href="{reader.home}">Về trang của mình</a></p>', 403
    )


async def _draw(desk: Desk, page: Page, menu: Sequence[Page]) -> None:
    # Quasar lays a <main> under every page: who listens to the page is to find one, ours
    for laid in ui.context.client.page_container.default_slot.children:
        laid.props("role=presentation")
    Tag("a", "Bỏ qua trình đơn", "skip", href="#noi-dung")
    with Tag("div", classes="shell"):
        desk.readers.draw_top(desk.reader)
        with Tag("header", classes="side"):
            _draw_head(desk.reader, has_door=desk.readers.has_door)
            _draw_menu(desk.reader, page, menu)
        with Tag("main", classes="content full" if page.is_full else "content", id="noi-dung", tabindex="-1"):
            await page.draw(desk)
        desk.told.draw()
    desk.watch()


def _draw_head(reader: Reader, *, has_door: bool) -> None:
    with Tag("div", classes="side-head"):
        Tag("img", src=mark_address(), alt="", width="34", height="34")
        with Tag("div", classes="names"):
            if len(reader.rooms) > 1:
                _draw_rooms(reader)
            else:
                Tag("p", reader.room.whom, "whom")
            Tag("p", reader.room.agency or "Nhắc việc CCHC", "agency")
        if not has_door:
            return
        icon_button("theme", "Đổi nền sáng, tối", "plain").on("click", js_handler="() => nv.swapTheme()")
        with Tag(
            "a",
            classes="button square plain",
            href="/phien",
            aria_label="Trình duyệt đang mở",
            title="Trình duyệt đang mở",
        ):
            icon_of("screens")
        with Tag("form", method="post", action="/ra"):
            Tag("button", "Ra", "button plain", type="submit", title="Ra khỏi trang trên trình duyệt này")


def _draw_rooms(reader: Reader) -> None:
    with Tag("select", classes="select", aria_label="Đang vào thay").on(
        "change",
        lambda event: ui.navigate.to(f"/vao-noi/{int(event.args)}"),
        js_handler="(event) => emit(event.target.value)",
    ):
        for room in reader.rooms:
            Tag("option", room.whom, value=str(room.seat.chat_id), selected=room == reader.room)


def _draw_menu(reader: Reader, page: Page, menu: Sequence[Page]) -> None:
    with Tag("nav", classes="menu", aria_label="Các trang"):
        for each in menu:
            if each.is_for(reader):
                is_here = page.path == each.path or page.path.startswith(f"{each.path}/")
                with Tag("a", classes="menu-item", href=each.path, aria_current="page" if is_here else False):
                    icon_of(each.icon)
                    Tag("span", each.menu)
