"""A tall picture for a phone: words and blocks put one under the other, as high in the end as they need."""

import io
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle

from documents.safe_text import printable

WIDE, MARGIN = 1080, 48
INK, QUIET, PAPER = "#1a1a1a", "#555555", "#ffffff"
_DPI = 100
_LINE = 1.3
# DejaVu comes with matplotlib and has every Vietnamese letter, on any machine.
_FACES = Path(mpl.get_data_path()) / "fonts" / "ttf"
_UNKNOWN = "□"


@dataclass(frozen=True)
class Type:
    """How words are set; `pixels` is the size of the letters."""

    pixels: float
    bold: bool = False
    ink: str = INK

    @property
    def points(self) -> float:
        return self.pixels * 72 / _DPI

    @property
    def face(self) -> Path:
        return _FACES / ("DejaVuSans-Bold.ttf" if self.bold else "DejaVuSans.ttf")


@dataclass(frozen=True)
class Paint:
    """A colour, and a hatch for print without colours."""

    colour: str
    ink: str = INK
    hatch: str = ""


class Picture:
    """`down` is how far it has been filled; places are in pixels from above and from the left.

    Figures of matplotlib are our own, nothing is shared.
    """

    def __init__(self) -> None:
        self._figure = Figure(dpi=_DPI)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._fonts: dict[Path, FT2Font] = {}
        self.down = float(MARGIN)

    def words(self, text: str, look: Type, *, left: float = MARGIN, most_lines: int = 6) -> None:
        """A paragraph, broken to the width of the picture."""
        for line in self.lines(text, look, WIDE - MARGIN - left, most_lines):
            self._put(line, left, self.down, look, across="left", upright="top")
            self.down += look.pixels * _LINE

    def beside(self, text: str, left: float, middle: float, look: Type) -> None:
        """A line of words that begins at `left`, half-way up at `middle`."""
        self._put(text, left, middle, look, across="left", upright="center_baseline")

    def inside(self, text: str, centre: float, middle: float, look: Type) -> None:
        """A line of words around `centre`, half-way up at `middle`."""
        self._put(text, centre, middle, look, across="center", upright="center_baseline")

    def block(
        self, left: float, wide: float, high: float, paint: Paint, *, edge: bool = True, top: float = 0
    ) -> None:
        """A rectangle that begins so far beneath what is filled."""
        block = Rectangle((left, self.down + top), wide, high, facecolor=paint.colour, edgecolor=INK)
        block.set_linewidth(1 if edge else 0)
        if edge and paint.hatch:
            block.set_hatch(paint.hatch)
            block.set_hatch_linewidth(0.8)
        self._axes.add_patch(block)

    def width(self, text: str, look: Type) -> float:
        """How many pixels the words take on one line."""
        font = self._font(look)
        font.set_text(text, 0)
        return float(font.get_width_height()[0]) / 64

    def lines(self, text: str, look: Type, room: float, most: int) -> list[str]:
        """The text in lines that fit; what is beyond so many lines ends in “…”."""
        lines = [""]
        for word in self._drawable(text, look).split():
            for piece in self._pieces(word, look, room):
                longer = f"{lines[-1]} {piece}".strip()
                if self.width(longer, look) <= room:
                    lines[-1] = longer
                else:
                    lines.append(piece)
        if len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,.;-") + "…"]
        return lines

    def png(self) -> bytes:
        """The picture as bytes, as high as it was filled."""
        high = self.down + MARGIN
        self._figure.set_size_inches(WIDE / _DPI, high / _DPI)
        self._figure.set_facecolor(PAPER)
        self._axes.set_xlim(0, WIDE)
        self._axes.set_ylim(high, 0)
        self._axes.set_axis_off()
        written = io.BytesIO()
        self._figure.savefig(written, format="png", dpi=_DPI, metadata={"Software": None})
        return written.getvalue()

    def _put(self, text: str, x: float, y: float, look: Type, *, across: str, upright: str) -> None:
        """A name with “$” in it is no formula."""
        self._axes.text(
            x,
            y,
            text,
            fontproperties=FontProperties(fname=look.face, size=look.points),
            color=look.ink,
            ha=across,
            va=upright,
            parse_math=False,
        )

    def _font(self, look: Type) -> FT2Font:
        font = self._fonts.setdefault(look.face, FT2Font(str(look.face)))
        font.set_size(look.points, _DPI)
        return font

    def _drawable(self, text: str, look: Type) -> str:
        """What the font has no sign for is shown as a box."""
        font = self._font(look)
        known = (
            letter if letter.isspace() or font.get_char_index(ord(letter)) else _UNKNOWN
            for letter in printable(text)
        )
        return "".join(known)

    def _pieces(self, word: str, look: Type, room: float) -> list[str]:
        """A word that is wider than the room, such as an address, is broken within."""
        length = len(word)
        while length > 1 and self.width(word[:length], look) > room:
            length = length * 3 // 4
        return [word[start : start + length] for start in range(0, len(word), length)]
