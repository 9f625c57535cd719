"""A unit at its own page: what presses, an answer with a click, more time asked for, no network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, NARROW, PHONE, Visit, barriers, keep_picture
from tests.browser.office_site import OfficeSite, Who

Visits = Callable[..., Visit]
AMISS = "(box) => box.validationMessage"
PLACE = "document.getElementById('noi-dung').scrollTop"


def be_the_unit(page: Page, url: str, agency: str = "") -> None:
    """Open the demo's page of one of its units."""
    page.goto(f"{url}/vao-noi/0" + (f"?co-quan={agency}" if agency else ""))
    page.goto(f"{url}/tro-chuyen")
    page.get_by_label("Đang vào thay").select_option(index=3)
    expect(page).to_have_url(re.compile("/viec$"))
    expect(page.get_by_role("heading", name="Việc của đơn vị")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark"), (NARROW, "light")], ids=["desk", "phone", "narrow"]
)
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


def test_what_was_unfolded_stays_so_when_something_happens(visit: Visits, demo_url: str) -> None:
    page = visit(DESK).page
    be_the_unit(page, demo_url, "binh-dinh")
    page.get_by_role("button", name="Đã xong").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Báo đã xong").click()
    page.locator(".own-done summary").click()
    page.get_by_role("button", name="Đang làm").first.click()
    expect(page.locator(".told")).to_contain_text("đang làm")
    expect(page.locator(".own-done li").first).to_be_visible()


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


def test_on_paper_the_list_is_whole_and_has_no_buttons(visit: Visits, demo_url: str) -> None:
    page = visit((390, 300), "dark").page
    be_the_unit(page, demo_url)
    page.emulate_media(media="print")
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight")


def test_without_a_network_the_page_says_so(visit: Visits, demo_url: str) -> None:
    page = visit(PHONE).page
    be_the_unit(page, demo_url)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Chưa có kết nối mạng")).to_be_visible()


def test_blanks_are_no_reason_and_a_year_has_four_digits(visit: Visits, demo_url: str) -> None:
    page = visit(DESK).page
    be_the_unit(page, demo_url)
    page.get_by_role("button", name="Xin lùi hạn").first.click()
    day = page.get_by_label("Xin lùi đến ngày")
    day.fill("0026-06-30")
    page.get_by_label("Lý do").fill("   ")
    page.get_by_role("button", name="Gửi Văn phòng").click()
    assert day.evaluate(AMISS) == "Xin nhập đủ ngày, tháng và năm có bốn chữ số."
    day.fill("2022-06-30")
    page.get_by_role("button", name="Gửi Văn phòng").click()
    assert page.get_by_label("Lý do").evaluate(AMISS) == "Xin điền mục này."


def test_a_day_that_is_chosen_is_said_in_words(visit: Visits, demo_url: str) -> None:
    page = visit(DESK).page
    be_the_unit(page, demo_url)
    page.get_by_role("button", name="Xin lùi hạn").first.click()
    page.get_by_label("Xin lùi đến ngày").fill("2022-07-01")
    expect(page.get_by_role("dialog").locator("output")).to_have_text("Thứ Sáu, 01/07/2022")


def test_a_double_click_is_heard_once(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(DESK), Who.UNIT, "/viec")
    first = page.locator(".own-card").first
    code = re.findall(r"#\w+", first.inner_text())[0]
    first.get_by_role("button", name="Vướng mắc").click()
    page.get_by_label("Vướng ở đâu").fill("bấm hai lần")
    page.get_by_role("dialog").get_by_role("button", name="Gửi").dblclick()
    page.locator(".told").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".told")).to_contain_text("Đã")
    assert office_site.heard(f"{code} vướng: bấm hai lần") == 1


def test_by_keyboard_the_answer_is_reached_and_the_page_after_it(visit: Visits, demo_url: str) -> None:
    page = visit(DESK).page
    be_the_unit(page, demo_url, "ha-tinh")
    page.get_by_role("button", name="Đã xong").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kết quả")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name="Báo đã xong").press("Enter")
    expect(page.locator(".told")).to_be_focused()
    page.get_by_role("button", name="Đóng thông báo").press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()


def test_words_that_speak_of_other_work_are_given_back_to_be_mended(visit: Visits, demo_url: str) -> None:
    page = visit(PHONE).page
    be_the_unit(page, demo_url, "ha-tinh")
    page.get_by_role("button", name="Vướng mắc").first.click()
    page.get_by_label("Vướng ở đâu").fill("chưa có kinh phí, 3 đang làm")
    page.get_by_role("dialog").get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Chưa ghi gì")
    expect(page.get_by_role("dialog")).to_have_count(1)
    expect(page.get_by_label("Vướng ở đâu")).to_have_value("chưa có kinh phí, 3 đang làm")
    expect(page.get_by_label("Vướng ở đâu")).to_be_focused()


def test_a_page_that_is_drawn_anew_stays_where_its_reader_is(visit: Visits, demo_url: str) -> None:
    page = visit(PHONE).page
    be_the_unit(page, demo_url, "ha-tinh")
    last = page.locator(".stage .own-card").last
    last.get_by_role("button", name="Đang làm").scroll_into_view_if_needed()
    before = page.evaluate(PLACE)
    last.get_by_role("button", name="Đang làm").click()
    expect(page.locator(".told")).to_contain_text("đang làm")
    expect(last.get_by_role("button", name="Đang làm")).to_have_count(0)
    page.wait_for_timeout(300)
    assert abs(page.evaluate(PLACE) - before) < 100 < before
