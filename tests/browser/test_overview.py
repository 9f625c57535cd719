"""The overview as the office uses it: what is late, what waits, a number to its list and back, the documents."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, barriers, keep_picture
from tests.browser.demo_page import DemoPage, write

Visits = Callable[..., Visit]
AGENCY = "khanh-hoa"
OF_2022 = "ky=2022-Y"


def wind_to_june(page: Page, url: str) -> None:
    """To a day on which work is overdue; whoever came first has wound already."""
    demo = DemoPage(page, url, AGENCY)
    june = page.get_by_role("button", name="Th6: chạy tới", exact=False)
    if june.is_enabled():
        june.click()
        expect(demo.today).to_contain_text("/06/2022", timeout=60_000)
        expect(page.get_by_role("button", name="+1 ngày")).to_be_enabled(timeout=60_000)


def report(page: Page, url: str, words: list[str]) -> None:
    """Say these in the first unit's chat."""
    page.goto(f"{url}/vao-noi/0?co-quan={AGENCY}")
    unit = page.locator(".side-head select option").nth(1)
    page.goto(f"{url}/vao-noi/{unit.get_attribute('value')}")
    page.goto(f"{url}/tro-chuyen")
    for each in words:
        said = page.locator("article.ours").count()
        write(page.locator(".talk"), each)
        expect(page.locator("article.ours")).not_to_have_count(said)


def as_office(page: Page, url: str, address: str) -> None:
    page.goto(f"{url}/vao-noi/0?co-quan={AGENCY}")
    page.goto(f"{url}{address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_office_sees_decides_and_follows_a_number_to_its_list(visit: Visits, demo_url: str) -> None:
    desk = visit(DESK)
    page = desk.page
    wind_to_june(page, demo_url)
    report(
        page,
        demo_url,
        ["/viec", "xong 1: đã đăng 4 tin", "2 xin lùi đến 20/12/2022 vì chờ số liệu", "xong 3"],
    )
    as_office(page, demo_url, f"/tong-quan?{OF_2022}")
    waiting = page.locator(".ov-case")
    before = waiting.count()
    assert before >= 3
    refuse = waiting.filter(has_text="Xin lùi đến 20/12").get_by_role("button", name="Không gia hạn")
    refuse.click()
    page.get_by_label("Lý do").fill("chưa xong phần 2, 3 đang làm")
    page.get_by_role("button", name="Không gia hạn", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Chưa ghi gì")
    page.get_by_label("Lý do").last.fill("đã có số liệu từ tháng 5")
    keep_picture(page, "overview-dialog")
    page.get_by_role("button", name="Không gia hạn", exact=True).last.click()
    expect(page.locator(".told")).to_contain_text("Đã từ chối đề nghị")
    expect(waiting).to_have_count(before - 1)
    accept = page.get_by_role("button", name="Chấp nhận").first
    accept.hover()
    page.mouse.down(click_count=1)
    page.mouse.up(click_count=1)
    expect(waiting).to_have_count(before - 2)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    keep_picture(page, "overview-desk")
    expect(waiting).to_have_count(before - 2)
    assert barriers(page) == []

    overdue = page.locator(".ov-figure.is-overdue a").nth(1)
    said = int(overdue.inner_text())
    overdue.click()
    expect(page.locator(".ov-total")).to_have_text(str(said))
    expect(page.locator(".ov-rows tbody tr")).to_have_count(min(said, 50))
    page.get_by_label("Tìm trong danh sách").fill("tuyen truyen")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator(".ov-total")).to_contain_text(f"trong {said}")
    keep_picture(page, "overview-list")
    assert barriers(page) == []
    page.get_by_role("link", name="← Tổng quan").click()
    expect(page).to_have_url(re.compile(OF_2022))

    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("button", name="Excel").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    assert (desk.errors, desk.outside) == ([], [])


def test_the_overview_fits_a_phone_in_the_dark(visit: Visits, demo_url: str) -> None:
    phone = visit(PHONE, "dark")
    page = phone.page
    as_office(page, demo_url, f"/tong-quan?{OF_2022}&ban-do=don-vi")
    expect(page.locator(".ov-cells tbody tr").first).to_be_visible()
    wide = page.evaluate("document.querySelector('#noi-dung').scrollWidth <= innerWidth")
    keep_picture(page, "overview-phone")
    assert wide
    assert barriers(page) == []
    assert (phone.errors, phone.outside) == ([], [])


def test_nobody_but_office_and_leader_reads_the_overview(visit: Visits, demo_url: str) -> None:
    page = visit(DESK).page
    page.goto(f"{demo_url}/vao-noi/0?co-quan={AGENCY}")
    unit = page.locator(".side-head select option").nth(1).get_attribute("value")
    page.goto(f"{demo_url}/vao-noi/{unit}")
    answers = [page.goto(f"{demo_url}{address}") for address in ("/tong-quan", "/danh-sach")]
    assert [answer.status for answer in answers if answer] == [403, 403]
    page.goto(f"{demo_url}/vao-noi/0?co-quan={AGENCY}")
    strange = [
        page.goto(f"{demo_url}/tong-quan?{query}") for query in ("don-vi=9999", "ky=abc", "ke-hoach=-1")
    ]
    assert [answer.status for answer in strange if answer] == [404, 404, 404]
