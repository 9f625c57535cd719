"""A chat on a page: what was said, newest last, and the box to answer in."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from nicegui import events, ui
from nicegui.elements.upload_files import FileUpload

from bot.channels.web.inbox import MOST_LETTERS, clean_words
from bot.pages.bubbles import draw_spoken
from bot.pages.days import day_in_words
from bot.pages.files import download_path
from bot.pages.html import Tag, button, icon_button, icon_of
from bot.world import World
from data.engine import DATABASE_TROUBLE
from data.file_kinds import EmptyFile, safe_name
from data.files import MEGABYTE, FileTooBig
from data.letters import Spoken
from data.people import Place
from duties.errors import DutyError
from duties.message import Attached, Message
from duties.workdays import HANOI

logger = logging.getLogger(__name__)

AT_FIRST = 60
# as many as an album of Telegram
MOST_BESIDE = 10
NOT_SENT = "Tệp chưa gửi lên được; xin tải lại trang rồi thử lại."


class TooManyBeside(DutyError):
    """Mỗi tin kèm tối đa 10 tệp; xin gửi tin này rồi đính kèm tiếp."""


@dataclass(frozen=True)
class Chip:
    """A frequent wish above the box: sent at once, or put into the box to be finished by hand."""

    words: str
    is_whole: bool = True


UNIT_CHIPS: Sequence[Chip] = (
    Chip("/viec"),
    Chip("xong ", False),
    Chip("đang làm ", False),
    Chip("/tonghop"),
    Chip("/trogiup"),
)
OFFICE_CHIPS: Sequence[Chip] = (
    Chip("/tonghop"),
    Chip("/choduyet"),
    Chip("/donvi"),
    Chip("/kehoach"),
    Chip("/sapgui"),
    Chip("/trogiup"),
)


@dataclass(frozen=True)
class Voice:
    """Whose chat a panel shows and in whose name its reader writes."""

    chat_id: int
    place: Place
    title: str
    about: str
    chips: Sequence[Chip]
    empty: str
    sender: str = ""


class Talk:
    """The panel. `draw` once, then `refresh` as often as wanted: it asks only whether something is new.

    `check`: asked before whatever is done in the reader's name; a DutyError of it says why nothing may be.
    """

    def __init__(
        self, world: World, voice: Voice, kind: str, check: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self.world, self.voice, self.kind = world, voice, kind
        self._check = check
        self.limit = AT_FIRST
        self._version: int | None = None
        self._shown: list[str] = []
        self._newest: Spoken | None = None
        self._quoted: Spoken | None = None
        self._files: list[FileUpload] = []
        self._drawing, self._speaking = asyncio.Lock(), asyncio.Lock()

    @property
    def version(self) -> int:
        """What the panel shows: it grows with each new thing."""
        return self._version or 0

    async def draw(self) -> None:
        with Tag("section", classes=f"talk {self.kind}", aria_label=f"Trò chuyện: {self.voice.title}"):
            with Tag("header", classes="talk-head"), Tag("div"):
                Tag("h2", self.voice.title)
                Tag("p", self.voice.about)
            self._log = Tag(
                "div", classes="log", role="log", aria_label="Các tin đã gửi và nhận", tabindex="0"
            )
            with Tag("form", classes="composer") as self._form:
                self._draw_composer()
        self._form.on(
            "submit",
            lambda event: self.say(str(event.args or "")),
            js_handler="(event) => nv.submit(event, emit)",
        )
        await self.refresh()

    async def refresh(self) -> None:
        """Show what is new, if anything is."""
        async with self._drawing:
            try:
                version = await self.world.version(self.voice.chat_id)
                if version == self._version:
                    return
                talk = await self.world.talk(self.voice.chat_id, self.limit + 1)
            except DATABASE_TROUBLE as trouble:  # what is shown stays, until the next look
                logger.warning("not refreshed chat=%s: %s", self.voice.chat_id, type(trouble.orig).__name__)
                return
            self._show(talk)
            self._version = version

    async def say(self, words: str, quoted: Spoken | None = None) -> None:
        """Say it in the reader's name, with the file that was put beside it; one thing after the other."""
        async with self._speaking:
            await self._say(words, quoted)

    async def _say(self, words: str, quoted: Spoken | None) -> None:
        about = quoted or self._quoted
        try:
            text = clean_words(words)
            if not text and not self._files:
                return
            lines = await self._hand_in(text, about.letter_id if about else None)
        except DutyError as error:
            self._refuse(str(error), words)
        except Exception:
            # The page must outlive whatever went wrong while one message was handled.
            logger.exception("could not hear chat=%s", self.voice.chat_id)
            self._refuse("Chưa gửi được; xin thử lại sau ít phút.", words)
        else:
            self._put_away(lines[0].text if lines else "")
        await self.refresh()

    async def _hand_in(self, text: str, quoted_letter_id: int | None) -> list[Message]:
        """Several files are an album: the words are said with the first, and mean all of them."""
        await self._must_be_let_in()
        album = uuid4().hex if len(self._files) > 1 else ""
        said: list[Message] = []
        for n, file in enumerate([*self._files] or [None]):
            said += await self.world.take(
                self.voice.place,
                text if n == 0 else "",
                sender=self.voice.sender,
                file_name=safe_name(file.name) if file else "",
                file=await file.read() if file else None,
                album=album,
                quoted_letter_id=quoted_letter_id if n == 0 else None,
            )
        await self.world.deliver_within()
        return said

    def _show(self, talk: Sequence[Spoken]) -> None:
        has_older = len(talk) > self.limit
        talk = talk[-self.limit :]
        fresh = what_follows(self._shown, [spoken.key for spoken in talk])
        with self._log:
            if fresh is None:
                self._log.clear()
                self._newest, fresh = None, len(talk)
                if has_older:
                    self._draw_older()
                if not talk:
                    self._draw_empty()
            for spoken in talk[len(talk) - fresh :]:
                self._draw_one(spoken)
        self._shown = [spoken.key for spoken in talk]

    def _draw_one(self, spoken: Spoken) -> None:
        day = spoken.at.astimezone(HANOI).date()
        if self._newest is None or self._newest.at.astimezone(HANOI).date() != day:
            Tag("h3", day_in_words(day), "day")
        draw_spoken(spoken, lambda about, says: self.say(says, about), self._quote, self._fetch)
        self._newest = spoken

    def _draw_empty(self) -> None:
        with Tag("div", classes="empty"):
            Tag("h3", "Chưa có tin nào")
            Tag("p", self.voice.empty)

    def _draw_older(self) -> None:
        older = button("Xem tin cũ hơn", "older")
        older.on("click", self._show_older, js_handler="(event) => { nv.holdPlace(event.target); emit(); }")

    async def _show_older(self) -> None:
        self.limit += AT_FIRST
        self._version, self._shown = None, []
        await self.refresh()

    def _draw_composer(self) -> None:
        to_end = button("Có tin mới ↓", "to-end")
        to_end.on("click", js_handler="(event) => nv.toEnd(event.target)")
        self._trouble = Tag("p", "", "trouble gone", role="alert")
        self._beside = Tag("div", "", "beside gone")
        with Tag("div", classes="chips", role="group", aria_label="Câu thường dùng"):
            for chip in self.voice.chips:
                self._draw_chip(chip)
        with Tag("div", classes="box"):
            icon_button("clip", f"Đính kèm tệp, mỗi tệp tối đa {self._most // MEGABYTE} MB", "plain").on(
                "click", js_handler="(event) => nv.pick(event.target)"
            )
            Tag(
                "textarea", rows="1", maxlength=str(MOST_LETTERS), placeholder="Viết tin…", enterkeyhint="send",
                aria_label=f"Viết tin trong cuộc trò chuyện {self.voice.title}; Enter để gửi, Shift+Enter xuống dòng",
            )  # fmt: skip
            with Tag(
                "button",
                "",
                "button square main",
                type="submit",
                aria_label="Gửi tin",
                title="Gửi tin (Enter)",
            ):
                icon_of("send")
        self._upload = ui.upload(
            auto_upload=True,
            multiple=True,
            max_file_size=self._most,
            on_upload=self._take_file,
            on_rejected=lambda: self._refuse(str(FileTooBig("", self._most)), ""),
        ).classes("uploader")
        self._upload.on("failed", lambda: self._refuse(NOT_SENT, ""), args=[])

    def _draw_chip(self, chip: Chip) -> None:
        drawn = Tag("button", chip.words.strip() + ("" if chip.is_whole else " …"), "chip", type="button")
        if chip.is_whole:
            drawn.on("click", lambda: self.say(chip.words), throttle=1, trailing_events=False)
        else:
            drawn.on("click", js_handler=f"(event) => nv.put(event.target, {json.dumps(chip.words)})")

    async def _take_file(self, event: events.UploadEventArguments) -> None:
        try:
            await self._must_be_let_in()
            self._put_beside(event.file)
        except DutyError as error:
            self._refuse(str(error), "")
            return
        self._trouble.show(False)
        self._show_beside()

    async def _must_be_let_in(self) -> None:
        if self._check is not None:
            await self._check()

    def _put_beside(self, file: FileUpload) -> None:
        """It is read when it is sent: until then a large one waits on the disk."""
        if file.size() > self._most:
            raise FileTooBig(safe_name(file.name), self._most)
        if not file.size():
            raise EmptyFile
        if len(self._files) >= MOST_BESIDE:
            raise TooManyBeside
        self._files.append(file)

    @property
    def _most(self) -> int:
        return self.world.files.most_bytes

    async def _fetch(self, file: Attached) -> None:
        """The document, by an address that is good for a few minutes."""
        await self._must_be_let_in()
        ui.navigate.to(await asyncio.to_thread(download_path, self.world, self.voice.chat_id, file))

    def _quote(self, spoken: Spoken) -> None:
        self._quoted = spoken
        self._show_beside()
        self.focus()

    def focus(self) -> None:
        """Put the reader into the box."""
        ui.run_javascript(f"nv.box(document.getElementById('{self._form.html_id}')).focus()")

    def _show_beside(self) -> None:
        """What goes with the next message: the file, the letter that is answered."""
        words = [f"Tệp: {', '.join(safe_name(file.name) for file in self._files)}"] if self._files else []
        if self._quoted:
            words.append(f"Trả lời: {self._quoted.message.text.splitlines()[0]}")
        self._beside.clear()
        self._beside.show(bool(words))
        with self._beside:
            Tag("span", " · ".join(words))
            icon_button("close", "Bỏ", "plain").on("click", lambda: self._put_away(""))

    def _put_away(self, trouble: str) -> None:
        self._files, self._quoted = [], None
        self._upload.reset()
        self._show_beside()
        self._trouble.text = trouble
        self._trouble.show(bool(trouble))

    def _refuse(self, reason: str, words: str) -> None:
        """Say why it was not taken, and give the words back."""
        self._trouble.text = reason
        self._trouble.show(True)
        if words:
            ui.run_javascript(f"nv.put(document.getElementById('{self._form.html_id}'), {json.dumps(words)})")


def what_follows(shown: Sequence[str], now: Sequence[str]) -> int | None:
    """How many of `now` come after what is shown; None when it has to be drawn anew."""
    if not shown or shown[-1] not in now:
        return None
    seen = now.index(shown[-1]) + 1
    return len(now) - seen if list(shown[-seen:]) == list(now[:seen]) else None
