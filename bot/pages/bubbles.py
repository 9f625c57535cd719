"""One thing said in a chat, drawn: its lines, its choices, who and when."""

import re
from collections.abc import Callable

from bot.pages.html import Tag, button, icon_of, write
from data.letters import Spoken
from duties.message import Attached, Line, Look
from duties.workdays import HANOI

NUMBERED = re.compile(r"(\d+\.|[-–•✓])\s+(.*)", re.DOTALL)
FILE = "📎 "  # how data.letters names a file; drawn, because not every office PC has the character
TAIL = re.compile(r"(.*)( — [^—]+)", re.DOTALL)
LATE = re.compile(r"\bquá (hạn|\d)")


def draw_spoken(
    spoken: Spoken,
    choose: Callable[[Spoken, str], object],
    quote: Callable[[Spoken], object],
    fetch: Callable[[Attached], object],
) -> None:
    """Draw it here; `choose` hears a pressed choice's words, `quote` that the reader wants to answer this letter.

    `fetch` hears that the reader wants the document.
    """
    with Tag("article", classes=f"said {'ours' if spoken.mine else 'theirs'}"):
        Tag("span", "Nhắc việc:" if spoken.mine else "Đã gửi:", "sr")
        with Tag("div", classes="bubble"):
            for line in spoken.message.lines:
                _draw_line(line)
            if spoken.message.file:
                draw_file(spoken.message.file, fetch)
            if spoken.message.choices:
                _draw_choices(spoken, choose)
        _draw_meta(spoken, quote)


def draw_file(file: Attached, fetch: Callable[[Attached], object]) -> None:
    """A button with the document's name; `fetch` hears that the reader wants it."""
    drawn = Tag("button", "", "button document", type="button", title=f"Tải {file.name}")
    with drawn.on("click", lambda: fetch(file), throttle=1, trailing_events=False):
        icon_of("clip")
        Tag("span", file.name)
        Tag("span", "tải về", "sr")


def _draw_line(line: Line) -> None:
    found = NUMBERED.fullmatch(line.text) if line.look is Look.ITEM else None
    with Tag("p", classes=f"line {line.look.value}" if found or line.look is not Look.ITEM else "line"):
        if line.text.startswith(FILE):
            icon_of("clip")
            write(line.text.removeprefix(FILE))
        elif found:
            Tag("span", found.group(1), "number")
            with Tag("span"):
                _draw_item(found.group(2))
        else:
            write(line.text)


def _draw_item(text: str) -> None:
    """What stands after the dash, when and how late, is what the eye looks for in a list."""
    found = TAIL.fullmatch(text)
    write(found.group(1) if found else text)
    if found:
        with Tag("span", classes="tail late" if LATE.search(found.group(2)) else "tail"):
            write(found.group(2))


def _draw_choices(spoken: Spoken, choose: Callable[[Spoken, str], object]) -> None:
    with Tag("div", classes="choices", role="group", aria_label="Trả lời nhanh"):
        for choice in spoken.message.choices:
            # The words are bound here, on the server: a browser can press a button, not change what it says.
            button(choice.label).on(
                "click", lambda says=choice.says: choose(spoken, says), throttle=1, trailing_events=False
            )


def _draw_meta(spoken: Spoken, quote: Callable[[Spoken], object]) -> None:
    at = spoken.at.astimezone(HANOI)
    with Tag("div", classes="meta"):
        if spoken.sender:
            Tag("span", spoken.sender)
        Tag("time", f"{at:%H:%M}", datetime=at.isoformat(timespec="minutes"))
        if spoken.maybe_twice:
            Tag(
                "span",
                "có thể trùng",
                "twice",
                title="Máy chủ dừng giữa lúc gửi nên tin này có thể đã đến trước đó",
            )
        if spoken.mine and spoken.letter_id is not None:
            with Tag("button", "", "quote", type="button").on("click", lambda: quote(spoken)):
                icon_of("reply")
                Tag("span", "Trả lời")
