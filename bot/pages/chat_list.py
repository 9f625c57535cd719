"""The demo's list of chats: the office, then every unit with what it still owes and a dot for what was not read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.demo import DemoChat
from bot.pages.html import Tag
from data.tables import ChatRole


@dataclass(frozen=True)
class _Row:
    button: Tag
    dot: Tag
    unread: Tag
    open: Tag
    overdue: Tag


class ChatList:
    """`draw` once; `show` whenever the chats or what was read may have changed."""

    def __init__(self, choose: Callable[[DemoChat], Awaitable[None]]) -> None:
        self._choose = choose
        self._rows: dict[int, _Row] = {}

    def draw(self, chats: Sequence[DemoChat]) -> None:
        with Tag("nav", classes="list", aria_label="Các cuộc trò chuyện"):
            self._draw_hint()
            offices = [chat for chat in chats if chat.role is not ChatRole.UNIT]
            units = [chat for chat in chats if chat.role is ChatRole.UNIT]
            for heading, group in (("Điều phối", offices), (f"{len(units)} đơn vị", units)):
                Tag("h2", heading)
                for chat in group:
                    self._rows[chat.chat_id] = self._draw_row(chat)

    def _draw_row(self, chat: DemoChat) -> _Row:
        with Tag("button", "", "who", type="button", aria_pressed="false") as row:
            dot = Tag("span", classes="fresh", aria_hidden="true")
            Tag("span", chat.title, "name")
            unread = Tag("span", "", "sr")
            overdue = Tag("span", "", "badge over none")
            opened = Tag("span", "", "badge none")
        row.on("click", lambda: self._choose(chat))
        return _Row(row, dot, unread, opened, overdue)

    def _draw_hint(self) -> None:
        with Tag("section", classes="hint", aria_label="Bắt đầu"):
            with Tag("h2", "Thử trong một phút"):
                close = Tag(
                    "button",
                    "",
                    "button plain square",
                    type="button",
                    aria_label="Đóng hướng dẫn",
                    title="Đóng",
                )
                close.on("click", js_handler="() => nv.closeHint()")
                with close:
                    Tag("span", classes="icon close", aria_hidden="true")
            with Tag("ol"):
                Tag("li", "Bấm “Sự kiện kế tiếp”: đồng hồ chạy tới lúc có tin nhắc.")
                Tag("li", "Chọn một đơn vị có tin mới, trả lời bằng nút hoặc viết “xong 1”.")
                Tag("li", "Ở khung Văn phòng (điều phối), bấm /tonghop để xem kết quả.")
                Tag("li", "Bấm “Trang làm việc” để xem tổng quan, kế hoạch, đơn vị, tin nhắc.")

    def show(self, chats: Sequence[DemoChat], chosen: int, unread: Mapping[int, bool]) -> None:
        """Mark what is chosen and unread, and count what is open and overdue."""
        for chat in chats:
            row = self._rows.get(chat.chat_id)
            if row is None:
                continue
            is_unread = unread.get(chat.chat_id, False)
            row.button.set(aria_pressed="true" if chat.chat_id == chosen else "false")
            row.dot.classes(**({"add": "on"} if is_unread else {"remove": "on"}))
            row.unread.text = ", có tin mới" if is_unread else ""
            _count(row.open, chat.open_count, "việc đang mở")
            _count(row.overdue, chat.overdue_count, "việc quá hạn")


def _count(badge: Tag, count: int, what: str) -> None:
    badge.text = str(count)
    badge.classes(**({"remove": "none"} if count else {"add": "none"}))
    badge.set(aria_label=f"{count} {what}", title=f"{count} {what}")
