"""A unit at its own page: what presses, an answer with a click, more time asked for, no network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, barriers, keep_picture

Visits = Callable[..., Visit]


def be_the_unit(page: Page, url: str, agency: str = "") -> None:
    """Open the demo's page of one of its units."""
    page.goto(f"{url}/vao-noi/0" + (f"?co-quan={agency}" if agency else ""))
    page.goto(f"{url}/tro-chuyen")
    page.get_by_label("Đang vào thay").select_option(index=3)
    expect(page).to_have_url(re.compile("/viec$"))
    expect(page.get_by_role("heading", name="Việc của đơn vị")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_everyone_can_use_it(visit: Visits, demo_url: str, size: tuple[int, int], scheme: str) -> None:
    page = visit(size, scheme).page
    be_the_unit(page, demo_url)
    keep_picture(page, f"own-work-{size[0]}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_unit_reports_with_a_click_and_takes_it_back(visit: Visits, demo_url: str) -> None:
    page = visit(DESK).page
    be_the_unit(page, demo_url)
    first = page.locator(".own-card").first
    code = re.findall(r"#\w+", first.inner_text())[0]
    first.get_by_role("button", name="Đã xong").click()
    page.get_by_label("Kết quả").fill("4 tin, 2 bài")
    page.get_by_role("dialog").get_by_role("button", name="Báo đã xong").click()
    expect(page.locator(".told")).to_contain_text(f"{code}")
    expect(page.locator(".own-done")).to_contain_text("Đã hoàn thành: 1 việc")
    keep_picture(page, "own-work-done")
    page.locator(".told").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".own-done")).to_have_count(0)


def test_a_unit_asks_for_more_time_on_its_phone(visit: Visits, demo_url: str) -> None:
    phone = visit(PHONE, "dark")
    page = phone.page
    be_the_unit(page, demo_url, "binh-dinh")
    page.get_by_role("button", name="Xin lùi hạn").first.click()
    keep_picture(page, "own-work-asks")
    page.get_by_label("Lý do").fill("chờ số liệu của các phòng")
    page.get_by_role("button", name="Gửi Văn phòng").click()
    expect(page.get_by_role("heading", name="Chờ Văn phòng quyết định")).to_be_visible()
    expect(page.locator(".told")).to_contain_text("Đã chuyển Văn phòng đề nghị lùi hạn")
    assert (phone.errors, phone.outside) == ([], [])


def test_without_a_network_the_page_says_so(visit: Visits, demo_url: str) -> None:
    page = visit(PHONE).page
    be_the_unit(page, demo_url)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Chưa có kết nối mạng")).to_be_visible()
