"""The upload page in a real browser: asked for in the chat, used on a phone, its files handed back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, keep_picture
from tests.browser.demo_page import DemoPage, newest, write

Visits = Callable[..., Visit]
PDF = b"%PDF-1.7 bao cao"


def a_unit(page: Page, url: str) -> Locator:
    """The chat of the unit that owes most."""
    DemoPage(page, url, "khanh-hoa")
    return page.locator(".place.unit")


@pytest.fixture
def address(visit: Visits, demo_url: str) -> str:
    """Where a unit of the demo may bring files for the first thing on its list."""
    desk = visit(DESK)
    talk = a_unit(desk.page, demo_url)
    write(talk, "/viec")
    expect(newest(talk)).to_contain_text("1.")
    write(talk, "nộp 1")
    expect(newest(talk)).to_contain_text("/nop/")
    found = re.search(r"http://\S+/nop/[\w-]+", newest(talk).inner_text())
    assert found
    return found.group()


def choose(field: Locator, *files: tuple[str, bytes]) -> None:
    chosen: list[FilePayload] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files
    ]
    field.set_input_files(chosen)


def bring(page: Page, *files: tuple[str, bytes]) -> None:
    choose(page.locator("input[type=file]"), *files)


def test_files_are_brought_from_a_phone(visit: Visits, address: str) -> None:
    phone = visit(PHONE)
    phone.page.goto(address)
    expect(phone.page.get_by_role("heading", name="Nộp minh chứng")).to_be_visible()
    keep_picture(phone.page, "upload-phone-empty")
    bring(
        phone.page, ("Báo cáo kết quả quý I.pdf", PDF), ("cài đặt.exe", b"MZ" + bytes(90)), ("trống.pdf", b"")
    )
    expect(phone.page.get_by_role("status")).to_have_text("Đã nhận 1 tệp. Có thể đóng trang này.")
    expect(phone.page.locator("li.had")).to_contain_text("Báo cáo kết quả quý I.pdf")
    expect(phone.page.locator("li.failed")).to_have_count(2)
    keep_picture(phone.page, "upload-phone")
    assert phone.outside == []


def test_the_page_fits_a_phone(visit: Visits, address: str) -> None:
    phone = visit(PHONE)
    phone.page.goto(address)
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_files_may_be_dropped_on_a_desk(visit: Visits, address: str) -> None:
    desk = visit(DESK, "dark")
    desk.page.goto(address)
    dropped = desk.page.evaluate_handle(
        """() => { const data = new DataTransfer();
        data.items.add(new File(["%PDF-1.7 kéo thả"], "kéo thả.pdf")); return data; }"""
    )
    desk.page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    expect(desk.page.locator("li.had", has_text="kéo thả.pdf")).to_be_visible()
    keep_picture(desk.page, "upload-desk-dark")
    assert desk.errors == []


def test_a_forged_address_says_what_to_do(visit: Visits, demo_url: str) -> None:
    desk = visit(DESK)
    desk.page.goto(f"{demo_url}/nop/{'x' * 43}")
    expect(desk.page.get_by_role("alert")).to_contain_text("Liên kết này không đúng")


def test_a_document_is_fetched_from_the_chat(visit: Visits, demo_url: str, tmp_path: Path) -> None:
    desk = visit(DESK)
    talk = a_unit(desk.page, demo_url)
    write(talk, "/lich")
    button = talk.locator("button.document").last
    expect(button).to_contain_text("lich-cchc.ics")
    with desk.page.expect_download() as fetched:
        button.click()
    fetched.value.save_as(tmp_path / "lich.ics")
    assert (tmp_path / "lich.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    keep_picture(desk.page, "document-in-chat")


def test_several_files_go_with_one_message(visit: Visits, demo_url: str) -> None:
    desk = visit(DESK)
    talk = a_unit(desk.page, demo_url)
    write(talk, "/viec")
    expect(newest(talk)).to_contain_text("2.")
    choose(talk.locator("input[type=file]"), ("ảnh 1.pdf", PDF + b"1"), ("ảnh 2.pdf", PDF + b"2"))
    expect(talk.locator(".beside")).to_contain_text("ảnh 1.pdf, ảnh 2.pdf")
    talk.locator("textarea").fill("2")
    talk.locator("textarea").press("Enter")
    expect(newest(talk)).to_contain_text("Đã lưu 2 tệp minh chứng: “ảnh 1.pdf”, “ảnh 2.pdf”.")
    keep_picture(desk.page, "evidence-in-chat")
