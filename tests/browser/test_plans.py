"""The plans' pages in a real browser: a plan sent, its doubts settled by clicking, confirmed; an edition compared."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, HERE, PHONE, Visit, barriers, keep_picture
from tests.browser.office_site import OfficeSite, Who

Visits = Callable[..., Visit]
SAMPLES = HERE / "tests" / "samples"
A_PLAN = re.compile(r"/ke-hoach/\d+$")


def send(page: Page, *files: Path) -> None:
    """Bring plan files to the page; each draft opens by itself."""
    page.locator("#pl-tep").set_input_files(files)
    page.wait_for_url(A_PLAN, timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def told(page: Page) -> None:
    """The answer of the conversation is shown, and put away again."""
    expect(page.locator(".told")).to_be_visible()
    page.get_by_role("button", name="Đóng thông báo").click()


def asked_to_confirm(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Xác nhận kế hoạch")


def counted(page: Page) -> str:
    return page.locator(".pl-counts").inner_text()


def test_a_plan_is_sent_checked_corrected_and_confirmed(
    visit: Visits, office_site: OfficeSite, tmp_path: Path
) -> None:
    desk = visit(DESK)
    page = office_site.open(desk, Who.OFFICE, "/ke-hoach")
    expect(page.locator(".pl-shelf").first).to_be_visible()
    assert barriers(page) == []
    send(page, SAMPLES / "khanh-hoa-stttt-2022.docx")
    assert counted(page) == "21 nhiệm vụ · 11 câu chờ trả lời · 3 chưa có hạn · 20 chưa có đơn vị"
    keep_picture(page, "plan-draft")
    assert barriers(page) == []

    # names that are no unit's: none is one before somebody says so; what is near a unit is left to be chosen
    names = page.locator(".pl-names select")
    assert {each.input_value() for each in names.all()} == {""}
    page.get_by_role("button", name=re.compile("^Chọn “đơn vị mới” cho")).click()
    near = page.get_by_label("Phòng Thông tin - Báo chí - Xuất bản")
    expect(near).to_have_value("")
    near.select_option("Đơn vị mới của cơ quan")
    page.get_by_role("button", name="Ghi các tên đã chọn").click()
    expect(page.locator(".pl-counts")).to_contain_text("3 chưa có đơn vị")
    told(page)

    # doubts: a date in words, read back while it is typed; a unit; “đúng”
    dateless = page.locator(".pl-doubt").filter(has_text="Không ghi thời hạn").first
    dateless.get_by_label("Thời hạn là").fill("Quý II, IV")
    expect(dateless.locator(".pl-now")).to_contain_text("Hạn: 30/6, 31/12/2022")
    dateless.get_by_role("button", name="Ghi hạn").click()
    expect(dateless.locator(".state")).to_have_text("Đã trả lời")
    told(page)
    assert "10 câu chờ trả lời" in counted(page)
    page.get_by_role("button", name="Đúng như đã hiểu").first.click()
    expect(page.locator(".pl-counts")).to_contain_text("9 câu chờ trả lời")
    told(page)

    # a duty in the side sheet: another unit, another date, taken back
    page.get_by_role("button", name="Sửa nhiệm vụ 1.2").click()
    sheet = page.get_by_role("dialog", name="Sửa nhiệm vụ")
    sheet.get_by_label("Thời hạn").fill("ngày 10 hằng quý")
    expect(sheet.locator(".pl-now")).to_contain_text("tháng cuối hằng quý")
    sheet.get_by_label("Nội dung").fill("Đang gõ dở")
    sheet.get_by_label("Thời hạn").fill("15/11")
    expect(sheet.locator(".pl-now")).to_contain_text("Hạn: 15/11/2022")
    sheet.get_by_role("button", name="Ghi hạn").click()
    expect(sheet.locator(".pl-told")).to_contain_text("Nhiệm vụ 1.2")
    expect(sheet.get_by_label("Nội dung")).to_have_value("Đang gõ dở")
    sheet.get_by_label("Thay bằng đơn vị").select_option("Trung tâm Công TTĐT")
    sheet.get_by_role("button", name="Thay", exact=True).click()
    expect(sheet.locator(".pl-chip")).to_have_count(1)
    keep_picture(page, "plan-editor")
    sheet.get_by_label("Dòng cùng một nhiệm vụ").select_option(index=1)
    sheet.get_by_role("button", name="Gộp", exact=True).click()
    expect(page.locator("#dong-1")).to_contain_text("Đã gộp vào 1.2")
    sheet.get_by_role("button", name="Tách ra như trước").click()
    expect(page.locator("#dong-1")).not_to_contain_text("Đã gộp")
    sheet.get_by_role("button", name="Đóng").click()
    row = page.locator("#dong-2")
    expect(row).to_contain_text("15/11")
    expect(row.locator("dd").first).to_have_text(re.compile("^Trung tâm Công TTĐT"))

    page.get_by_role("button", name="Xác nhận kế hoạch…").click()
    expect(asked_to_confirm(page)).to_contain_text("21 nhiệm vụ thành")
    page.get_by_label("Đã xong đúng hạn").check()
    keep_picture(page, "plan-confirm")
    asked_to_confirm(page).get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator(".state").first).to_have_text("Đang thực hiện")
    expect(page.locator(".pl-shares").first).to_contain_text("đúng hạn")
    page.get_by_text("Lịch sử của kế hoạch").click()
    expect(page.locator(".pl-notes").last).to_contain_text("Hà: xác nhận kế hoạch")
    keep_picture(page, "plan-in-force")
    assert barriers(page) == []

    # its new edition, side by side
    text = (SAMPLES / "khanh-hoa-stttt-2022.txt").read_text("utf-8")
    changed = tmp_path / "dieu-chinh.txt"
    changed.write_text(
        text.replace("485/KH-STTTT", "612/KH-STTTT").replace("Quý I/2022", "Quý III/2022", 1), "utf-8"
    )
    page.goto(f"{office_site.url}/ke-hoach")
    send(page, changed)
    page.get_by_role("button", name="Điều chỉnh kế hoạch 485/KH-STTTT").click()
    expect(page.locator(".pl-pair").first).to_contain_text("Quý III/2022")
    told(page)
    keep_picture(page, "plan-edition")
    assert barriers(page) == []
    page.get_by_role("button", name="Xác nhận kế hoạch…").click()
    asked_to_confirm(page).get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.get_by_role("button", name="Rút bản điều chỉnh")).to_be_visible()
    expect(page.locator("#dong-1")).to_contain_text("Quý III/2022")
    assert (desk.errors, desk.outside) == ([], [])


def test_a_plan_is_checked_on_a_phone_in_the_dark(visit: Visits, office_site: OfficeSite) -> None:
    phone = visit(PHONE, "dark")
    page = office_site.open(phone, Who.NEIGHBOUR_OFFICE, "/ke-hoach")
    page.locator("#pl-tep").set_input_files(
        {"name": "mat.txt", "mimeType": "text/plain", "buffer": "TỐI MẬT\nKẾ HOẠCH\nnăm 2022".encode()}
    )
    expect(page.locator(".pl-drop").get_by_role("alert")).to_contain_text("đóng dấu mật")
    send(page, SAMPLES / "khanh-hoa-stttt-2021-2030.txt", SAMPLES / "binh-dinh-sldtbxh-2023.txt")
    about = page.locator(".page-head .about").first
    expect(about).to_contain_text("tệp binh-dinh-sldtbxh-2023.txt, khanh-hoa-stttt-2021-2030.txt")
    page.goto(f"{office_site.url}/ke-hoach")
    send(page, SAMPLES / "nq03-phu-luc-2.xlsx")
    assert counted(page).startswith("140 nhiệm vụ")
    assert page.locator(".pl-row").count() == 50
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    keep_picture(page, "plan-draft-phone")
    assert barriers(page) == []
    page.locator(".pl-edit").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    keep_picture(page, "plan-editor-phone")
    assert barriers(page) == []

    # a file that holds no duty is put to the draft that is named, though another came after it
    page.goto(f"{office_site.url}/ke-hoach")
    page.locator("#pl-tep").set_input_files(
        {"name": "ghi-chu.txt", "mimeType": "text/plain", "buffer": "Ghi chú về biểu mẫu.".encode()}
    )
    page.get_by_role("button", name="Ghép làm phụ lục của “Truyền thông về").click()
    page.wait_for_url(A_PLAN, timeout=30_000)
    expect(about).to_contain_text("khanh-hoa-stttt-2021-2030.txt, ghi-chu.txt")

    # thrown away only after it was asked
    page.get_by_role("button", name="Hủy bản này…").click()
    page.get_by_role("dialog").get_by_role("button", name="Hủy bản này").click()
    page.wait_for_url(f"{office_site.url}/ke-hoach")
    expect(page.locator(".pl-shelf").first).not_to_contain_text("ghi-chu.txt")
    assert (phone.errors, phone.outside) == ([], [])
