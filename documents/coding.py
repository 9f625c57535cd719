"""Bytes → text: Unicode, or the Vietnamese code page a file names or plainly is; older fonts are refused by name."""

import re
import unicodedata

from documents.cells import clean_line
from duties.errors import UnreadablePlan
from duties.papers import Document, Grid

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OFFICE_WORDS = re.compile(
    r"(?<!\w)(?:và|của|thực hiện|kế hoạch|nhiệm vụ|đơn vị|cơ quan|phòng|sở)(?!\w)", re.I
)
_ENOUGH = 3
# Text typed in .VnTime (TCVN3) and shown as Latin letters: “Céng hßa x· héi chñ nghÜa”.
_TCVN3 = re.compile(r"[^\W\d_][¸µ¶·¹¨©ª«¬®§¦¥£¢¡]|[¸µ¶·¹¨©ª«¬®§¦¥£¢¡][^\W\d_]")
# Text typed in VNI-Times: “COÄNG HOØA XAÕ HOÄI”.
_VNI = re.compile(r"[aeouyAEOUY][ùøûõïäåáàãâéèëêÙØÛÕÏÄÅÁÀÃÂÉÈËÊ](?![aeiouy])")
_UNICODE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def decoded(content: bytes, name: str, said: str = "") -> str:
    """Text in Unicode; `said` is the code that the file itself names."""
    for code in _codes(content, said):
        try:
            text = unicodedata.normalize("NFC", content.decode(code))
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text and (code != "cp1258" or said or _is_vietnamese(text)):
            return text
    raise UnreadablePlan(f"Tệp “{name}” không phải chữ Unicode; xin mở tệp và lưu lại với mã UTF-8.")


def _codes(content: bytes, said: str) -> list[str]:
    """In the order of trust: a byte order mark, Unicode as it stands, what the file says, the Vietnamese page."""
    marked = next((code for bom, code in _BOMS.items() if content.startswith(bom)), "")
    if marked:
        return [marked]
    halves = "utf-16-le" if content[1:40:2].count(0) > 15 else ""
    named = {"windows-1258": "cp1258", "utf8": "utf-8"}.get(said.lower(), said.lower())
    return [code for code in (halves, "utf-8", named, "cp1258") if code]


def _is_vietnamese(text: str) -> bool:
    return len(_OFFICE_WORDS.findall(text)) >= _ENOUGH and not _old_font(text)


def refuse_old_fonts(document: Document, name: str) -> None:
    """Words typed in a font that drew Vietnamese over other letters would be stored as other words."""
    font = _old_font("\n".join(_texts(document)))
    if font:
        raise UnreadablePlan(
            f"Tệp “{name}” gõ bằng phông cũ {font}; xin chuyển sang Unicode (Unikey: Ctrl+Shift+F6), lưu lại rồi gửi lại."
        )


def _texts(document: Document) -> list[str]:
    return [
        text
        for block in document.blocks
        for text in ((row.text for row in block.rows) if isinstance(block, Grid) else [block.text])
    ]


def _old_font(text: str) -> str:
    """The name of the old coding that a text is in, if it is."""
    plain = clean_line(text)
    proper = len(_UNICODE.findall(plain))
    if len(_TCVN3.findall(plain)) > max(8, proper):
        return "TCVN3 (.VnTime)"
    if len(_VNI.findall(plain)) > max(8, proper * 2):
        return "VNI"
    return ""
