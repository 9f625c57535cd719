"""Take the guides' pictures anew: `make pictures` writes docs/pictures/ from the demo."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import HERE, PHONE, Visit, free_port, launch, served
from tests.browser.demo_page import write

PICTURES = HERE / "docs" / "pictures"
DESK = (1280, 900)
AGENCY = "binh-dinh"
OFFICE_HOST = "nhacviec.so.local"
DRAFT = HERE / "tests" / "samples" / "khanh-hoa-stttt-2022.docx"
A_PLAN = re.compile(r"/ke-hoach/\d+$")
# the guides are about the pages of a real office: there is no clock above them
HIDE_CLOCK = ".shell > .top, .told { display: none !important; }"


def keep(page: Page, name: str) -> None:
    """Few colours are enough for a page, and keep the repository small."""
    page.add_style_tag(content=HIDE_CLOCK)
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    place = PICTURES / f"{name}.png"
    page.screenshot(path=place)
    with Image.open(place) as taken:
        taken.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(place, optimize=True)


def be_office(page: Page, url: str, agency: str = AGENCY) -> None:
    page.goto(f"{url}/vao-noi/0?co-quan={agency}")


def be_unit(page: Page, url: str, name: str) -> None:
    be_office(page, url)
    page.get_by_label("Đang vào thay").select_option(label=name)
    expect(page.get_by_role("heading", name="Việc của đơn vị")).to_be_visible()


def wind(page: Page, times: int, button: str = "Sự kiện kế tiếp") -> None:
    for _ in range(times):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("button", name="+1 ngày")).to_be_enabled(timeout=60_000)
        page.wait_for_timeout(800)


def live_a_quarter(page: Page, url: str) -> None:
    """Two units report in time, one asks for more time, the others are late."""
    be_office(page, url)
    wind(page, 1)
    for name in ("Phòng Người có công", "Phòng Trẻ em và Bình đẳng giới"):
        be_unit(page, url, name)
        page.get_by_role("button", name="Đã xong").first.click()
        page.get_by_label("Kết quả").fill("4 tin, 2 bài; báo cáo số 12/BC")
        page.get_by_role("dialog").get_by_role("button", name="Báo đã xong").click()
        expect(page.locator(".own-done")).to_be_visible()
    be_unit(page, url, "Phòng Bảo trợ xã hội")
    page.get_by_role("button", name="Xin lùi hạn").first.click()
    page.get_by_label("Lý do").fill("chưa đủ số liệu của các huyện")
    page.get_by_role("button", name="Gửi Văn phòng").click()
    expect(page.get_by_role("heading", name="Chờ Văn phòng quyết định")).to_be_visible()
    be_office(page, url)
    wind(page, 2, "+1 tuần")


def take_unit(page: Page, url: str) -> None:
    be_unit(page, url, "Phòng Kế hoạch - Tài chính")
    keep(page, "don-vi")


def take_overview(page: Page, url: str) -> None:
    page.goto(f"{url}/tong-quan")
    keep(page, "tong-quan")


def take_duty(page: Page, url: str) -> None:
    page.goto(f"{url}/nhiem-vu/3")
    page.locator(".content").evaluate("(place) => { place.scrollTop = 330; }")
    keep(page, "nhiem-vu")


def take_calendar(page: Page, url: str) -> None:
    page.goto(f"{url}/lich-lam-viec")
    keep(page, "lich")


def take_office(browser: Browser) -> None:
    """What is printed for a unit, and which browsers are open: of a real office, because the demo knows neither."""
    port, folder = free_port(), Path(tempfile.mkdtemp())
    settings = {
        "NHACVIEC_DATABASE_URL": f"sqlite:///{folder / 'office.db'}",
        "NHACVIEC_SECRET_FILE": str(folder / "secret"),
        "NHACVIEC_PORT": str(port),
        "NHACVIEC_WEB_URL": f"http://{OFFICE_HOST}:{port}",
        "NHACVIEC_AGENCY_NAME": "Sở Lao động – Thương binh và Xã hội tỉnh Bình Định",
    }
    with served("run", port=port, log=folder / "log", **settings):
        found = re.search(r"http://\S+/vao/\w+", (folder / "log").read_text("utf-8"))
        assert found
        page = Visit(browser, DESK).page
        page.goto(found.group())
        page.locator("button[type=submit]").first.click()
        expect(page.get_by_role("navigation", name="Các trang")).to_be_visible()
        page.goto(f"http://{OFFICE_HOST}:{port}/don-vi")
        page.get_by_role("button", name="Thêm đơn vị").first.click()
        page.get_by_label("Tên đơn vị, mỗi dòng một tên").fill("Phòng Bảo trợ xã hội")
        page.get_by_role("dialog").get_by_role("button", name="Thêm", exact=True).click()
        page.get_by_role("button", name="Mời Phòng Bảo trợ xã hội").click()
        expect(page.locator(".qr svg").first).to_be_visible()
        keep(page, "giay-moi")
        page.goto(f"http://{OFFICE_HOST}:{port}/phien")
        expect(page.get_by_role("heading", name="Trình duyệt đang mở", level=1)).to_be_visible()
        page.set_viewport_size({"width": DESK[0], "height": 440})
        keep(page, "phien")


def take_draft(page: Page, url: str) -> None:
    """The plan as its office sent it: before that, the demo's own is withdrawn."""
    be_office(page, url, "khanh-hoa")
    page.goto(f"{url}/tro-chuyen")
    for words in ("rút kế hoạch 485", "rút kế hoạch 485, xác nhận"):
        write(page.locator(".talk"), words)
    page.goto(f"{url}/ke-hoach")
    page.locator("#pl-tep").set_input_files(DRAFT)
    page.wait_for_url(A_PLAN, timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # who signed a real plan is nobody's example
    page.locator(".page-head .about").first.evaluate(
        "(line) => { line.innerHTML = line.innerHTML.replace(/ · [^·]+ ký/, ''); }"
    )
    keep(page, "ke-hoach")


STORY: tuple[tuple[tuple[int, int], Callable[[Page, str], None]], ...] = (
    (DESK, live_a_quarter),
    (PHONE, take_unit),
    (DESK, take_overview),
    (DESK, take_duty),
    (DESK, take_calendar),
    (DESK, take_draft),
)


def take_all(browser: Browser, url: str) -> None:
    for size, take in STORY:
        visit = Visit(browser, size)
        be_office(visit.page, url)
        take(visit.page, url)
        visit.context.close()


def main() -> None:
    port = free_port()
    log = Path(tempfile.mkdtemp()) / "log"
    with served("demo", "--port", str(port), port=port, log=log) as url, sync_playwright() as playwright:
        browser = launch(playwright, f"--host-resolver-rules=MAP {OFFICE_HOST} 127.0.0.1")
        take_office(browser)
        take_all(browser, url)
        browser.close()


if __name__ == "__main__":
    main()
