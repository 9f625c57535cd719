"""What happened to one piece of work, drawn in the order of time."""

import asyncio
from collections.abc import Sequence

from nicegui import ui

from bot.pages.desk import Desk
from bot.pages.duty.history import Event, FileShown
from bot.pages.duty.letters import LOST, LetterShown
from bot.pages.files import download_path
from bot.pages.html import Tag, button, icon_of, write
from data.tables import LetterState
from duties.message import Attached
from duties.wording.files import size_in_words
from duties.wording.letters import became
from duties.workdays import HANOI


def draw_history(desk: Desk, history: Sequence[Event]) -> None:
    """Oldest first, as a paper file is kept."""
    if not history:
        with Tag("div", classes="nothing"):
            Tag("strong", "Chưa có gì diễn ra")
            Tag(
                "span",
                "Tin nhắc, báo cáo của đơn vị và quyết định của Văn phòng sẽ hiện ở đây theo thời gian.",
            )
        return
    with Tag("ol", classes="history"):
        for event in history:
            _draw_event(desk, event)


def _draw_event(desk: Desk, event: Event) -> None:
    at = event.at.astimezone(HANOI)
    lost = " lost" if event.letter is not None and event.letter.state in LOST else ""
    with Tag("li", classes=f"event {event.sort.value}{lost}"):
        with Tag("time", classes="event-time", datetime=at.isoformat(timespec="minutes")):
            Tag("span", f"{at:%d/%m/%Y}")
            Tag("span", f"{at:%H:%M}")
        with Tag("div", classes="event-body"):
            _draw_title(event)
            if event.words:
                with Tag("blockquote", classes="event-words"):
                    write(event.words)
            for detail in event.details:
                Tag("p", detail, "event-detail")
            for link in event.links:
                with Tag("p", classes="event-detail"):
                    write(link)
            for file in event.files:
                _draw_file(desk, file)
            if event.letter is not None:
                _draw_letter(desk, event.letter)


def _draw_title(event: Event) -> None:
    with Tag("p", classes="event-title"):
        Tag("span", event.title, "taken-back" if event.is_taken_back else "")
        if event.is_taken_back:
            Tag("span", "đã rút lại", "tag")
        if event.who:
            Tag("span", event.who, "event-who")


def _draw_file(desk: Desk, file: FileShown) -> None:
    if file.is_removed:
        Tag("p", f"Tệp {file.name} (đã bỏ)", "event-detail")
        return
    attached = Attached(file.file_id, file.name)
    with Tag("div", classes="event-file"):
        with Tag("div", classes="row"):
            with Tag("button", "", "button document", type="button", title=f"Tải {file.name}").on(
                "click", lambda: desk.fetch(attached), throttle=1, trailing_events=False
            ):
                icon_of("download")
                Tag("span", file.name)
                Tag("span", size_in_words(file.size), "fine")
            if file.is_picture:
                look = button("Xem ảnh", aria_label=f"Xem ảnh {file.name}")
        if file.is_picture:
            _draw_picture(desk, attached, Tag("div"), look)


def _draw_picture(desk: Desk, file: Attached, place: Tag, look: Tag) -> None:
    """Shown when it is asked for, and again, by an address that is good again, when the page is drawn anew."""
    name = f"anh-{file.file_id}"

    async def show() -> None:
        desk.unfolded.keep(name, True)
        await _show_picture(desk, file, place, look)

    if desk.unfolded.holds(name):
        look.show(False)
        ui.timer(0, show, once=True)
    look.on("click", show, throttle=1, trailing_events=False)


async def _show_picture(desk: Desk, file: Attached, place: Tag, look: Tag) -> None:
    path = await asyncio.to_thread(download_path, desk.reader.world, desk.reader.chat_id, file)
    if place.is_deleted:
        return
    look.show(False)
    with place:
        Tag("img", classes="preview", src=f"{path}?xem=1", alt=f"Ảnh {file.name}", loading="lazy")


def _draw_letter(desk: Desk, letter: LetterShown) -> None:
    with Tag("p", classes="event-detail"):
        Tag("span", f"{letter.to} ({letter.channel}): ")
        Tag(
            "span",
            became(letter.state.value, maybe_twice=letter.maybe_twice),
            f"letter-state {letter.state.value}",
        )
        if letter.failure and letter.state is not LetterState.SENT:
            Tag("span", f", lý do: {letter.failure}")
    if letter.instead:
        Tag("p", letter.instead, "event-detail")
    if letter.lines:
        with (
            desk.unfolded.details(f"tin-{letter.id}", "Đọc tin", "letter-words"),
            Tag("div", classes="bubble"),
        ):
            for line in letter.lines:
                with Tag("p", classes=f"line {line.look.value}"):
                    write(line.text)
