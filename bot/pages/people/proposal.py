"""A change of units looked at in its own place before it is done: what it means, and the buttons that do it or let it be."""

from bot.pages.desk import Desk
from bot.pages.html import Tag, bring, button, write
from duties.message import Message


class Proposal:
    """`draw` once; `look` says the words and shows the answer here; pressing one of its choices closes it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._place: Tag | None = None

    def draw(self) -> None:
        self._place = Tag("div", classes="proposal gone", role="status", aria_live="polite", tabindex="-1")

    async def look(self, words: str) -> None:
        """What would come of these words."""
        said = await self._desk.ask_quietly(words)
        if self._place is None or not any(answer.choices for answer in said.answers):
            self._desk.told.show(said.answers)
            return
        self._place.clear()
        self._place.show(True)
        with self._place:
            Tag("h3", "Xem trước khi thực hiện")
            for answer in said.answers:
                self._draw_answer(answer)
        bring(self._place)

    def _draw_answer(self, answer: Message) -> None:
        for line in answer.lines:
            with Tag("p", classes=f"line {line.look.value}"):
                write(line.text)
        with Tag("div", classes="row"):
            for n, choice in enumerate(answer.choices):
                button(choice.label, "main" if n == 0 else "").on(
                    "click", lambda says=choice.says: self._choose(says), throttle=1, trailing_events=False
                )

    async def _choose(self, says: str) -> None:
        if self._place is not None:
            self._place.show(False)
        await self._desk.say(says)
