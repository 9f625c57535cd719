"""Tables written as text: the sign between cells, quotes, and codes."""

import pytest

from documents.reading import read_bytes
from duties.deadline import Years
from duties.intake import read_plan
from duties.papers import Document


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.grids[0].rows]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_whatever_stands_between_cells_parts_them(sign: str) -> None:
    rows = [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Họp", "Văn phòng"]]
    text = "\n".join(sign.join(row) for row in rows)
    assert cells(read_bytes(text.encode(), "kh.csv")) == rows


def test_a_cell_in_quotes_keeps_its_signs_and_lines() -> None:
    text = 'TT,Nhiệm vụ,Chủ trì\n1,"Họp, nghe\nvà ghi","A, B"\n'
    assert cells(read_bytes(text.encode("utf-8-sig"), "kh.csv"))[1] == ["1", "Họp, nghe\nvà ghi", "A, B"]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_unicode_is_read(code: str) -> None:
    assert cells(read_bytes("TT;Nhiệm vụ;Hạn\n1;Họp;Quý I".encode(code), "kh.csv"))[1] == [
        "1",
        "Họp",
        "Quý I",
    ]


def test_the_sign_that_excel_names_is_taken() -> None:
    assert cells(read_bytes("sep=;\nTT;Nhiệm vụ, việc;Hạn\n".encode(), "kh.csv")) == [
        ["TT", "Nhiệm vụ, việc", "Hạn"]
    ]


def test_a_table_of_tasks_gives_duties() -> None:
    text = "TT,Nhiệm vụ,Đơn vị chủ trì,Thời hạn\n1,Họp giao ban,Văn phòng,30/6/2026\n"
    [duty] = read_plan(read_bytes(text.encode(), "kh.csv"), years=Years.of(2026)).duties
    assert (duty.leads, duty.deadline.phrase) == (("Văn phòng",), "30/6/2026")
