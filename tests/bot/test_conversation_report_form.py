"""How the report is headed and signed is entered in the chat; nothing is made up."""

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.people import the_agency
from data.report_forms import form_of
from data.reports import letterhead_of, report_settings
from data.tables import Letter
from documents.default_form import SHIPPED
from duties.report import Letterhead
from duties.thresholds import STANDARD, Threshold
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return Conversation(engine, hanoi("2022-04-04 09:00"))


def letterhead(talk: Conversation) -> Letterhead:
    with transaction(talk.engine) as session:
        agency = the_agency(session)
        assert agency is not None
        return letterhead_of(agency)


def thresholds(talk: Conversation) -> tuple[Threshold, ...]:
    with transaction(talk.engine) as session:
        agency = the_agency(session)
        assert agency is not None
        return report_settings(agency).thresholds


def test_what_nobody_entered_is_blank(talk: Conversation) -> None:
    assert "Người ký: (để trống, văn thư điền)" in talk.reply(OFFICE, "/mau")


def test_a_signer_has_lines_of_authority_and_a_name(talk: Conversation) -> None:
    talk.say(OFFICE, "người ký: TL. GIÁM ĐỐC / Chánh Văn phòng / Nguyễn Văn An")
    found = letterhead(talk)
    assert (found.authority, found.signer) == (("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), "Nguyễn Văn An")


def test_capitals_alone_leave_the_name_to_the_clerk(talk: Conversation) -> None:
    talk.say(OFFICE, "người ký: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")
    assert (letterhead(talk).authority, letterhead(talk).signer) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "")


def test_a_change_says_how_it_was_before(talk: Conversation) -> None:
    talk.say(OFFICE, "người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG")
    said = talk.reply(OFFICE, "người ký: để trống")
    assert "Như cũ: “người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG”." in said
    assert letterhead(talk).authority == ()


def test_recipients_are_lines_without_their_dashes(talk: Conversation) -> None:
    talk.say(OFFICE, "nơi nhận: - Như trên;\n- UBND tỉnh;\n- Lưu: VT, VP.")
    assert letterhead(talk).recipients == ("Như trên", "UBND tỉnh", "Lưu: VT, VP")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mẫu kính gửi: Sở Nội vụ; UBND tỉnh", Letterhead("Sở Thông tin và Truyền thông", code="STTTT", addressed_to=("Sở Nội vụ", "UBND tỉnh"))),
        ("/mau địa danh: Khánh Hòa", Letterhead("Sở Thông tin và Truyền thông", code="STTTT", place="Khánh Hòa")),
        ("mẫu cơ quan chủ quản: UBND TỈNH KHÁNH HÒA", Letterhead("Sở Thông tin và Truyền thông", code="STTTT", superior="UBND TỈNH KHÁNH HÒA")),
        ("mẫu ký hiệu: skhcn", Letterhead("Sở Thông tin và Truyền thông", code="SKHCN")),
        ("mẫu tên cơ quan: Sở Khoa học và Công nghệ", Letterhead("Sở Khoa học và Công nghệ", code="STTTT")),
    ],
)  # fmt: skip
def test_each_line_of_the_form_is_entered_by_its_name(
    talk: Conversation, words: str, expected: Letterhead
) -> None:
    talk.say(OFFICE, words)
    assert letterhead(talk) == expected


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("người ký: Chánh Văn phòng", "Xin ghi chức vụ rồi đến họ tên"),
        ("người ký: TL. GIÁM ĐỐC / TS. Nguyễn Văn An", "không ghi học hàm, học vị"),
        ("mẫu tên cơ quan: để trống", "Tên cơ quan không để trống được"),
        ("mẫu ký hiệu: Sở Thông tin", "Ký hiệu chỉ gồm chữ hoa"),
        ("ngưỡng: 90", "Chưa hiểu các ngưỡng này"),
        ("ngưỡng: trên 100", "Chưa hiểu các ngưỡng này"),
        (f"mẫu địa danh: {'xa ' * 100}", "dài hơn 160 ký tự"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(talk: Conversation, words: str, why: str) -> None:
    before = letterhead(talk)
    assert why in talk.reply(OFFICE, words)
    assert letterhead(talk) == before


def test_thresholds_are_the_office_s_own(talk: Conversation) -> None:
    talk.say(OFFICE, "ngưỡng: từ 80%, trên 95%")
    assert thresholds(talk) == (Threshold(80), Threshold(95, above=True))


def test_thresholds_left_blank_are_the_old_scale_again(talk: Conversation) -> None:
    talk.say(OFFICE, "ngưỡng: từ 50")
    talk.say(OFFICE, "ngưỡng: để trống")
    assert thresholds(talk) == STANDARD


def test_the_form_is_the_office_s_alone(talk: Conversation) -> None:
    talk.say(PLANS, "người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG")
    assert (talk.refusals(), letterhead(talk).authority) == (1, ())


# the office's own Word form


def test_the_form_is_shown_with_the_file_to_change(talk: Conversation) -> None:
    talk.say(OFFICE, "/mau")
    with transaction(talk.engine) as session:
        letter = session.exec(select(Letter).where(col(Letter.file_id).is_not(None))).one()
    assert letter.file_name == "Mẫu báo cáo.docx"


def test_a_form_sent_back_is_used_from_then_on(talk: Conversation) -> None:
    said = talk.say(OFFICE, "mẫu", file_name="mau-so.docx", file=SHIPPED.read_bytes())
    assert "Từ nay báo cáo Word soạn theo mẫu “mau-so.docx”." in said[0].text
    assert form_name(talk) == "mau-so.docx"


def test_a_form_that_cannot_be_filled_in_is_refused(talk: Conversation) -> None:
    said = talk.say(OFFICE, "mẫu", file_name="mau-so.docx", file=b"PK nothing")
    assert "không mở được" in said[0].text
    assert form_name(talk) is None


def test_a_form_dropped_gives_way_to_the_one_before(talk: Conversation) -> None:
    for name in ("cu.docx", "moi.docx"):
        talk.say(OFFICE, "mẫu báo cáo", file_name=name, file=SHIPPED.read_bytes())
    assert "báo cáo Word soạn theo mẫu “cu.docx”" in talk.reply(OFFICE, "bỏ mẫu")
    assert form_name(talk) == "cu.docx"


def test_a_file_of_a_unit_is_no_form(talk: Conversation) -> None:
    talk.say(PLANS, "mẫu", file_name="mau.docx", file=SHIPPED.read_bytes())
    assert form_name(talk) is None


def form_name(talk: Conversation) -> str | None:
    with transaction(talk.engine) as session:
        agency = the_agency(session)
        form = form_of(session, agency.id or 0) if agency else None
        return form.file_name if form else None
