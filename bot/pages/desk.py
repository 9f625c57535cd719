"""What a page works with while a person reads it: what it is asked for, the database, and the words it says for its reader."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, Unpack

from fastapi import Request
from nicegui import Client, ui
from sqlalchemy import func
from sqlmodel import Session, select

from bot.pages.files import download_path
from bot.pages.html import Tag
from bot.pages.reader import Reader, Readers, Standing
from bot.pages.told import Told
from bot.pages.unfolded import Unfolded
from data.engine import DATABASE_TROUBLE, transaction
from data.inbox import Along
from data.tables import Inbox, Letter, Trail
from duties.errors import DutyError
from duties.message import Attached, Message
from duties.wording.help import one_line

logger = logging.getLogger(__name__)

T = TypeVar("T")
P = ParamSpec("P")

LOOK_SECONDS = 2.0
LOOKS_BETWEEN_READINGS = 15
SHOWN_OUT = "/?vi=da-dong"
LEAVES_WITHIN = 1.0


class NotThere(DutyError):
    """Không có trang này. Xin kiểm tra lại đường dẫn, hoặc trở về trang đầu."""


class ShownOut(NotThere):
    """Phiên trên trình duyệt này đã đóng nên chưa ghi nhận gì."""


class Changed(NotThere):
    """Quyền của nơi này vừa thay đổi nên chưa ghi nhận gì; trang đang được tải lại."""


@dataclass(frozen=True)
class Said:
    """What was said on a page, and what was answered; nothing was recorded when it was refused."""

    answers: Sequence[Message]
    is_refused: bool = False

    @property
    def text(self) -> str:
        return "\n".join(answer.text for answer in self.answers)


class Desk:
    """One page in one browser."""

    def __init__(self, readers: Readers, reader: Reader, request: Request) -> None:
        self.readers, self.reader, self._request = readers, reader, request
        self._client: Client | None = None
        self.told = Told(self.say, self.fetch)
        self.aside = Tag("div")  # for dialogs: it is never redrawn
        self.unfolded = Unfolded()
        self._views: list[_View[Any]] = []
        self._speaking = asyncio.Lock()
        self._pulse: tuple[int, ...] = ()
        self._looks = 0

    def query(self, name: str) -> str:
        """What the address asks for behind its “?”; "" when it does not."""
        return self._request.query_params.get(name, "")

    def part(self, name: str) -> str:
        """That part of the address's path."""
        return str(self._request.path_params.get(name, ""))

    def number(self, name: str) -> int:
        """That part of the path as a row's number. NotThere: it is none."""
        said = self.part(name)
        if not (said.isascii() and said.isdigit() and len(said) < 19):
            raise NotThere
        return int(said)

    async def read(self, ask: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the database says to that question, asked in a thread of its own.

        ShownOut, Changed: meanwhile the reader was, or speaks for others, whatever the browser goes on showing.
        """

        def answer() -> T:
            with transaction(self.reader.world.engine) as session:
                match self.readers.standing(session, self.reader):
                    case Standing.OUT:
                        raise ShownOut
                    case Standing.CHANGED:
                        raise Changed
                    case Standing.SAME:
                        return ask(session, *args, **kwargs)

        return await asyncio.to_thread(answer)

    async def check(self) -> None:
        """Before whatever is done in the reader's name. ShownOut, Changed: nothing may be on this page any more."""
        try:
            await self.read(lambda _: None)
        except ShownOut:
            self._show_out()
            raise

    async def live(self, ask: Callable[[Session], T], draw: Callable[[T], object], classes: str = "") -> None:
        """Draw what the database says here, now and again whenever that has changed."""
        view: _View[T] = _View(ask, draw, classes)
        self._views.append(view)
        await view.show(self)

    async def say(self, words: str = "", **along: Unpack[Along]) -> Said:
        """Say it in the reader's name: rights, trail and undo are the conversation's. The answer is shown, the page brought up to date."""
        async with self._speaking:
            said = await self._ask(words, **along)
            self.told.show(said.answers)
            await self.renew()
            self.told.take_focus()
        return said

    async def ask_quietly(self, words: str, **along: Unpack[Along]) -> Said:
        """The same, for a page that shows the answer in its own place."""
        async with self._speaking:
            said = await self._ask(words, **along)
            await self.renew()
        return said

    async def _ask(self, words: str, **along: Unpack[Along]) -> Said:
        along["sender"] = along.get("sender") or self.reader.name
        try:
            await self.check()
            return Said(await self.reader.world.ask(self.reader.place, words, **along))
        except DutyError as error:
            return Said([one_line(str(error))], is_refused=True)
        except Exception:
            # The page must outlive whatever went wrong while one action was handled.
            logger.exception("could not hear chat=%s", self.reader.chat_id)
            return Said([one_line("Chưa thực hiện được; xin thử lại sau ít phút.")], is_refused=True)

    async def fetch(self, file: Attached) -> None:
        """Hand the reader a document that was answered with, by an address that is good for a few minutes."""
        await self.check()
        reader = self.reader
        ui.navigate.to(await asyncio.to_thread(download_path, reader.world, reader.chat_id, file))

    async def renew(self) -> None:
        """Bring every part of the page up to date."""
        try:
            for view in self._views:
                await view.show(self)
        except ShownOut:
            self._show_out()
        except Changed:  # the next look loads the page anew
            logger.info("standing changed chat=%s", self.reader.chat_id)

    def watch(self) -> None:
        """Look again from time to time, as long as the page is open, and whenever a browser comes to it."""
        self._client = ui.context.client
        self._client.on_connect(self._look)
        ui.timer(LOOK_SECONDS, self._look)

    def _standing(self) -> tuple[Standing, tuple[int, ...]]:
        with transaction(self.reader.world.engine) as session:
            standing = self.readers.standing(session, self.reader)
            return standing, () if standing is Standing.OUT else _pulse_of(session)

    def _show_out(self) -> None:
        """The page is left; one that does not leave by itself is taken away."""
        client = self._client
        if client is None or client.is_deleted:
            return
        client.open(SHOWN_OUT)

        def take_away() -> None:
            if client.has_socket_connection:
                client.delete()

        with client:
            ui.timer(LEAVES_WITHIN, take_away, once=True)

    async def _look(self) -> None:
        self._looks += 1
        try:
            standing, pulse = await asyncio.to_thread(self._standing)
            if standing is Standing.OUT:
                self._show_out()
                return
            if standing is Standing.CHANGED:
                ui.navigate.reload()
                return
            is_time = self._looks % LOOKS_BETWEEN_READINGS == 0
            if (pulse != self._pulse or is_time) and not self._speaking.locked():
                self._pulse = pulse
                await self.renew()
        except DATABASE_TROUBLE as trouble:  # what is shown stays, until the next look
            logger.warning("not looked chat=%s: %s", self.reader.chat_id, type(trouble.orig).__name__)


class _View(Generic[T]):
    """A part of the page that is drawn from one answer of the database."""

    def __init__(self, ask: Callable[[Session], T], draw: Callable[[T], object], classes: str) -> None:
        self._ask, self._draw = ask, draw
        self._place = Tag("div", classes=f"view {classes}")
        self._shown: T | None = None

    async def show(self, desk: Desk) -> None:
        fresh = await desk.read(self._ask)
        if fresh == self._shown:
            return
        self._shown = fresh
        self._place.clear()
        with self._place:
            self._draw(fresh)


def _pulse_of(session: Session) -> tuple[int, ...]:
    """Numbers that grow with whatever happens."""
    newest = (func.max(Inbox.id), func.max(Letter.id), func.max(Trail.id))
    return tuple(session.exec(select(each)).one() or 0 for each in newest)
