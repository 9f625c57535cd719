"""Plain HTML elements for our pages; whatever words they hold reach the browser as text, never as markup."""

import re
from collections.abc import Iterator

from nicegui.elements.mixins.text_element import TextElement

LINK = re.compile(r"https?://[^\s<>“”\"]+")
AFTER_A_LINK = ".,;:!?)]}…"
ICONS = (
    "again", "calendar", "chat", "clip", "close", "download", "letter", "next", "overview", "people", "plan", "qr", "reply", "screens",
    "search", "send", "theme", "warn", "work",
)  # fmt: skip


# Where a phone shows rows as cards, some browsers forget that they are rows unless each part says its role.
TABLE_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


class Tag(TextElement):
    """One element with its words; attributes by name, `_` for `-`. The parts of a table say their role."""

    def __init__(self, tag: str, words: str = "", classes: str = "", **attributes: str | bool) -> None:
        super().__init__(tag=tag, text=words)
        self.classes(classes)
        self.set(**role_in_table(tag, attributes.get("scope")), **attributes)

    def set(self, **attributes: str | bool) -> None:
        """Change attributes; one that is False goes away. A value is never read as code: no name begins with “:”."""
        for name, value in attributes.items():
            # what a reader has typed would give way to `value` whenever anything on the page is drawn anew
            is_typed_over = self.tag == "input" and name == "value"
            said = "defaultValue" if is_typed_over else name.replace("_", "-")
            self.props.set_optional(said, None if value is False else value)

    def show(self, is_shown: bool) -> None:
        self.classes(**({"remove": "gone"} if is_shown else {"add": "gone"}))


def role_in_table(tag: str, scope: str | bool | None) -> dict[str, str]:
    """The `role` of a part of a table, of a heading by what it heads; nothing for other elements."""
    if tag == "th":
        return {"role": "rowheader" if scope == "row" else "columnheader"}
    return {"role": TABLE_ROLES[tag]} if tag in TABLE_ROLES else {}


def button(words: str, classes: str = "", **attributes: str | bool) -> Tag:
    return Tag("button", words, f"button {classes}", type="button", **attributes)


def icon_button(icon: str, says: str, classes: str = "", **attributes: str | bool) -> Tag:
    """A button with a picture only; `says` is its name for a screen reader and its tooltip."""
    made = Tag(
        "button", "", f"button square {classes}", type="button", aria_label=says, title=says, **attributes
    )
    with made:
        icon_of(icon)
    return made


def bring(made: Tag) -> None:
    """Put what was just made before the reader's eyes; it must be able to hold the focus (tabindex)."""
    # by its own client: the button that was pressed may have been redrawn meanwhile
    made.client.run_javascript(f"nv.bring('{made.html_id}')")


def icon_of(name: str) -> Tag:
    """One of ICONS, drawn by the style sheet."""
    return Tag("span", "", f"icon {name}", aria_hidden="true")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into (piece, whether it is a link); a full stop after a link is not part of it."""
    done = 0
    for found in LINK.finditer(text):
        link = found.group().rstrip(AFTER_A_LINK)
        if found.start() > done:
            yield text[done : found.start()], False
        yield link, True
        done = found.start() + len(link)
    if done < len(text):
        yield text[done:], False


def write(text: str) -> None:
    """Put the text here, its links to be followed without telling the other site where from."""
    for piece, is_link in pieces(text):
        if is_link:
            Tag("a", piece, href=piece, target="_blank", rel="noopener noreferrer nofollow")
        else:
            Tag("span", piece)
