"""The real thing in a real browser: the printed link, a plan sent and confirmed, a unit invited, its list read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.clock import WallClock
from tests.browser.conftest import DESK, HERE, PHONE, Visit, free_port, keep_picture, served
from tests.browser.demo_page import newest, write

Visits = Callable[..., Visit]
PLAN = HERE / "tests" / "samples" / "khanh-hoa-stttt-2022.txt"


@dataclass(frozen=True)
class Running:
    """`nhacviec run` on an empty database, and what it printed."""

    url: str
    log: Path

    @property
    def first_link(self) -> str:
        found = re.search(r"http://\S+/vao/\w+", self.log.read_text("utf-8"))
        assert found, self.log.read_text("utf-8")
        return found.group()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Running]:
    port, log = free_port(), tmp_path / "log"
    settings = {
        "NHACVIEC_DATABASE_URL": f"sqlite:///{tmp_path / 'office.db'}",
        "NHACVIEC_SECRET_FILE": str(tmp_path / "secret"),
        "NHACVIEC_PORT": str(port),
        "NHACVIEC_AGENCY_NAME": "Sở Thông tin và Truyền thông tỉnh Khánh Hòa",
    }
    with served("run", port=port, log=log, **settings) as url:
        yield Running(url, log)


def enter(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Tên của anh/chị").fill(name)
    page.get_by_role("button", name="Vào trò chuyện").click()
    expect(page.get_by_role("log")).to_be_visible()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The sample plan, of next year: `run` lives by the wall clock."""
    coming = str(WallClock().now().year + 1)
    made = tmp_path / PLAN.name
    made.write_text(PLAN.read_text("utf-8").replace("2022", coming), "utf-8")
    return made


def test_an_office_begins_and_a_unit_joins_from_its_phone(visit: Visits, office: Running, plan: Path) -> None:
    desk = visit(DESK)
    enter(desk.page, office.first_link, "Văn thư")
    keep_picture(desk.page, "office-empty")
    desk.page.locator("input[type=file]").set_input_files(plan)
    expect(desk.page.locator(".beside")).to_contain_text(plan.name)
    write(desk.page.locator(".talk"), "kế hoạch đã ký")
    write(desk.page.locator(".talk"), "xác nhận")
    expect(newest(desk.page.locator(".talk"))).to_contain_text("Đã xác nhận kế hoạch")
    write(desk.page.locator(".talk"), "/moi Văn phòng Sở")
    keep_picture(desk.page, "office-invites")
    invited = re.search(r"\b[A-HJ-NP-Z2-9]{8}\b", newest(desk.page.locator(".talk")).inner_text())
    assert invited

    phone = visit(PHONE, "dark")
    phone.page.goto(f"{office.url}/vao/{invited.group()}")
    expect(phone.page.get_by_text("Văn phòng Sở")).to_be_visible()
    keep_picture(phone.page, "unit-invited")
    enter(phone.page, f"{office.url}/vao/{invited.group()}", "Hà")
    write(phone.page.locator(".talk"), "/viec")
    expect(newest(phone.page.locator(".talk"))).to_contain_text("#")
    expect(phone.page.locator("article.theirs .meta")).to_contain_text("Hà")
    keep_picture(phone.page, "unit-list")
    assert (desk.errors, desk.outside, phone.errors, phone.outside) == ([], [], [], [])


def test_a_stranger_and_a_forger_are_led_to_the_door(visit: Visits, office: Running) -> None:
    page = visit(PHONE).page
    page.goto(f"{office.url}/tro-chuyen")
    expect(page.get_by_role("alert")).to_contain_text("Trình duyệt này chưa vào")
    page.context.add_cookies([{"name": "nhacviec", "value": "W10.forged.pass", "url": office.url}])
    page.goto(f"{office.url}/tro-chuyen")
    expect(page.get_by_role("alert")).to_contain_text("Trình duyệt này chưa vào")
    keep_picture(page, "door")


def test_who_leaves_is_out_and_the_code_is_used_up(visit: Visits, office: Running) -> None:
    page, link = visit().page, office.first_link
    enter(page, link, "")
    page.get_by_role("button", name="Ra", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Đã ra")
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("đã dùng")
