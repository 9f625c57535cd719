"""One way of cleaning text for every reader: NFC, spaces, mark-up left inside cells, bullets as lines."""

import html
import re
import unicodedata

from duties.state_secret import is_stamp

# No sentence of an office is longer; beyond it a file is not prose.
LONGEST_PARAGRAPH = 10_000
# No table of work is larger; a file may say thousands of millions in a few bytes.
MOST_ROWS, MOST_COLUMNS = 20_000, 60
_OFFICE = re.compile(r"(?:KT|TM|TL|TUQ)\b|(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH)|TRƯỞNG BAN|CỘNG H[ÒO]")
NAMES_OF_PAPERS = {"KẾ HOẠCH", "CHƯƠNG TRÌNH", "QUYẾT ĐỊNH", "PHỤ LỤC"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
# Bullets of Symbol and Wingdings, as programs store them.
_SYMBOL_BULLETS = dict.fromkeys(
    map(ord, "\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf0be\uf02d\uf06c\uf06e\uf071"), "•"
)
# No word holds a control sign, and a database may refuse it.
_CONTROL = dict.fromkeys(sign for sign in range(32) if chr(sign) not in "\t\n\v\f\r")
_SIGNS = {**_INVISIBLE, **_SYMBOL_BULLETS, **_CONTROL}
_BREAK_TAG = re.compile(r"<\s*(?:br|/p|/li|/div|/ul|/ol|/tr)\b[^>]*>", re.I)
_ITEM_TAG = re.compile(r"<\s*li\b[^>]*>\s*(?![-–+•])", re.I)
_TAG = re.compile(
    r"</?\s*(?:p|ul|ol|li|i|b|u|em|strong|span|div|sup|sub|font|a|table|tbody|tr|td)\b[^>]*>", re.I
)
_STARS = re.compile(r"\*+")
_STAR_BULLET = re.compile(r"^\s*\*\s+(?=[^*]+$)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
# “…của cơ quan;- Cập nhật” and “… triển khai; - Văn bản”: a bullet that lost its line break.
_LOST_BULLET = re.compile(r"(?<=[.;:])\s*(?=[-–•]\s*[^\W\d_])|(?<=[.;:])\s+(?=\+\s*[^\W\d_])")


def clean_line(text: str) -> str:
    """One line: NFC, plain spaces, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())


def clean_cell(text: str) -> str:
    """The text of a cell, a line for each paragraph or bullet."""
    loose = _LOST_BULLET.sub("\n", without_tags(text))
    lines = (clean_line(line) for line in loose.splitlines())
    return "\n".join(line for line in lines if line)


def without_tags(text: str) -> str:
    """Text without HTML mark-up; a paragraph or list item becomes a line."""
    broken = _BREAK_TAG.sub("\n", _COMMENT.sub("", text))
    return html.unescape(_TAG.sub("", _ITEM_TAG.sub("\n- ", broken)))


def without_marks(line: str) -> str:
    """A line without Markdown emphasis and heading marks; a lone star at its start is a bullet."""
    bare = re.sub(r"^\s*#{1,6}\s+", "", line)
    return _STARS.sub("", _STAR_BULLET.sub("- ", bare))


def carries_on(above: str, below: str) -> bool:
    """Whether a paragraph only goes on with the sentence that a page end cut."""
    return (
        len(above) < LONGEST_PARAGRAPH
        and below[:1].islower()
        and not above.endswith((".", ";", ":", "!", "?", "/", "|"))
    )


def stands_alone(above: str, below: str) -> bool:
    """Lines of a letterhead or a signature are in capitals, and each is its own; so is a stamp."""
    if is_stamp(above) or is_stamp(below):
        return True
    return above.isupper() and (
        bool(_OFFICE.match(above) or _OFFICE.match(below)) or above in NAMES_OF_PAPERS
    )
