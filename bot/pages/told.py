"""What was answered to an action on a page: shown above the page's foot until it is closed or the next one comes."""

from collections.abc import Awaitable, Callable, Sequence

from bot.pages.bubbles import draw_file
from bot.pages.html import Tag, button, icon_button, write
from duties.message import Attached, Message

MOST_LINES = 12


class Told:
    """`draw` once, in the shell; `show` after every action. Choices are words, said when they are pressed."""

    def __init__(
        self, say: Callable[[str], Awaitable[object]], fetch: Callable[[Attached], Awaitable[object]]
    ) -> None:
        self._say, self._fetch = say, fetch
        self._place: Tag | None = None

    def draw(self) -> None:
        self._place = Tag("div", classes="told gone", role="status", aria_live="polite", tabindex="-1")

    def show(self, answers: Sequence[Message]) -> None:
        """Show these answers; nothing for none."""
        if self._place is None:
            return
        self._place.clear()
        shown = [answer for answer in answers if not answer.is_empty]
        self._place.show(bool(shown))
        with self._place:
            icon_button("close", "Đóng thông báo", "plain").on("click", self._close)
            for answer in shown:
                self._draw_one(answer)

    def take_focus(self) -> None:
        """What was pressed may be gone with the part that was drawn anew: its reader goes on here, or in the page."""
        if self._place is not None:
            self._place.client.run_javascript(f"nv.keepFocus('{self._place.html_id}')")

    def _close(self) -> None:
        self.show(())
        self.take_focus()

    def _draw_one(self, answer: Message) -> None:
        for line in answer.lines[:MOST_LINES]:
            with Tag("p", classes=f"line {line.look.value}"):
                write(line.text)
        if len(answer.lines) > MOST_LINES:
            Tag("a", "Xem cả tin trong Trò chuyện", href="/tro-chuyen")
        if answer.file:
            draw_file(answer.file, self._fetch)
        if answer.choices:
            with Tag("div", classes="choices", role="group", aria_label="Trả lời nhanh"):
                for choice in answer.choices:
                    button(choice.label).on(
                        "click", lambda says=choice.says: self._say(says), throttle=1, trailing_events=False
                    )
