"""Long lists as the office goes through them: units by the fifty, reports accepted together and taken back together."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, barriers, keep_picture

Visits = Callable[..., Visit]


def say(page: Page, url: str, words: str) -> None:
    """In the chat of whoever reads there."""
    page.goto(f"{url}/tro-chuyen")
    page.locator("textarea").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(".said.theirs").last).to_contain_text(words[:20])
    expect(page.locator("article").last).to_have_class(re.compile("ours"))


def test_a_long_list_of_units_is_leafed_through_and_searched(visit: Visits, demo_url: str) -> None:
    desk, phone = visit(DESK), visit(PHONE, "dark")
    page = desk.page
    page.goto(f"{demo_url}/vao-noi/0?co-quan=ha-tinh")
    say(page, demo_url, f"thêm đơn vị: {'; '.join(f'Trung tâm số {n}' for n in range(1, 61))}")
    page.goto(f"{demo_url}/don-vi")
    expect(page.get_by_role("heading", name="Chưa ai nhận tin: 60 đơn vị")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(50)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("link", name="Trung tâm số 60")).to_be_visible()
    page.get_by_label("Tìm đơn vị").fill("TAM so 33")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("row", name="Trung tâm số 33")).to_be_visible()

    phone.page.goto(f"{demo_url}/vao-noi/0?co-quan=ha-tinh")
    phone.page.goto(f"{demo_url}/don-vi?xem=da-co-noi-nhan")
    expect(phone.page.get_by_role("heading", name="Đã có nơi nhận tin")).to_be_visible()
    keep_picture(phone.page, "people-list-phone")
    assert barriers(phone.page) == []
    assert (desk.errors, desk.outside, phone.errors, phone.outside) == ([], [], [], [])


def test_what_is_being_typed_stays_while_the_list_is_drawn_anew(visit: Visits, demo_url: str) -> None:
    page, other = visit(DESK).page, visit(DESK).page
    for each in (page, other):
        each.goto(f"{demo_url}/vao-noi/0?co-quan=binh-dinh")
    page.goto(f"{demo_url}/don-vi")
    expect(page.get_by_role("heading", name="Đã có nơi nhận tin")).to_be_visible()
    expect(page.get_by_label("Tìm đơn vị")).to_be_hidden()
    say(other, demo_url, f"thêm đơn vị: {'; '.join(f'Trạm số {n}' for n in range(1, 31))}")
    page.get_by_label("Tìm đơn vị").fill("TRAM so 3")
    say(other, demo_url, "thêm đơn vị: Trạm số 31")
    expect(page.get_by_role("link", name="Trạm số 31")).to_be_visible()
    expect(page.get_by_label("Tìm đơn vị")).to_have_value("TRAM so 3")


def test_the_reports_of_a_list_are_accepted_together_and_taken_back_together(
    visit: Visits, demo_url: str
) -> None:
    seen = visit(DESK)
    page = seen.page
    page.goto(f"{demo_url}/vao-noi/0?co-quan=khanh-hoa")
    page.get_by_label("Đang vào thay").select_option(index=2)
    expect(page).to_have_url(re.compile("/viec$"))
    expect(page.locator(".own-card").first).to_be_visible()
    codes = re.findall(r"#[A-Z]+\d+", " ".join(page.locator(".work-when").all_inner_texts()))[:3]
    say(page, demo_url, f"xong {' '.join(codes)}")
    page.goto(f"{demo_url}/vao-noi/0?co-quan=khanh-hoa")
    page.goto(f"{demo_url}/danh-sach?muc=cho-quyet-dinh")
    page.get_by_role("button", name="Chấp nhận cả 3 báo cáo…").click()
    dialog = page.get_by_role("dialog", name="Chấp nhận 3 báo cáo?")
    expect(dialog).to_contain_text("cả lần chấp nhận này được rút lại")
    keep_picture(page, "list-accept-all")
    assert barriers(page) == []
    dialog.get_by_role("button", name="Chấp nhận 3 báo cáo").click()
    expect(page.locator(".told")).to_contain_text("Đã duyệt kết quả các việc")
    expect(page.locator(".ov-case")).to_have_count(0)
    page.locator(".told").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".ov-case")).to_have_count(3)
    assert (seen.errors, seen.outside) == ([], [])
