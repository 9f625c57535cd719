"""A dialog that asks for what an action still needs, and says it in words."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from nicegui import ui

from bot.pages.days import day_in_words
from bot.pages.html import Tag, button
from bot.pages.query import day_said
from duties.errors import DutyError


class Kind(StrEnum):
    """What is typed into a field. `NOTE` may be long; `DATE` comes as ISO."""

    LINE = "text"
    NOTE = "note"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """One thing asked for. `choices`: value → words, of a CHOICE."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    is_needed: bool = True
    hint: str = ""
    value: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


class NotTaken(DutyError):
    """Chưa ghi gì; xin xem lại phần vừa gõ."""


Heard = Callable[[Mapping[str, str]], Awaitable[object]]

# The browser checks what is needed and gathers the form; what it sends is words, read again by the conversation.
GATHER = """(event) => {
    event.preventDefault();
    const held = nv.gather(event.target);
    if (held) emit(held);
}"""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


def ask(
    place: Tag, title: str, about: str, fields: Sequence[Field], does: str, heard: Heard, trouble: str = ""
) -> None:
    """Open the dialog now; `does` is its button's words, `heard` gets the fields' values by name, stripped.

    `place` outlives what is redrawn meanwhile (Desk.aside): nobody loses what they were typing, nor when `heard`
    raises NotTaken: then they are asked again, with what they typed and that `trouble`.
    """
    with place:
        dialog = ui.dialog()
    is_heard = False

    async def take(event: object) -> None:
        nonlocal is_heard
        said = getattr(event, "args", None)
        values = {each.name: str((said or {}).get(each.name, "")).strip()[:4000] for each in fields}
        if is_heard or not all(_is_filled(each, values[each.name]) for each in fields):
            return
        is_heard = True
        dialog.close()
        try:
            await heard(values)
        except NotTaken as refused:
            again = [replace(each, value=values[each.name]) for each in fields]
            ask(place, title, about, again, does, heard, str(refused))

    dialog.props["aria-label"] = title
    with dialog, Tag("div", classes="q-card"), Tag("form", classes="ask", aria_label=title) as form:
        Tag("h2", title)
        if about:
            Tag("p", about, "fine")
        if trouble:
            Tag("p", trouble, "trouble", role="alert")
        for number, each in enumerate(fields):
            drawn = _draw_field(each, f"{form.html_id}-{each.name}")
            drawn.set(autofocus=number == 0)
        with Tag("div", classes="row-end"):
            button("Thôi").on("click", dialog.close)
            Tag("button", does, "button main", type="submit")
    form.on("submit", take, js_handler=GATHER)
    dialog.on("hide", dialog.delete)
    dialog.open()


def _is_filled(asked: Field, value: str) -> bool:
    """What our own form never sends: nothing where something is needed, a day that is none."""
    if not value:
        return not asked.is_needed
    return asked.kind is not Kind.DATE or day_said(value) is not None


def _draw_field(asked: Field, number: str) -> Tag:
    with Tag("div", classes="field"):
        Tag("label", asked.label + ("" if asked.is_needed else " (không bắt buộc)"), **{"for": number})
        drawn = _control(asked)
        drawn.set(id=number, name=asked.name, required=asked.is_needed)
        if asked.kind is Kind.DATE:
            say_day(number, day_said(asked.value))
    return drawn


def say_day(number: str, known: date | None) -> None:
    """Say in words which day the field of that id holds: a browser that is not Vietnamese writes the month first.

    It is drawn beside the field, within one element; page.js says it anew when it is changed.
    """
    Tag("output", day_in_words(known) if known else "", "fine", **{"for": number})


def _control(asked: Field) -> Tag:
    match asked.kind:
        case Kind.NOTE:
            return Tag("textarea", asked.value, "input", maxlength="2000", rows="3", placeholder=asked.hint)
        case Kind.CHOICE:
            with Tag("select", classes="select") as select:
                for value, words in asked.choices.items():
                    Tag("option", words, value=value, selected=value == asked.value)
            return select
        case Kind.DATE:
            return Tag(
                "input", classes="input", type="date", value=asked.value,
                min=FIRST_DAY.isoformat(), max=LAST_DAY.isoformat(),
            )  # fmt: skip
        case Kind.LINE:
            return Tag(
                "input", classes="input", type="text", value=asked.value, placeholder=asked.hint,
                maxlength="300", autocomplete="off",
            )  # fmt: skip
