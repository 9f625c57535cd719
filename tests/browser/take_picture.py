"""Take the README's picture anew: `python -m tests.browser.take_picture` writes docs/pictures/demo.png."""

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import DESK, HERE, Visit, free_port, launch, served
from tests.browser.demo_page import DemoPage, newest, write

PICTURE = HERE / "docs" / "pictures" / "demo.png"


def take_picture(demo: DemoPage) -> None:
    """A quarter's report: two units send it in time, the others are late, and one of them says why."""
    page = demo.page
    page.get_by_role("button", name="Đóng hướng dẫn").click()
    demo.wind("Sự kiện kế tiếp")
    for name in ("Phòng Người có công", "Phòng Trẻ em và Bình đẳng giới"):
        unit = demo.open_unit(page.locator(".who", has_text=name))
        newest(unit).locator(".choices button").first.click()
        expect(newest(unit)).to_contain_text("Đã ghi nhận")
    demo.wind("+1 tuần")
    demo.wind("+1 ngày")
    unit = demo.open_unit(page.locator(".who", has_text="Phòng Bảo trợ xã hội"))
    write(unit, "1 vướng: chưa đủ số liệu của các huyện")
    write(demo.office(), "/tonghop quý 1")
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)


def main() -> None:
    port = free_port()
    log = Path(tempfile.mkdtemp()) / "log"
    with served("demo", "--port", str(port), port=port, log=log) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        take_picture(DemoPage(Visit(browser, DESK).page, url, "binh-dinh"))
        browser.close()


if __name__ == "__main__":
    main()
