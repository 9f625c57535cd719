"""Automatic numbering in Word: “I.”, “1.”, “a)”, “-” that the paper shows and the text lacks."""

from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """How one level of a list is written: “%1.%2.” with its kind of number."""

    kind: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """Counts the lists of one document, paragraph by paragraph."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, paragraph: Element) -> str:
        """The number or bullet that Word would print before this paragraph."""
        number, depth = self._place(paragraph)
        levels = self.lists.get(number, {})
        if depth not in levels:
            return ""
        level = levels[depth]
        if level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "+ " if depth and level.text.strip() == "+" else "- "
        return f"{self._written(number, depth, levels)} "

    def _place(self, paragraph: Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            return _value(own, "numId"), int(_value(own, "ilvl") or 0)
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self.styles.get(style.get(f"{W}val", ""), ("", 0)) if style is not None else ("", 0)

    def _written(self, number: str, depth: int, levels: dict[int, Level]) -> str:
        counts = self.counts[number]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        text = levels[depth].text
        for place in range(depth + 1):
            level = levels.get(place, Level())
            text = text.replace(f"%{place + 1}", _number(counts.get(place, level.start), level.kind))
        return text


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of a document, from its numbering and style parts."""
    if numbering is None:
        return Numbering()
    drawn = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{W}abstractNum")}
    lists = {
        one.get(f"{W}numId", ""): drawn.get(_value(one, "abstractNumId"), {})
        for one in numbering.iter(f"{W}num")
    }
    return Numbering(lists, _styled(styles))


def _levels(abstract: Element) -> dict[int, Level]:
    return {
        int(level.get(f"{W}ilvl", "0")): Level(
            _value(level, "numFmt") or "decimal", _value(level, "lvlText"), int(_value(level, "start") or 1)
        )
        for level in abstract.iter(f"{W}lvl")
    }


def _styled(styles: Element | None) -> dict[str, tuple[str, int]]:
    """Paragraph styles that bring a list with them."""
    found: dict[str, tuple[str, int]] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        own = style.find(f"{W}pPr/{W}numPr")
        if own is not None and _value(own, "numId"):
            found[style.get(f"{W}styleId", "")] = (_value(own, "numId"), int(_value(own, "ilvl") or 0))
    return found


def _value(parent: Element, name: str) -> str:
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _number(count: int, kind: str) -> str:
    match kind:
        case "upperRoman" | "lowerRoman":
            written = roman(count)
        case "upperLetter" | "lowerLetter":
            written = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26]
        case _:
            return str(count)
    return written.upper() if kind.startswith("upper") else written


def roman(count: int) -> str:
    """4 → “iv”, for counts up to a few dozen."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written
