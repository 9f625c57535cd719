"""What the office says of a window's report, and what only sounds like it."""

from datetime import date

import pytest

from duties.intents import (
    Close,
    Document,
    DocumentWanted,
    DropForm,
    FormField,
    Intent,
    Reopen,
    SetForm,
    SetWindows,
    ShowForm,
)
from duties.replies import read_reply

TODAY = date(2026, 6, 16)


def read(words: str) -> Intent:
    [intent] = read_reply(words, TODAY).intents
    return intent


@pytest.mark.parametrize(
    ("words", "document", "of"),
    [
        ("word", Document.WORD, ""),
        ("Word quý 2", Document.WORD, "quý 2"),
        ("/word quý 2 phòng CNTT", Document.WORD, "quý 2 phòng CNTT"),
        ("cho em file word quý 2 năm 2026", Document.WORD, "quý 2 năm 2026"),
        ("xuất excel 6 tháng", Document.EXCEL, "6 tháng"),
        ("excel từ 15/3 đến 14/6", Document.EXCEL, "từ 15/3 đến 14/6"),
        ("biểu đồ", Document.PICTURE, ""),
        ("bieu do nam", Document.PICTURE, "nam"),
        ("minh chứng quý 2", Document.EVIDENCE, "quý 2"),
        ("bộ minh chứng kế hoạch 485", Document.EVIDENCE, "kế hoạch 485"),
    ],
)
def test_a_document_is_asked_for(words: str, document: Document, of: str) -> None:
    assert read(words) == DocumentWanted(document, of)


@pytest.mark.parametrize(
    "words",
    ["minh chứng 3", "minh chứng 6", "/minhchung 3", "gửi minh chứng cho việc 3", "gửi minh chứng", "xong 2 file word kèm theo", "excel này sai rồi"],
)  # fmt: skip
def test_what_speaks_of_a_duty_asks_for_no_document(words: str) -> None:
    assert not any(isinstance(intent, DocumentWanted) for intent in read_reply(words, TODAY).intents)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("chốt số liệu quý 2", Close("quý 2")),
        ("chốt số liệu của 6 tháng", Close("6 tháng")),
        ("chốt số liệu", Close()),
        ("bỏ chốt quý 2", Reopen("quý 2")),
        ("mở lại chốt số liệu quý 2", Reopen("quý 2")),
        ("bỏ chốt", Reopen()),
        ("chốt số liệu ngày 14, gửi báo cáo ngày 20", SetWindows(14, 20)),
        ("/mau", ShowForm()),
        ("mẫu báo cáo", ShowForm()),
        ("bỏ mẫu", DropForm()),
        ("người ký: để trống", SetForm(FormField.SIGNER)),
        ("nguoi ky: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", SetForm(FormField.SIGNER, "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")),
        ("mẫu kính gửi: Sở Nội vụ", SetForm(FormField.ADDRESSED_TO, "Sở Nội vụ")),
        ("/mau địa danh: Khánh Hòa", SetForm(FormField.PLACE, "Khánh Hòa")),
    ],
)
def test_the_numbers_are_closed_and_the_form_is_set(words: str, meant: Intent) -> None:
    assert read(words) == meant


@pytest.mark.parametrize(
    "words",
    ["kính gửi: Văn phòng, xong 2", "ký hiệu: A12", "địa danh: Nha Trang", "đã chốt số liệu gửi văn phòng"],
)
def test_everyday_letters_set_no_form(words: str) -> None:
    assert not any(isinstance(each, SetForm | Close) for each in read_reply(words, TODAY).intents)
