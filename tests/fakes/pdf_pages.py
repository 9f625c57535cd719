"""PDF files made by hand, page by page: words at their places, rules, a picture in place of words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_PICTURE = "q 500 0 0 700 50 50 cm /Im0 Do Q"


@dataclass
class PdfPage:
    """What is drawn on one page, from its upper left corner."""

    drawn: list[str] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, *, turned: bool = False) -> "PdfPage":
        plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"0 1 -1 0 {y} {x}" if turned else f"1 0 0 1 {x} {HEIGHT - y}"
        self.drawn.append(f"BT /F0 11 Tf {place} Tm ({plain}) Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "PdfPage":
        self.drawn.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def picture(self) -> "PdfPage":
        self.drawn.append(_PICTURE)
        return self

    def table(
        self, top: float, across: Sequence[float], rows: Sequence[Sequence[str]], high: float = 30
    ) -> "PdfPage":
        """A ruled table; “\n” in a cell begins a new line."""
        bottom = top + high * len(rows)
        for x in across:
            self.rule(x, top, x, bottom)
        for place, row in enumerate([*rows, []]):
            self.rule(across[0], top + high * place, across[-1], top + high * place)
            for x, cell in zip(across, row, strict=False):
                for line, text in enumerate(cell.split("\n")):
                    self.write(x + 3, top + high * place + 12 + 13 * line, text)
        return self


def pdf(*pages: PdfPage) -> bytes:
    """The file: a catalogue, one font, one grey dot for pictures, and the pages."""
    kids = " ".join(f"{5 + 2 * place} 0 R" for place in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _stream(
            "x",
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ",
        ),
    ]
    for place, page in enumerate(pages):
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {6 + 2 * place} 0 R "
            "/Resources << /Font << /F0 3 0 R >> /XObject << /Im0 4 0 R >> >> >>",
            _stream("\n".join(page.drawn)),
        ]
    return _file(parts)


def _stream(content: str, more: str = "") -> str:
    return f"<< {more}/Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(parts: Sequence[str]) -> bytes:
    file, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(parts) + 1
    return (
        f"{file}xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    ).encode("latin-1")
