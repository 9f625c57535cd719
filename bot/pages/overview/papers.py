"""The documents of the window in view, written as chats ask for them; and closing its numbers, or opening them again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.pages.asking import ask
from bot.pages.desk import Desk
from bot.pages.html import Tag, button, icon_of
from bot.pages.overview.parts import Glance
from bot.pages.overview.readings import House
from bot.pages.overview.view import View
from data.letters import message_of
from data.tables import Letter, LetterState
from duties.intents import Document
from duties.message import Message
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.documents import NAMES
from duties.wording.summary import DOCUMENTS, small

LOOK_SECONDS, MOST_LOOKS = 0.5, 600


@dataclass(frozen=True)
class Paper:
    """A document that was asked for on this page; it is being written until there is something to say of it."""

    said: Message | None = None


def asked_words(view: View, house: House) -> str:
    """The words that name this window and this part; "" where a plan without a number cannot be named."""
    plan = house.plan_number(view.plan_id) if view.plan_id else ""
    if view.plan_id and not plan:
        return ""
    parts = (
        small(view.window.name),
        house.unit(view.unit_id) if view.unit_id else "",
        f"kế hoạch {plan}" if plan else "",
        f"nhóm {view.group}" if view.group else "",
    )
    return " ".join(part for part in parts if part)


def newest_letter(session: Session, chat_id: int) -> int:
    return session.exec(select(func.max(Letter.id)).where(Letter.chat_id == chat_id)).one() or 0


def paper_since(session: Session, chat_id: int, document: Document, letter_id: int) -> Paper | None:
    """What became of the document asked for after that letter; None where it was refused at once."""
    query = select(Letter).where(
        Letter.chat_id == chat_id,
        col(Letter.id) > letter_id,
        col(Letter.key).startswith("reply:"),
        col(Letter.key).endswith(f":{document.value}"),
    )
    letter = session.exec(query.order_by(col(Letter.id)).limit(1)).first()
    if letter is None:
        return None
    if letter.state is LetterState.DRAFTED:
        return Paper()
    return Paper(message_of(letter))


class Papers:
    """The buttons; one document is written at a time."""

    def __init__(self, desk: Desk, view: View, house: House) -> None:
        self.desk, self.view = desk, view
        self.words = asked_words(view, house)
        self._is_busy = False

    def draw(self) -> None:
        if not self.words:
            Tag(
                "p",
                "Kế hoạch này chưa có số nên chưa soạn riêng tài liệu được; bỏ lọc kế hoạch để soạn.",
                "fine",
            )
            return
        with Tag("div", classes="ov-papers", role="group", aria_label="Tài liệu của kỳ đang xem"):
            for document, (label, says) in zip(Document, DOCUMENTS, strict=True):
                self._draw_one(document, label, says)
        self._status = Tag("p", "", "ov-writing gone", role="status")

    def _draw_one(self, document: Document, label: str, says: str) -> None:
        made = button("", "ov-paper", title=f"Soạn {NAMES[document]} của kỳ đang xem")
        with made:
            icon_of("download")
            Tag("span", label)

        made.on("click", lambda: self._write(document, f"{says} {self.words}"), throttle=1)

    async def _write(self, document: Document, words: str) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self._say(f"Đang soạn {NAMES[document]}…")
        try:
            await self._written(document, words)
        finally:
            self._is_busy = False
            self._say("")

    async def _written(self, document: Document, words: str) -> None:
        chat_id = self.desk.reader.chat_id
        before = await self.desk.read(newest_letter, chat_id)
        said = await self.desk.ask_quietly(words)
        for _ in range(MOST_LOOKS):
            paper = await self.desk.read(paper_since, chat_id, document, before)
            if paper is None:
                self.desk.told.show(said.answers)
                return
            if paper.said is not None:
                self.desk.told.show([paper.said])
                if paper.said.file:
                    await self.desk.fetch(paper.said.file)
                return
            await asyncio.sleep(LOOK_SECONDS)

    def _say(self, words: str) -> None:
        self._status.text = words
        self._status.show(bool(words))


class Closing:
    """“Chốt số liệu” and “Mở lại”, each asked once more before it is said."""

    def __init__(self, desk: Desk, view: View) -> None:
        self.desk, self.view = desk, view

    def draw(self, found: Glance) -> None:
        if self.view.is_part or not self.desk.reader.may(Action.CLOSE):
            return
        if found.frozen_on:
            button("Mở lại số liệu").on("click", self._ask_to_open)
        elif found.may_close:
            button("Chốt số liệu").on("click", self._ask_to_close)

    @property
    def name(self) -> str:
        return small(self.view.window.name)

    def _ask_to_close(self) -> None:
        about = (
            f"Số liệu {self.name} tính đến hết ngày {day(self.view.window.cut_off)} sẽ được giữ nguyên; thay đổi sau đó "
            "được ghi riêng, và báo cáo đã tính vào thì đơn vị không hoàn tác được nữa. Có thể mở lại."
        )
        self._confirm("Chốt số liệu?", about, "Chốt số liệu", f"chốt số liệu {self.name}")

    def _ask_to_open(self) -> None:
        about = f"Số liệu {self.name} sẽ được tính lại từ các báo cáo hiện có. Có thể chốt lại."
        self._confirm("Mở lại số liệu?", about, "Mở lại", f"bỏ chốt {self.name}")

    def _confirm(self, title: str, about: str, does: str, words: str) -> None:
        async def say(_: Mapping[str, str]) -> None:
            await self.desk.say(words)

        ask(self.desk.aside, title, about, [], does, say)
