"""The calendar's page as the office uses it: a day is closed and letters move, reminders are changed and put back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from scheduler.clock import WallClock
from tests.browser.conftest import DESK, PHONE, Visit, barriers, keep_picture
from tests.browser.office_site import OfficeSite, Who
from tests.fakes.conversation import PRESS

Visits = Callable[..., Visit]


def due_day() -> date:
    """When #2.1 of the press unit is due: that day, or the Friday before a weekend."""
    day = WallClock().now().date() + timedelta(days=10)
    return day - timedelta(days=max(0, day.weekday() - 4))


def put_back(page: Page) -> None:
    page.locator(".told").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".told")).to_contain_text("Đã")


def test_a_day_is_closed_after_a_look_at_what_moves(visit: Visits, office_site: OfficeSite) -> None:
    seen, day = visit(DESK), due_day()
    page = office_site.open(seen, Who.OFFICE, f"/lich-lam-viec?nam={day.year}")
    page.locator(f"[data-day='{day}']").click()
    page.get_by_label("Lý do").fill("Sửa trụ sở")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    effect = page.locator(".effect")
    expect(effect.locator("tr", has_text=PRESS).filter(has_text="Chuyển ngày").first).to_be_visible()
    keep_picture(page, "calendar-effect")
    expect(page.locator(f"[data-day='{day}']")).not_to_have_class("off")
    effect.get_by_role("button", name="Thực hiện").click()
    expect(page.locator(".told")).to_contain_text("Đã ghi: cơ quan nghỉ")
    expect(page.locator(f"[data-day='{day}'].off.own")).to_be_visible()
    put_back(page)
    expect(page.locator(f"[data-day='{day}'].own")).to_have_count(0)
    assert (seen.errors, seen.outside) == ([], [])


def test_reminders_are_changed_after_a_look_and_put_back(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(PHONE), Who.OFFICE, "/lich-lam-viec")
    page.get_by_label("Kỳ một tháng").fill("4; 0")
    page.get_by_label("Lãnh đạo, sau hạn").fill("8")
    page.get_by_role("button", name="Xem trước thay đổi").last.click()
    effect = page.locator(".effect")
    expect(effect).to_contain_text("“nhắc tháng trước 4, 0 ngày”")
    expect(effect.get_by_text("Chuyển ngày").first).to_be_visible()
    keep_picture(page, "calendar-policy-phone")
    effect.get_by_role("button", name="Thực hiện").click()
    expect(page.locator(".told")).to_contain_text(
        "Đã đặt: nhắc tháng trước 4, 0 ngày; nhắc lãnh đạo sau 8 ngày"
    )
    expect(page.get_by_text("mặc định: 5, 2, 0")).to_be_visible()
    put_back(page)
    expect(page.get_by_label("Kỳ một tháng")).to_have_value("5, 2, 0")
    expect(page.get_by_label("Lãnh đạo, sau hạn")).to_have_value("10")


def test_what_is_impossible_is_said_in_place(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(DESK), Who.OFFICE, "/lich-lam-viec")
    page.get_by_label("Buổi sáng").fill("15:00")
    page.get_by_role("button", name="Xem trước thay đổi").last.click()
    expect(page.locator(".effect").get_by_role("alert")).to_contain_text("Các giờ phải theo thứ tự")
    expect(page.locator(".effect").get_by_role("button", name="Thực hiện")).to_have_count(0)


def test_the_days_are_gone_through_with_the_arrows(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(DESK), Who.OFFICE, "/lich-lam-viec?nam=2024")
    page.locator("[data-day='2024-01-01']").focus()
    for key in ("ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("[data-day='2024-01-09']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Thứ Ba, 09/01/2024")


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_everyone_can_use_it(
    visit: Visits, office_site: OfficeSite, size: tuple[int, int], scheme: str
) -> None:
    seen = visit(size, scheme)
    page = office_site.open(seen, Who.OFFICE, "/lich-lam-viec")
    expect(page.locator(".year-map")).to_be_visible()
    page.wait_for_timeout(500)
    keep_picture(page, f"calendar-{size[0]}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (seen.errors, seen.outside) == ([], [])


def test_a_unit_sees_the_days_and_no_more(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(DESK), Who.UNIT, "/lich-lam-viec")
    expect(page.locator(".year-map")).to_be_visible()
    expect(page.locator("#noi-dung").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("heading", name="Lịch nhắc")).to_have_count(0)
