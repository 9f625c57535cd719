"""Files as accidents and malice leave them: bytes changed, parts cut, swapped and spliced, XML with other numbers."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

LONGEST = 400
NUMBERS = (b"-1", b"0", b"1", b"65536", b"1048577", b"4294967296", b"9" * 30, b"1e309", b"NaN", b"")
NAMES = ("A1", "XFD1048576", "ZZZZ9999999", "a", "", "rId1")
WORDS = (
    b"&bomb;",
    b"<![CDATA[",
    b"<!--",
    b"</w:tbl>",
    b"<w:tbl>" * 300,
    b"<table>" * 300,
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "Quý II".encode("utf-16"),
    b'<!DOCTYPE x [<!ENTITY a "aaaa">]>',
)

Mutation = Callable[[bytes, bytes, Random], bytes]


def flipped(content: bytes, _other: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 30, 300))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(content: bytes, _other: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] if chance.random() < 0.5 else content[:start] + content[start + LONGEST :]


def repeated(content: bytes, _other: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start : start + LONGEST] * chance.choice((2, 50)) + content[start:]


def spliced(content: bytes, other: bytes, chance: Random) -> bytes:
    """The beginning of one file, the end of another."""
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def worded(content: bytes, _other: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 3))):
        start = chance.randrange(len(content))
        content = content[:start] + chance.choice(WORDS) + content[start:]
    return content


def renumbered(content: bytes, _other: bytes, chance: Random) -> bytes:
    """Other numbers where there are numbers: spans, widths, rows, references."""
    places = list(re.finditer(rb"\d+", content))
    for place in sorted(chance.sample(places, min(len(places), 4)), key=lambda each: -each.start()):
        content = content[: place.start()] + chance.choice(NUMBERS) + content[place.end() :]
    return content


def renamed(content: bytes, _other: bytes, chance: Random) -> bytes:
    places = list(re.finditer(rb'"[A-Za-z0-9]{1,12}"', content))
    for place in sorted(chance.sample(places, min(len(places), 4)), key=lambda each: -each.start()):
        name = chance.choice(NAMES).encode()
        content = content[: place.start() + 1] + name + content[place.end() - 1 :]
    return content


PLAIN: tuple[Mutation, ...] = (flipped, cut, repeated, spliced, worded, renumbered, renamed)


def repacked(content: bytes, other: bytes, chance: Random) -> bytes:
    """A package whose parts are changed inside, and which is whole outside."""
    mine, theirs = _parts(content), _parts(other)
    for name in chance.sample(sorted(mine), min(len(mine), chance.choice((1, 2)))):
        match chance.randrange(5):
            case 0:
                del mine[name]
            case 1:
                mine[name] = theirs.get(name, b"")
            case _:
                mine[name] = chance.choice(PLAIN)(mine[name] or b" ", content, chance)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in mine.items():
            package.writestr(name, part)
    return written.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def mutated(content: bytes, other: bytes, chance: Random) -> bytes:
    """One of them; packages mostly inside."""
    is_package = content.startswith(b"PK") and other.startswith(b"PK")
    if is_package and chance.random() < 0.75:
        return repacked(content, other, chance)
    return chance.choice(PLAIN)(content, other, chance)
