"""The office's own form: its places are filled in its own format, and what cannot be filled in is refused."""

import io
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.default_form import SHIPPED
from documents.word_form import IN_LINE, NEEDED, Place, braced
from documents.write_docx import check_form, write_docx
from duties.errors import UnfitForm
from tests.fakes.reports import LETTERHEAD, report


def form(*lines: str, needed: bool = True) -> WordDocument:
    """A form of these lines, and after them one for each place that a form must have."""
    made = Document()
    for line in (*lines, *(map(braced, NEEDED) if needed else ())):
        made.add_paragraph(line)
    return made


def saved(made: WordDocument) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def filled(made: WordDocument) -> WordDocument:
    return Document(io.BytesIO(write_docx(report(), saved(made))))


def texts(made: WordDocument) -> list[str]:
    return [each.text for each in made.paragraphs]


def test_a_name_within_a_line_is_written_there() -> None:
    assert (
        texts(filled(form("Của {{co_quan}}, {{ ky }}.")))[0]
        == "Của Sở Thông tin và Truyền thông, quý II năm 2022."
    )


def test_a_name_may_begin_with_a_capital() -> None:
    assert texts(filled(form("Tại {{Co_quan}}")))[0] == "Tại Sở Thông tin và Truyền thông"


def test_two_tables_do_not_become_one() -> None:
    """Word joins tables with no paragraph between them."""
    tables = filled(form()).tables
    behind = [table._tbl.getnext() for table in tables]
    assert [None if each is None else each.tag for each in behind] == [qn("w:p")] * 2


def test_a_place_that_ends_a_section_leaves_it_its_end() -> None:
    made = form()
    made.paragraphs[0].insert_paragraph_before("{{co_quan_chu_quan}}")
    made.add_section()
    of = report(letterhead=replace(LETTERHEAD, superior=""))
    assert len(Document(io.BytesIO(write_docx(of, saved(made)))).sections) == 2


def test_a_name_torn_over_runs_is_found_and_its_first_run_gives_the_type() -> None:
    made = form()
    line = made.paragraphs[0].insert_paragraph_before("Gửi ")
    line.add_run("{{co_").bold = True
    line.add_run("quan}}, kính")
    first = filled(made).paragraphs[0]
    assert [(run.text, run.bold) for run in first.runs] == [
        ("Gửi ", None),
        ("Sở Thông tin và Truyền thông", True),
        (", kính", None),
    ]


def test_text_takes_the_format_of_its_place() -> None:
    made = form()
    place = made.paragraphs[0]
    place.paragraph_format.space_after = Pt(9)
    place.runs[0].font.size = Pt(16)
    first, second = filled(made).paragraphs[:2]
    for line in (first, second):
        assert (line.paragraph_format.space_after, line.runs[0].font.size) == (Pt(9), Pt(16))


@pytest.mark.parametrize("where", ["header", "footer"])
def test_places_in_the_margins_are_filled_too(where: str) -> None:
    made = form()
    getattr(made.sections[0], where).paragraphs[0].text = "{{co_quan}}"
    margin = getattr(filled(made).sections[0], where)
    assert margin.paragraphs[0].text == "Sở Thông tin và Truyền thông"


def test_places_in_a_table_are_filled_too() -> None:
    made = form()
    made.add_table(1, 1).cell(0, 0).text = "{{mo_dau}}"
    assert filled(made).tables[-1].cell(0, 0).text.startswith("Thực hiện Kế hoạch số 485/KH-STTTT")


def test_a_line_whose_only_word_is_empty_goes() -> None:
    made = form("{{co_quan_chu_quan}}", "Báo cáo")
    bare = write_docx(report(letterhead=replace(LETTERHEAD, superior="")), saved(made))
    assert texts(Document(io.BytesIO(bare)))[0] == "Báo cáo"


def test_an_appendix_is_as_wide_as_the_page_it_stands_on() -> None:
    made = form()
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(420), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    widths = [column.width or 0 for column in filled(made).tables[0].columns]
    assert sum(widths) == pytest.approx(Mm(380), abs=Mm(1))


@pytest.mark.parametrize("place", NEEDED)
def test_a_form_that_lacks_what_it_needs_is_refused_by_name(place: Place) -> None:
    others = [braced(each) for each in NEEDED if each is not place]
    with pytest.raises(UnfitForm, match=rf"thiếu \{{\{{{place}\}}\}}; xin thêm"):
        check_form(saved(form(*others, needed=False)))


def test_a_name_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(
        UnfitForm, match=r"chưa biết \{\{so_lieu_quy\}\}; các tên dùng được: .*\{\{so_lieu\}\}"
    ):
        check_form(saved(form("{{so_lieu_quy}}")))


def test_a_name_without_its_last_brace_is_refused() -> None:
    with pytest.raises(UnfitForm, match=r"chưa đóng ở “Nơi \{\{co_quan\}”"):
        check_form(saved(form("Nơi {{co_quan}")))


def test_paragraphs_cannot_stand_within_a_line() -> None:
    with pytest.raises(UnfitForm, match=r"\{\{ket_qua\}\} phải đứng một mình"):
        check_form(saved(form("Kết quả: {{ket_qua}}")))


@pytest.mark.parametrize("content", [b"", b"xin chao", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnfitForm, match="xin mở bằng Word, lưu lại"):
        check_form(content)


@given(
    st.binary(min_size=1, max_size=4),
    st.integers(0, 12_000),
    st.sampled_from(["word/document.xml", "word/styles.xml"]),
)
@settings(max_examples=40, deadline=None)
def test_a_form_that_was_accepted_can_be_filled_in(noise: bytes, place: int, part: str) -> None:
    """Whatever happened to its parts: it is refused in our words, or it works."""
    form = damaged(part, place, noise)
    with suppress(UnfitForm):
        check_form(form)
        assert write_docx(report(), form)


def damaged(part: str, place: int, noise: bytes) -> bytes:
    made = io.BytesIO()
    with ZipFile(SHIPPED) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            at = place % len(content)
            target.writestr(name, content[:at] + noise + content[at + 1 :] if name == part else content)
    return made.getvalue()


@pytest.mark.parametrize("wrong", ["abc", "-5", ""])
def test_a_page_without_a_width_is_refused_or_filled(wrong: str) -> None:
    made = form()
    page = made.sections[0]._sectPr.find(qn("w:pgSz"))
    assert page is not None
    page.set(qn("w:w"), wrong)
    with suppress(UnfitForm):
        check_form(saved(made))


def test_a_form_too_large_is_refused() -> None:
    with pytest.raises(UnfitForm, match="lớn hơn 10 MB"):
        check_form(b"0" * (10 * 1024 * 1024 + 1))


def test_a_whole_form_is_accepted_once_more_after_saving() -> None:
    check_form(saved(form("{{dau_van_ban}}", "{{trich_yeu}}", "{{chu_ky}}")))


@pytest.mark.parametrize("place", list(Place))
def test_every_place_is_in_the_guide_under_how_it_may_stand(place: Place) -> None:
    guide = (Path(__file__).parents[2] / "docs/huong-dan/mau-bao-cao.md").read_text("utf-8")
    in_line, alone = guide.split("## Chỗ điền đứng một mình")
    assert f"| `{braced(place)}` | " in (in_line if place in IN_LINE else alone)


@pytest.mark.parametrize("place", list(NEEDED))
def test_the_guide_says_what_a_form_must_have(place: Place) -> None:
    guide = (Path(__file__).parents[2] / "docs/huong-dan/mau-bao-cao.md").read_text("utf-8")
    assert f"| `{braced(place)}` | **bắt buộc** · " in guide
