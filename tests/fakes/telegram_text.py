"""Text as Telegram reads it: HTML into entities, and the entities it finds by itself."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_refusals import bad_request

Shape = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
}
_VALUE = r"""(?:"[^"]*"|'[^']*'|[\w.-]+)"""
_PIECE = re.compile(
    r"(?P<words>[^<]+)"
    r"|</(?P<ended>[^\s>]*)\s*>"
    rf"|<(?P<begun>[^\s/>]+)(?P<attributes>(?:\s+[^\s=>]+(?:\s*=\s*{_VALUE})?)*)\s*>"
    r"|(?P<broken><)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"([^\s=>]+)\s*=\s*({_VALUE})")
_ESCAPED = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d+)|#[xX]([0-9a-fA-F]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>]*[\w/])"
    r"|(?P<email>[\w.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z])"
    r"|(?<![\w/<>@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<!\w)(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
)


def length(text: str) -> int:
    """Telegram counts offsets in UTF-16 units; counting limits so too is the stricter reading."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Reading:
    text: str = ""
    entities: list[Shape] = field(default_factory=list)
    open: list[tuple[str, Shape, int]] = field(default_factory=list)

    def begin(self, name: str, attributes: str, at: int) -> None:
        if name not in KINDS or (name == "span" and "tg-spoiler" not in attributes):
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')
        self.open.append((name, _extras(name, attributes), length(self.text)))

    def end(self, name: str, at: int) -> None:
        if not self.open:
            raise _cannot_parse(f"Unexpected end tag at byte offset {at}")
        begun, extras, offset = self.open.pop()
        if name and name != begun:
            words = f'Unmatched end tag at byte offset {at}, expected "</{begun}>", found "</{name}>"'
            raise _cannot_parse(words)
        if length(self.text) > offset and not (begun == "a" and not extras):
            span = {"offset": offset, "length": length(self.text) - offset}
            self.entities.append({"type": KINDS[begun], **span, **extras})

    def finished(self) -> tuple[str, list[Shape]]:
        if self.open:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return self.text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def parse_html(source: str) -> tuple[str, list[Shape]]:
    """The text without its tags, and what the tags meant; broken HTML is refused as Telegram does."""
    reading = _Reading()
    for piece in _PIECE.finditer(source):
        at = len(source[: piece.start()].encode())
        if piece["words"] is not None:
            reading.text += _ESCAPED.sub(_unescaped, piece["words"])
        elif piece["begun"] is not None:
            reading.begin(piece["begun"].lower(), piece["attributes"], at)
        elif piece["ended"] is not None:
            reading.end(piece["ended"].lower(), at)
        else:
            raise _cannot_parse(f"Unclosed start tag at byte offset {at}")
    return reading.finished()


def found_in(text: str) -> list[Shape]:
    """Commands, mentions, addresses and hashtags, which Telegram marks without being asked."""
    return [
        {"type": match.lastgroup, "offset": length(text[: match.start()]), "length": length(match[0])}
        for match in _FOUND.finditer(text)
    ]


def read_text(source: str, parse_mode: str | None, entities: list[Shape] | None) -> tuple[str, list[Shape]]:
    """What a message will hold: parsed, stripped of outer blanks, with every entity in order."""
    match (parse_mode or "").lower():
        case "html":
            text, given = parse_html(source)
        case "":
            text, given = source, entities or []
        case _:
            raise bad_request("unsupported parse_mode")
    text, given = _stripped(text, given)
    taken = {
        place for entity in given for place in range(entity["offset"], entity["offset"] + entity["length"])
    }
    found = [entity for entity in found_in(text) if entity["offset"] not in taken]
    return text, sorted(given + found, key=lambda entity: entity["offset"])


def _stripped(text: str, entities: list[Shape]) -> tuple[str, list[Shape]]:
    lead = length(text) - length(text.lstrip())
    text = text.strip()
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, length(text))
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def _extras(name: str, attributes: str) -> Shape:
    said = {
        key.lower(): _ESCAPED.sub(_unescaped, value.strip("\"'"))
        for key, value in _ATTRIBUTE.findall(attributes)
    }
    if name == "a" and re.match(r"(https?|tg)://\w", said.get("href", "")):
        return {"url": said["href"]}
    if name == "code" and said.get("class", "").startswith("language-"):
        return {"language": said["class"].removeprefix("language-")}
    return {}


def _unescaped(match: re.Match[str]) -> str:
    named, decimal, hexadecimal = match.groups()
    if named:
        return _NAMED[named]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))


def _cannot_parse(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")
