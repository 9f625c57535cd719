"""The demo in a real browser: the clock is wound, a letter answered by button and in words, the summary read."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import DESK, PHONE, Visit, keep_picture
from tests.browser.demo_page import DemoPage, newest, write

SIZES = pytest.mark.parametrize(
    ("size", "agency"), [(DESK, "khanh-hoa"), (PHONE, "binh-dinh")], ids=["desk", "phone"]
)
Visits = Callable[..., Visit]
RECORDED = re.compile("Đã ghi nhận: việc #[A-Z0-9]+ .* hoàn thành ngày")


@SIZES
def test_a_letter_arrives_is_answered_and_counted(
    visit: Visits, demo_url: str, size: tuple[int, int], agency: str
) -> None:
    seen = visit(size)
    demo = DemoPage(seen.page, demo_url, agency)
    demo.wind("Sự kiện kế tiếp")
    demo.turn_to_the_list()
    keep_picture(seen.page, f"demo-list-{agency}")
    talk = demo.open_unit(demo.units_with_news.first)
    expect(newest(talk)).to_contain_text("Kính gửi")
    keep_picture(seen.page, f"demo-letter-{agency}")

    newest(talk).get_by_role("button", name="Xem danh sách").click()
    expect(newest(talk)).to_contain_text("việc chưa hoàn thành")
    write(talk, "xong 1")
    expect(newest(talk)).to_contain_text(RECORDED)
    write(talk, "hoàn tác")
    write(talk, "/viec")
    write(talk, "xong 1, có 4 tin, 2 bài")
    expect(newest(talk)).to_contain_text(RECORDED)
    keep_picture(seen.page, f"demo-answer-{agency}")

    office = demo.office()
    office.get_by_role("button", name="/tonghop", exact=True).click()
    expect(newest(office)).to_contain_text("Tổng hợp quý I năm")
    newest(office).get_by_role("button", name="Cả năm").click()
    expect(newest(office)).to_contain_text("Tổng hợp năm")
    expect(newest(office)).to_contain_text("phần việc của các đơn vị: hoàn thành đúng hạn 1,")
    keep_picture(seen.page, f"demo-summary-{agency}")
    assert (seen.errors, seen.outside) == ([], [])


@SIZES
def test_nothing_hangs_over_the_edge_and_nothing_jumps(
    visit: Visits, demo_url: str, size: tuple[int, int], agency: str
) -> None:
    page = visit(size).page
    demo = DemoPage(page, demo_url, agency)
    page.wait_for_timeout(1500)
    assert demo.is_as_wide_as_the_screen()
    assert demo.layout_shift() < 0.02


def test_a_week_is_a_week_and_the_end_of_the_year_is_reached(visit: Visits, demo_url: str) -> None:
    demo = DemoPage(visit().page, demo_url, "ha-tinh")
    first = demo.today.inner_text()
    demo.wind("+1 tuần")
    expect(demo.status).to_contain_text("Qua 7 ngày")
    assert demo.today.inner_text().split(",")[0] == first.split(",")[0]
    demo.wind_to_the_last_month()
    expect(demo.today).to_contain_text("/01/2025")


def test_what_people_write_is_shown_as_they_wrote_it(visit: Visits, demo_url: str) -> None:
    seen = visit()
    talk = DemoPage(seen.page, demo_url, "khanh-hoa").office()
    write(talk, "<img src=x onerror=alert(1)> https://khanhhoa.gov.vn/tin, nhé")
    said = talk.locator("article.theirs").last
    expect(said.locator(".line")).to_have_text(
        "<img src=x onerror=alert(1)> https://khanhhoa.gov.vn/tin, nhé"
    )
    expect(said.locator("a")).to_have_attribute("href", "https://khanhhoa.gov.vn/tin")
    expect(said.locator("a")).to_have_attribute("rel", re.compile("noopener"))
    assert seen.errors == []


def test_shift_enter_begins_a_line_and_enter_sends(visit: Visits, demo_url: str) -> None:
    talk = DemoPage(visit().page, demo_url, "khanh-hoa").office()
    box = talk.locator("textarea")
    box.press_sequentially("dòng một")
    box.press("Shift+Enter")
    box.press_sequentially("dòng hai")
    box.press("Enter")
    expect(talk.locator("article.theirs .line").last).to_have_text("dòng một\ndòng hai")
    expect(box).to_have_value("")


def test_the_whole_way_can_be_gone_by_keyboard(visit: Visits, demo_url: str) -> None:
    page = visit().page
    demo = DemoPage(page, demo_url, "binh-dinh")
    page.locator(".who").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".place.unit textarea")).to_be_focused()
    page.keyboard.type("/viec")
    page.keyboard.press("Enter")
    expect(newest(page.locator(".place.unit"))).to_contain_text("#")
    assert demo.is_as_wide_as_the_screen()


def test_a_file_goes_with_the_next_words(visit: Visits, demo_url: str) -> None:
    talk = DemoPage(visit().page, demo_url, "khanh-hoa").office()
    talk.locator("input[type=file]").set_input_files(
        {"name": "ảnh.txt", "mimeType": "text/plain", "buffer": "nội dung".encode()}
    )
    expect(talk.locator(".beside")).to_contain_text("ảnh.txt")
    write(talk, "xin gửi tệp")
    expect(talk.locator("article.theirs").last).to_contain_text("ảnh.txt")
    expect(talk.locator(".beside")).to_be_hidden()


def test_an_empty_file_is_refused_in_one_line(visit: Visits, demo_url: str) -> None:
    talk = DemoPage(visit().page, demo_url, "khanh-hoa").office()
    talk.locator("input[type=file]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b""}
    )
    expect(talk.get_by_role("alert")).to_have_text(
        "Tệp không có nội dung nên không lưu; xin kiểm tra và gửi lại."
    )


def test_only_so_many_files_wait_beside_the_box(visit: Visits, demo_url: str) -> None:
    talk = DemoPage(visit().page, demo_url, "khanh-hoa").office()
    eleven = [FilePayload(name=f"{n}.txt", mimeType="text/plain", buffer=b"noi dung") for n in range(11)]
    talk.locator("input[type=file]").set_input_files(eleven)
    expect(talk.get_by_role("alert")).to_contain_text("Mỗi tin kèm tối đa 10 tệp")
    expect(talk.locator(".beside")).to_contain_text(re.compile(r"(\d+\.txt[, ]*){10}"))


def test_a_file_that_could_not_be_sent_is_told(visit: Visits, demo_url: str) -> None:
    page = visit().page
    talk = DemoPage(page, demo_url, "khanh-hoa").office()
    page.route("**/upload/*", lambda route: route.fulfill(status=403))
    talk.locator("input[type=file]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"noi dung"}
    )
    expect(talk.get_by_role("alert")).to_contain_text("chưa gửi lên được")


def test_a_closed_hint_stays_closed(visit: Visits, demo_url: str) -> None:
    page = visit().page
    DemoPage(page, demo_url, "khanh-hoa")
    page.get_by_role("button", name="Đóng hướng dẫn").click()
    page.reload()
    expect(page.locator(".who").first).to_be_visible()
    expect(page.locator(".hint")).to_be_hidden()


def test_the_chosen_theme_stays_chosen(visit: Visits, demo_url: str) -> None:
    page = visit(DESK, "dark").page
    DemoPage(page, demo_url, "khanh-hoa")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Đổi nền").click()
    page.reload()
    expect(page.locator(".who").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_a_fresh_start_forgets_what_was_said(visit: Visits, demo_url: str) -> None:
    page = visit().page
    demo = DemoPage(page, demo_url, "ha-tinh")
    write(demo.office(), "câu này sẽ bị xóa")
    page.get_by_role("button", name="Bắt đầu lại từ ngày gửi kế hoạch").click()
    page.get_by_role("button", name="Bắt đầu lại", exact=True).click()
    expect(demo.office()).not_to_contain_text("câu này sẽ bị xóa")
    expect(demo.office()).to_contain_text("xác nhận")


def test_a_chat_opens_at_its_newest_and_leaves_a_reader_in_peace(visit: Visits, demo_url: str) -> None:
    talk = DemoPage(visit().page, demo_url, "binh-dinh").office()
    expect(newest(talk).locator(".line").first).to_be_in_viewport()
    talk.get_by_role("log").evaluate("log => log.scrollTop = 0")
    write(talk, "/donvi")
    expect(talk.locator("article").first).to_be_in_viewport()
    talk.get_by_role("button", name="Có tin mới").click()
    expect(newest(talk).locator(".choices, .line").last).to_be_in_viewport()


def test_a_page_that_is_not_there_leads_back(visit: Visits, demo_url: str) -> None:
    page = visit(PHONE).page
    page.goto(f"{demo_url}/khong-co")
    expect(page.get_by_role("alert")).to_contain_text("Không có trang này")
    page.get_by_role("link", name="Trang đầu").click()
    expect(page.locator(".today")).not_to_be_empty()
