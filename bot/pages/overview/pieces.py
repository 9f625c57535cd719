"""Small pieces of HTML of the overview and its lists; whatever people wrote is escaped where it is put in."""

from markupsafe import Markup

from bot.pages.hues import HUES
from bot.pages.overview.picks import Pick
from bot.pages.overview.view import LIST, View
from duties.progress import Value
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised
from duties.wording.summary import percent

# One letter a value, so that a cell is read without its colour.
LETTERS = {Value.ON_TIME: "Đ", Value.LATE: "M", Value.OPEN: "C", Value.OVERDUE: "Q"}
NOTHING = Markup("")


def joined(pieces: list[Markup], between: str = "") -> Markup:
    return Markup(between).join(pieces)


def link(words: object, href: str, classes: str = "", label: str = "") -> Markup:
    """A link; `label` is its name for a screen reader where the words alone say too little."""
    named = Markup(' aria-label="{}"').format(label) if label else NOTHING
    dressed = Markup(' class="{}"').format(classes) if classes else NOTHING
    return Markup('<a href="{}"{}{}>{}</a>').format(href, dressed, named, words)


# Where a phone shows rows as cards, some browsers forget that they are rows unless each part says its role.
def head(words: object, classes: str = "", more: Markup = NOTHING) -> Markup:
    """The heading of a column."""
    return Markup('<th scope="col" role="columnheader" class="{}"{}>{}</th>').format(classes, more, words)


def cell(inside: object, label: str = "", classes: str = "") -> Markup:
    """A cell; `label` stands before its words where it has no heading above it."""
    labelled = Markup(' data-label="{}"').format(label) if label else NOTHING
    return Markup('<td role="cell" class="{}"{}>{}</td>').format(classes, labelled, inside)


def number_link(count: int, view: View, pick: Pick, what: str = "phần việc", **more: str | int) -> Markup:
    """A number that opens its list, with `what` it counts; nought opens nothing."""
    words = whole(count)
    if not count:
        return Markup("<span>{}</span>").format(words)
    label = f"{words} {what}: {pick.words}"
    return link(words, view.address(LIST, muc=pick.value, **more), label=label)


def share(part: float | None) -> str:
    """“66,7%”; a dash where there was nothing to share."""
    return "–" if part is None else f"{percent(part)}%"


def points(now: float | None, before: float | None) -> str:
    """“tăng 3,2 điểm %”, against the window before."""
    if now is None or before is None:
        return ""
    moved = round(now * 100, 1) - round(before * 100, 1)
    amount = f"{abs(moved):.1f}".replace(".", ",").removesuffix(",0")
    return "không đổi" if not round(moved, 1) else f"{'tăng' if moved > 0 else 'giảm'} {amount} điểm %"


def state(value: Value | None, more: str = "") -> Markup:
    """The state of a piece of work, in words and colour."""
    if value is None:
        return Markup('<span class="state">{}</span>').format(more or "chưa có hạn")
    words = value.label
    return Markup('<span class="state {}">{}</span>').format(HUES[value], f"{capitalised(words)}") + (
        Markup('<span class="fine">{}</span>').format(more) if more else NOTHING
    )
