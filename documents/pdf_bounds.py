"""What a PDF may unpack to, and draw on a page: pdfminer itself goes on for as long as the file says, with all memory.

A few thousand bytes can say thousands of millions. pdfminer has no setting for it, so the names by which it calls what
unpacks are given functions that stop.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import TypeVar

import pdfplumber.page
from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfexceptions import PDFException
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

# Plans of real offices unpack to less than two million bytes, and draw less than five thousand things on a page.
MOST_UNPACKED = 32 * 1024 * 1024
MOST_DRAWN = 30_000
LONGEST_ROW = 1_000_000
LONGEST_RUN = 64


class TooMuch(PDFException):
    """No plan is that big."""


class Budget:
    """What one document may still unpack."""

    def __init__(self) -> None:
        self.left = MOST_UNPACKED

    def spend(self, unpacked: bytes) -> bytes:
        """The bytes, taken off what is left; TooMuch where that is less."""
        self.left -= len(unpacked)
        if self.left < 0:
            raise TooMuch
        return unpacked


_BUDGET: ContextVar[Budget] = ContextVar("budget")


def _budget() -> Budget:
    """Of this block; whoever reads a PDF past our reader has one for each stream."""
    return _BUDGET.get(None) or Budget()


@contextmanager
def bounded() -> Iterator[None]:
    """In this block pdfminer raises TooMuch instead of filling the memory."""
    before = _BUDGET.set(Budget())
    try:
        yield
    finally:
        _BUDGET.reset(before)


class _Zlib:
    """What pdfminer uses of the module."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacking = zlib.decompressobj()
        unpacked = _unpacked(unpacking, data)
        if not unpacking.eof:
            raise zlib.error("incomplete")
        return unpacked


def _unpacked(unpacking: "zlib._Decompress", data: bytes) -> bytes:
    budget = _budget()
    return budget.spend(unpacking.decompress(data, budget.left + 1))


def _salvaged(data: bytes) -> bytes:
    """What is there of a stream that is cut, or whose checksum, its last four bytes, is wrong."""
    return _unpacked(zlib.decompressobj(), data[:-4])


def _of_lzw(data: bytes) -> bytes:
    budget = _budget()
    return b"".join(budget.spend(piece) for piece in LZWDecoder(BytesIO(data)).run())


def _of_runs(data: bytes) -> bytes:
    budget = _budget()
    if len(data) * LONGEST_RUN > budget.left:
        raise TooMuch
    return budget.spend(rldecode(data))


def _of_fax(_data: bytes, _params: object) -> bytes:
    """A picture: no words are in it."""
    return b""


def _predicted(predict: Callable[..., bytes]) -> Callable[..., bytes]:
    def predict_short_rows(*told: object) -> bytes:
        if any(isinstance(each, int) and not 0 <= each <= LONGEST_ROW for each in told):
            raise TooMuch
        return predict(*told)

    return predict_short_rows


Drawn = TypeVar("Drawn")


def _counted(draw: Callable[..., Drawn]) -> Callable[..., Drawn]:
    def draw_one_more(page: "_Drawing", *told: object, **named: object) -> Drawn:
        page.drawn += 1
        if page.drawn > MOST_DRAWN:
            raise TooMuch
        return draw(page, *told, **named)

    return draw_one_more


class _Drawing(PDFPageAggregatorWithMarkedContent):
    """Counts what is drawn on its page."""

    drawn = 0
    render_char = _counted(PDFPageAggregatorWithMarkedContent.render_char)
    paint_path = _counted(PDFPageAggregatorWithMarkedContent.paint_path)
    render_image = _counted(PDFPageAggregatorWithMarkedContent.render_image)


vars(pdftypes).update(
    zlib=_Zlib,
    decompress_corrupted=_salvaged,
    lzwdecode=_of_lzw,
    rldecode=_of_runs,
    ccittfaxdecode=_of_fax,
    apply_png_predictor=_predicted(apply_png_predictor),
    apply_tiff_predictor=_predicted(apply_tiff_predictor),
)
vars(pdfplumber.page).update(PDFPageAggregatorWithMarkedContent=_Drawing)
