"""A unit answers a letter, the office returns it with a reason, the duty's page tells it all; letters are read, stopped, sent."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, barriers, free_port, keep_picture, served
from tests.browser.demo_page import DemoPage

Visits = Callable[..., Visit]


@pytest.fixture(scope="module")
def wound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo of our own, for its clock is wound."""
    port = free_port()
    with served("demo", "--port", str(port), port=port, log=tmp_path_factory.mktemp("demo") / "log") as url:
        yield url


def be_the_office(page: Page, url: str, path: str) -> None:
    page.goto(f"{url}/vao-noi/0")
    page.goto(f"{url}{path}")


def be_a_unit(page: Page, url: str) -> None:
    page.goto(f"{url}/tro-chuyen")
    page.get_by_label("Đang vào thay").select_option(index=3)
    expect(page).to_have_url(re.compile("/viec$"))


def is_whole(page: Page) -> bool:
    """Nothing hangs over the side."""
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fits


def test_a_duty_tells_letter_answer_and_return_in_order(visit: Visits, wound: str) -> None:
    desk = visit(DESK)
    page = desk.page
    demo = DemoPage(page, wound, "khanh-hoa")
    for _ in range(3):
        demo.wind("Sự kiện kế tiếp")
    be_a_unit(page, wound)
    page.locator(".work-title").first.click()
    expect(page.get_by_role("heading", name="Diễn biến")).to_be_visible()
    path = page.url.removeprefix(wound)
    page.get_by_role("button", name="Đã xong").click()
    page.get_by_label("Kết quả").fill("4 tin, 2 bài")
    page.get_by_role("dialog").get_by_role("button", name="Báo đã xong").click()
    expect(page.locator(".event.unit")).to_contain_text(["Báo đã hoàn thành"])

    be_the_office(page, wound, path)
    page.locator(".letter-words summary").first.click()
    expect(page.locator(".letter-words .bubble").first).to_contain_text("Kính gửi")
    page.locator(".office-actions").get_by_role("button", name="Trả lại").click()
    page.get_by_label("Lý do, cần bổ sung gì").fill("thiếu số liệu của quý I")
    page.get_by_role("dialog").get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.locator(".event.office")).to_contain_text(["thiếu số liệu của quý I"])
    page.locator(".told").get_by_role("button", name="Đóng thông báo").click()
    titles = page.locator(".event-title").all_inner_texts()
    answered = next(n for n, title in enumerate(titles) if title.startswith("Báo đã hoàn thành"))
    returned = next(n for n, title in enumerate(titles) if title.startswith("Trả lại"))
    assert 0 < answered < returned
    expect(page.locator(".event").first).to_have_class("event letter")
    # what was opened before the page was drawn anew is open still
    expect(page.locator(".letter-words .bubble").first).to_contain_text("Kính gửi")
    keep_picture(page, "duty-desk")
    assert barriers(page) == []

    phone = visit(PHONE, "dark")
    be_the_office(phone.page, wound, path)
    expect(phone.page.locator(".event.office").first).to_be_visible()
    keep_picture(phone.page, "duty-phone")
    assert barriers(phone.page) == []
    assert is_whole(phone.page)
    assert (desk.errors, desk.outside, phone.errors, phone.outside) == ([], [], [], [])


def test_letters_are_read_stopped_and_let_go_on(visit: Visits, wound: str) -> None:
    desk = visit(DESK, "dark")
    page = desk.page
    be_the_office(page, wound, "/tin-nhac?tu=2022-01-01&loai=nhac")
    page.get_by_role("button", name="Đọc tin").first.click()
    expect(page.locator(".letter .bubble:not(.gone)")).to_contain_text("Kính gửi")
    expect(page.get_by_text("Thứ Bảy, 01/01/2022")).to_be_visible()
    keep_picture(page, "letters-desk")
    assert barriers(page) == []

    page.get_by_role("button", name="Tạm dừng", exact=True).click()
    expect(page.locator(".pause")).to_contain_text("Đang tạm dừng đến khi Văn phòng cho tiếp tục")
    keep_picture(page, "letters-paused")
    page.get_by_role("button", name="Tiếp tục nhắc").click()
    expect(page.locator(".pause")).to_contain_text("Đang nhắc việc như thường")
    page.get_by_role("link", name="Sắp gửi").click()
    expect(page.get_by_role("link", name="Sắp gửi")).to_have_attribute("aria-current", "page")
    keep_picture(page, "letters-to-come")
    assert barriers(page) == []
    assert (desk.errors, desk.outside) == ([], [])


def test_a_letter_that_is_being_read_stays_open_while_others_come(visit: Visits, wound: str) -> None:
    desk = visit(DESK)
    page, other = desk.page, desk.context.new_page()
    be_the_office(page, wound, "/tin-nhac?tu=2022-01-01")
    before = page.locator(".letter").count()
    page.get_by_role("button", name="Đọc tin").last.click()
    words = page.locator(".letter .bubble:not(.gone)").inner_text()
    other.goto(f"{wound}/tro-chuyen")
    for said in ("/thongbao Họp giao ban", "gửi thông báo"):
        other.locator("textarea").fill(said)
        other.keyboard.press("Enter")
        expect(other.locator(".said.theirs").last).to_contain_text(said)
    expect(page.locator(".letter")).not_to_have_count(before)
    assert page.locator(".letter .bubble:not(.gone)").inner_text() == words
    page.get_by_role("button", name="Gấp lại").click()
    expect(page.locator(".letter .bubble:not(.gone)")).to_have_count(0)


def test_an_announcement_is_looked_at_then_sent_from_a_phone(visit: Visits, wound: str) -> None:
    phone = visit(PHONE)
    page = phone.page
    be_the_office(page, wound, "/tin-nhac?xem=gui-tin")
    page.get_by_label("Nội dung gửi tới mọi đơn vị").fill(
        "14 giờ ngày 20/6 họp giao ban.\nĐề nghị đến đúng giờ."
    )
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("region", name="Xem trước thông báo")).to_contain_text("Đề nghị đến đúng giờ.")
    keep_picture(page, "letters-announcement")
    assert barriers(page) == []
    assert is_whole(page)

    page.get_by_role("button", name="Tạm dừng", exact=True).click()
    draft = page.get_by_role("region", name="Xem trước thông báo")
    expect(draft.get_by_role("status")).to_contain_text("Đang tạm dừng gửi tin nên chưa gửi thông báo được.")
    page.locator(".told").get_by_role("button", name="Đóng thông báo").click()
    keep_picture(page, "letters-announcement-paused")
    draft.get_by_role("button", name="Tiếp tục nhắc").click()
    page.locator(".told").get_by_role("button", name="Đóng thông báo").click()
    draft.get_by_role("button", name="Gửi thông báo").click()
    expect(page.get_by_role("region", name="Thông báo gần nhất")).to_contain_text(
        re.compile(r"đã đến (\d+)/\1 nơi nhận")
    )
    assert (phone.errors, phone.outside) == ([], [])
