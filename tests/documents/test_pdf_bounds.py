"""A small PDF that says it holds a huge one: refused in one line, with little memory."""

import tracemalloc
import zlib

import pytest

from documents.reading import read_bytes
from duties.errors import UnreadablePlan

MEGABYTE = 2**20


def pdf(stream: bytes, told: bytes) -> bytes:
    """A page whose contents are that stream."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), told, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(written)
    )


def of_spaces(megabytes: int) -> bytes:
    packing = zlib.compressobj(9)
    return b"".join(packing.compress(b" " * MEGABYTE) for _ in range(megabytes)) + packing.flush()


LETTER = b"BT /F 9 Tf (a) Tj ET\n"
BOMBS = {
    "packed once": pdf(of_spaces(300), b"/Filter/FlateDecode"),
    "packed twice": pdf(zlib.compress(of_spaces(300), 9), b"/Filter[/FlateDecode/FlateDecode]"),
    "cut short": pdf(of_spaces(300)[:-9], b"/Filter/FlateDecode"),
    "in runs": pdf(b"\x81 " * MEGABYTE, b"/Filter/RunLengthDecode"),
    "in rows": pdf(
        zlib.compress(bytes(99)),
        b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4000000000/Colors 1/BitsPerComponent 8>>",
    ),
    "as a fax": pdf(bytes(99), b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 4000000000/Rows 1>>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_that_bursts_is_refused_with_little_memory(name: str) -> None:
    tracemalloc.start()
    with pytest.raises(UnreadablePlan) as refused:
        read_bytes(BOMBS[name], "kế hoạch.pdf")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "\n" not in str(refused.value)
    assert most < 150 * MEGABYTE


def test_a_page_full_of_letters_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.pdf_bounds.MOST_DRAWN", 2_000)
    with pytest.raises(UnreadablePlan, match="bị hỏng"):
        read_bytes(pdf(LETTER * 2_001, b""), "kế hoạch.pdf")


PAGE = b"".join(b"BT /F 9 Tf 50 %d Td (bao cao quy %d) Tj ET\n" % (700 - 9 * row, row) for row in range(60))


@pytest.mark.parametrize(
    ("stream", "told"),
    [
        (zlib.compress(PAGE), b"/Filter/FlateDecode"),
        (zlib.compress(PAGE)[:-4] + b"bad!", b"/Filter/FlateDecode"),
        (zlib.compress(zlib.compress(PAGE)), b"/Filter[/FlateDecode/FlateDecode]"),
        (b"".join(b"\x00%c" % each for each in PAGE) + b"\x80", b"/Filter/RunLengthDecode"),
        (PAGE, b""),
    ],
    ids=["packed", "with a wrong checksum", "twice", "in runs", "as it is"],
)
def test_an_honest_pdf_is_read(stream: bytes, told: bytes) -> None:
    assert read_bytes(pdf(stream, told), "a.pdf").length > 60 * len("bao cao quy")
