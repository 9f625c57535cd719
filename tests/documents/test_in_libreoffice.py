"""What an office sees: the report on its pages, and the Excel file reckoned anew by a program that is not ours."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook
from pdfplumber.page import Page

from documents.write_docx import write_docx
from documents.write_xlsx import write_xlsx
from duties.report import Report
from tests.conftest import missing
from tests.fakes.reports import report

# The longest that a loaded machine has needed, three times over.
PATIENCE = 120
KNOWN_NUMBER = re.compile(rb"(</f>)<v>[^<]*</v>")


@pytest.fixture(scope="module")
def told() -> Report:
    return report(rows=60, units=12)


@pytest.fixture(scope="module")
def converted(told: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report as a PDF and the Excel file as LibreOffice reckons it."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "bao-cao.docx").write_bytes(write_docx(told))
    (folder / "so-lieu.xlsx").write_bytes(without_numbers(write_xlsx(told)))
    convert(folder, "pdf", "bao-cao.docx")
    convert(folder, "xlsx:Calc MS Excel 2007 XML", "so-lieu.xlsx")
    return folder


def convert(folder: Path, to: str, name: str) -> None:
    program = shutil.which("soffice")
    if program is None:
        missing(
            "LibreOffice is not installed: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
        )
    own = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    command = [
        program,
        own,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder / "made"),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def without_numbers(book: bytes) -> bytes:
    """Formulas alone, so that what is read back was reckoned and not repeated."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            target.writestr(name, KNOWN_NUMBER.sub(rb"\1", source.read(name)))
    return bare.getvalue()


@pytest.fixture(scope="module")
def pages(converted: Path) -> Iterator[list[Page]]:
    with pdfplumber.open(converted / "made" / "bao-cao.pdf") as pdf:
        yield pdf.pages


def heights_of(page: Page, words: str) -> set[int]:
    """The heights on the page at which these words stand; one if they are on one line."""
    wanted = words.split()
    found = page.extract_words()
    texts = [word["text"] for word in found]
    start = next(at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted)
    return {round(word["top"]) for word in found[start : start + len(wanted)]}


def test_the_nation_stands_on_one_line(pages: list[Page]) -> None:
    assert len(heights_of(pages[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) == 1


def test_the_number_and_the_day_stand_on_one_line(pages: list[Page]) -> None:
    assert heights_of(pages[0], "/BC-STTTT") == heights_of(pages[0], "Khánh Hòa, ngày")


def test_three_rules_are_drawn_on_the_first_page(pages: list[Page]) -> None:
    drawn = [line for line in (*pages[0].lines, *pages[0].rects, *pages[0].curves) if line["width"] > 20]
    assert len(drawn) == 3


def in_top_margin(page: Page) -> str:
    above = [word["text"] for word in page.extract_words() if word["bottom"] < 20 / 25.4 * 72]
    return " ".join(above)


def test_pages_are_numbered_from_the_second_and_each_appendix_anew(pages: list[Page]) -> None:
    across = [page for page in pages if page.width > page.height]
    upright = [page for page in pages if page.width < page.height]
    assert [in_top_margin(page) for page in upright] == [
        "",
        *(str(number) for number in range(2, len(upright) + 1)),
    ]
    appendices = [number for number in map(in_top_margin, across) if not number]
    assert len(appendices) == 2


def test_no_page_is_empty(pages: list[Page]) -> None:
    assert min(len(page.extract_words()) for page in pages) > 20


def test_the_heads_of_the_table_come_again_on_each_page(pages: list[Page]) -> None:
    across = [page for page in pages if page.width > page.height]
    assert all("TT" in {word["text"] for word in page.extract_words()} for page in across)


def test_the_signature_is_whole_and_level_with_whom_it_goes_to(pages: list[Page]) -> None:
    (last,) = [page for page in pages if "Nơi nhận:" in page.extract_text()]
    assert "Phạm Duy Lộc" in last.extract_text()
    (signed,), (listed,) = heights_of(last, "TL. GIÁM ĐỐC"), heights_of(last, "Nơi nhận:")
    assert abs(signed - listed) <= 3


def test_it_is_all_set_in_one_face_with_serifs(pages: list[Page]) -> None:
    faces = {char["fontname"].partition("+")[2].partition("-")[0] for page in pages for char in page.chars}
    assert len(faces) == 1
    assert re.search("Serif|Times|Tinos", faces.pop())


def reckoned(folder: Path, name: str) -> list[tuple[object, ...]]:
    book = load_workbook(folder / "made" / "so-lieu.xlsx", data_only=True)
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows(min_row=5)]


def test_the_formulas_by_unit_give_the_numbers_of_the_summary(converted: Path, told: Report) -> None:
    summary = told.summary
    *units, total, duties = reckoned(converted, "Theo đơn vị")
    assert [row[1:7] for row in units] == [
        (unit.unit, unit.counts.total, *unit.counts.four) for unit in summary.by_unit
    ]
    for row, counts in ((total, summary.obligations), (duties, summary.occurrences)):
        assert row[2:9] == pytest.approx((counts.total, *counts.four, counts.rate, counts.on_time_rate))


def test_the_formulas_by_duty_give_the_value_of_each(converted: Path, told: Report) -> None:
    levels = [row[8] for row in reckoned(converted, "Theo nhiệm vụ")]
    assert len(levels) == told.summary.occurrences.total
    assert levels.count("hoàn thành đúng hạn") == told.summary.occurrences.on_time
