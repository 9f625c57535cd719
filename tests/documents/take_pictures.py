"""Take the guide's pictures anew: `python -m tests.documents.take_pictures` writes docs/pictures/{bao-cao,bieu-do}.png."""

import asyncio
import subprocess
import tempfile
from pathlib import Path

from data.engine import transaction
from data.files import FilesFolder
from data.offices import office_of
from data.people import the_agency
from data.reports import report_of
from duties.intents import Document
from duties.report import Report
from duties.windows import half_window
from duties.workdays import day_of
from scheduler.scribe import written
from tests.stories.year import Year

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
OFFICE, BOARD, PORTAL = "Văn phòng Sở", "Ban Biên tập Trang TTĐT của Sở", "Trung tâm Cổng TTĐT"


async def half_a_year(folder: Path) -> Report:
    """Khánh Hòa's first half of 2022: some in time, one late, one still owed."""
    year = await Year.of("khanh-hoa", folder)
    for line in (
        "người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG",
        "nơi nhận: Sở Nội vụ; Các phòng, đơn vị thuộc Sở",
    ):
        await year.office_says(line)
    await year.wind_to("2022-03-17")
    await year.says(OFFICE, "xong 1: 2 hội nghị, 45 lượt người")
    await year.wind_to("2022-03-24")
    await year.says(PORTAL, "xong 1: 4 tin, 2 bài")
    await year.says(PORTAL, "xong 2")
    await year.wind_to("2022-04-05")
    await year.says(BOARD, "xong 1: 3 tin")
    await year.wind_to("2022-06-16")
    with transaction(year.world.engine) as session:
        agency, today = the_agency(session), day_of(year.world.clock.now())
        assert agency is not None
        return report_of(session, agency, office_of(session, agency, today), half_window(2022, 1), today)


def first_page(word: bytes, folder: Path) -> bytes:
    """As LibreOffice lays it out."""
    (folder / "bao-cao.docx").write_bytes(word)
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "bao-cao.docx"))
    run("pdftoppm", "-r", "80", "-png", "-singlefile", str(folder / "bao-cao.pdf"), str(folder / "bao-cao"))
    return (folder / "bao-cao.png").read_bytes()


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    report, files = asyncio.run(half_a_year(folder)), FilesFolder(folder / "files")
    (PICTURES / "bao-cao.png").write_bytes(first_page(written(Document.WORD, report, None, files), folder))
    (PICTURES / "bieu-do.png").write_bytes(written(Document.PICTURE, report, None, files))


if __name__ == "__main__":
    main()
