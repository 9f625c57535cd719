"""The units' pages as the office uses them: a unit is added and invited on paper, joins by its QR code, changes its name."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import segno
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, RESULTS, Visit, barriers, keep_picture
from tests.browser.office_site import OfficeSite, Who
from tests.fakes.conversation import PLANS

Visits = Callable[..., Visit]


def add_unit(page: Page, *names: str) -> None:
    page.get_by_role("button", name="Thêm đơn vị").click()
    page.get_by_label("Tên đơn vị, mỗi dòng một tên").fill("\n".join(names))
    page.get_by_role("dialog").get_by_role("button", name="Thêm", exact=True).click()
    expect(page.locator(".told")).to_contain_text("Đã thêm đơn vị")


def modules_seen(qr: Locator, size: int) -> list[list[bool]]:
    """What a telephone sees of a code: whether the middle of each of its modules is dark."""
    picture = Image.open(BytesIO(qr.screenshot())).convert("L")
    light, step = picture.tobytes(), picture.width / size
    middles = [int((n + 0.5) * step) for n in range(size)]
    return [[light[y * picture.width + x] < 128 for x in middles] for y in middles]


def test_a_unit_is_invited_and_joins_by_its_qr_code(visit: Visits, office_site: OfficeSite) -> None:
    desk, phone = visit(DESK), visit(PHONE)
    page = office_site.open(desk, Who.OFFICE, "/don-vi")
    add_unit(page, "Phòng Chuyển đổi số")
    page.get_by_role("button", name="Mời Phòng Chuyển đổi số").click()
    sheet = page.locator(".invitation")
    expect(sheet).to_contain_text("Kính gửi: Phòng Chuyển đổi số")
    expect(page.get_by_label("Giấy mời vừa lập")).to_be_focused()
    expect(page.get_by_role("main")).to_have_count(1)
    link = sheet.get_by_role("link").get_attribute("href") or ""
    code = segno.make(link, error="m", micro=False)
    with_border = [[bool(dark) for dark in row] for row in code.matrix_iter(border=4)]
    assert modules_seen(sheet.locator(".qr svg"), len(with_border)) == with_border
    keep_picture(page, "people-invited")

    phone.page.goto(link)
    phone.page.get_by_label("Tên của anh/chị").fill("Thu")
    phone.page.locator("button[type=submit]").first.click()
    expect(phone.page).to_have_url(re.compile("/(viec|tro-chuyen)$"))
    row = page.locator("tr", has_text="Phòng Chuyển đổi số")
    expect(row).to_contain_text("Trang web · Thu", timeout=10_000)
    assert (desk.errors, desk.outside) == ([], [])


def test_in_the_demo_an_invitation_leads_into_its_units_chat(visit: Visits, demo_url: str) -> None:
    seen = visit(PHONE)
    page = seen.page
    page.goto(f"{demo_url}/vao-noi/0?co-quan=ha-tinh")
    page.goto(f"{demo_url}/don-vi")
    page.get_by_role("button", name="Mời Phòng").first.click()
    invited = page.locator(".invitation h3").inner_text().removeprefix("Kính gửi: ")
    page.goto(page.locator(".invitation").get_by_role("link").get_attribute("href") or "")
    page.get_by_role("button", name="Vào trò chuyện").click()
    expect(page.get_by_role("heading", name=invited)).to_be_visible()
    assert (seen.errors, seen.outside) == ([], [])


def test_invitations_are_printed_one_to_a_page(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(DESK), Who.OFFICE, "/don-vi")
    add_unit(page, "Tổ In thử một", "Tổ In thử hai")
    page.get_by_role("button", name=re.compile("Lập \\d+ giấy mời")).click()
    expect(page.locator(".invitation").nth(1)).to_be_visible()
    invited = page.locator(".invitation").count()
    RESULTS.mkdir(exist_ok=True)
    page.pdf(path=RESULTS / "people-invitations.pdf", prefer_css_page_size=True)
    printed = (RESULTS / "people-invitations.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == invited
    page.emulate_media(media="print")
    expect(page.get_by_text("GIẤY MỜI NHẬN NHẮC VIỆC").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Các trang")).to_be_hidden()
    expect(page.get_by_role("heading", name="Đơn vị", exact=True)).to_be_hidden()


def test_a_unit_changes_its_name_after_a_look_and_keeps_it_after_all(
    visit: Visits, office_site: OfficeSite
) -> None:
    number = office_site.ids["unit_id"].own
    page = office_site.open(visit(DESK), Who.OFFICE, f"/don-vi/{number}")
    page.get_by_role("button", name="Đổi tên").click()
    page.get_by_label("Tên mới").fill("Phòng Kế hoạch")
    page.get_by_label(re.compile("Từ ngày")).fill(
        page.evaluate("new Date(Date.now() + 3e9).toISOString().slice(0, 10)")
    )
    page.get_by_role("button", name="Xem trước").click()
    looked_at = page.locator(".proposal")
    expect(looked_at).to_contain_text(f"{PLANS} đổi tên thành Phòng Kế hoạch")
    keep_picture(page, "people-rename")
    looked_at.get_by_role("button", name="Xác nhận").click()
    expect(page.locator(".told")).to_contain_text("Đến ngày đó sẽ tự thực hiện")
    expect(page.get_by_role("button", name="Bỏ thay đổi")).to_be_visible()
    page.locator(".told").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".told")).to_contain_text("Mọi việc như trước")
    expect(page.get_by_role("button", name="Bỏ thay đổi")).to_have_count(0)


def test_another_name_is_given_and_taken_back_at_once(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(PHONE), Who.OFFICE, f"/don-vi/{office_site.ids['unit_id'].own}")
    page.get_by_role("button", name="Thêm tên gọi").click()
    page.get_by_label("Tên gọi", exact=True).fill("P. KHTC")
    page.get_by_role("dialog").get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_text("P. KHTC", exact=True)).to_be_visible()
    page.locator(".told").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("P. KHTC", exact=True)).to_have_count(0)


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_everyone_can_use_them(
    visit: Visits, office_site: OfficeSite, size: tuple[int, int], scheme: str
) -> None:
    seen = visit(size, scheme)
    for name, path in (("all", "/don-vi"), ("one", f"/don-vi/{office_site.ids['unit_id'].own}")):
        page = office_site.open(seen, Who.OFFICE, path)
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_timeout(500)
        keep_picture(page, f"people-{name}-{size[0]}")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (seen.errors, seen.outside) == ([], [])


def test_a_leader_reads_and_has_nothing_to_press(visit: Visits, office_site: OfficeSite) -> None:
    page = office_site.open(visit(DESK), Who.LEADER, f"/don-vi/{office_site.ids['unit_id'].own}")
    expect(page.locator("h1")).to_have_text(PLANS)
    expect(page.locator("#noi-dung").get_by_role("button")).to_have_count(0)
