"""A browser is let in by a link, lets itself out, is shut out; and none that was not let in gets hold of a page."""

import re
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visit, barriers, keep_picture
from tests.browser.office_site import OfficeSite, Who

Visits = Callable[..., Visit]
ELSEWHERE = {"origin": "https://ke-xau.example", "sec-fetch-site": "cross-site"}
OF_A_SOCKET = {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
}
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport="
# what a page does to be heard, for a page of another's
CONNECT = """([client, tab]) => new Promise((done) => {
    const query = { ...window.socket.io.opts.query, client_id: client, tab_id: tab, implicit_handshake: true };
    const got = [];
    const socket = io(location.origin, { path: "/_nicegui_ws/socket.io", query, transports: ["websocket"], forceNew: true });
    socket.onAny((...said) => got.push(JSON.stringify(said)));
    socket.on("connect_error", (error) => got.push(error.message));
    setTimeout(() => { socket.close(); done(got); }, 2500);
})"""


def cookie_of(site: OfficeSite, who: Who | None) -> dict[str, str]:
    return {"cookie": "; ".join(f"{name}={value}" for name, value in site.cookies(who).items())}


def come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Tên của anh/chị").fill("Hà")
    page.get_by_role("button", name="Mở trang").click()


def test_a_link_opens_a_units_page_on_its_phone_once(visit: Visits, office_site: OfficeSite) -> None:
    phone, link = visit(PHONE), office_site.link(Who.UNIT)
    phone.page.goto(link)
    expect(phone.page.get_by_text(Who.UNIT.value)).to_be_visible()
    keep_picture(phone.page, "web-link")
    come_in(phone.page, link)
    expect(phone.page).to_have_url(re.compile("/viec$"))
    late = visit(PHONE).page
    late.goto(link)
    expect(late.get_by_role("alert")).to_contain_text("đã dùng rồi")
    assert (phone.errors, phone.outside) == ([], [])


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_everyone_can_use_the_list_of_browsers(
    visit: Visits, office_site: OfficeSite, size: tuple[int, int], scheme: str
) -> None:
    page = office_site.open(visit(size, scheme), Who.OFFICE, "/phien")
    expect(page.get_by_role("heading", name="Của các nơi khác")).to_be_visible()
    keep_picture(page, f"sessions-{size[0]}")
    # what is shown while the server does not answer
    page.locator("#popup").evaluate("popup => popup.setAttribute('aria-hidden', 'false')")
    expect(page.locator("#popup")).to_have_css("opacity", "1")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_office_shuts_a_browser_out_and_its_page_is_left(visit: Visits, office_site: OfficeSite) -> None:
    open_page = office_site.open(visit(PHONE), office_site.one_more(Who.OTHER_UNIT), "/tro-chuyen")
    expect(open_page.get_by_role("log")).to_be_visible()
    office = office_site.open(visit(DESK), Who.OFFICE, "/phien")
    row = office.locator(".doors > li").filter(has_text="Firefox, Linux · Lan")
    row.get_by_role("button", name="Đóng").click()
    expect(open_page.get_by_role("alert")).to_contain_text("đã đóng", timeout=6_000)
    expect(row).to_have_count(0)
    expect(office.locator(".told")).to_contain_text("Đã đóng phiên")


def test_an_action_on_a_page_that_was_shut_out_is_refused_at_once(
    visit: Visits, office_site: OfficeSite
) -> None:
    token = office_site.one_more(Who.OTHER_UNIT)
    page = office_site.open(visit(DESK), token, "/tro-chuyen")
    expect(page.get_by_role("log")).to_be_visible()
    office_site.shut_out(token)
    page.locator("textarea").fill("2.1 vướng: nói sau khi bị đóng")
    page.locator("textarea").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("đã đóng")
    assert office_site.heard("2.1 vướng: nói sau khi bị đóng") == 0


def test_a_page_that_was_drawn_for_another_unit_does_and_shows_nothing(
    visit: Visits, office_site: OfficeSite
) -> None:
    token = office_site.chat_beside(Who.UNIT)
    page = office_site.open(visit(DESK), token, "/viec")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # a browser that will not load the page anew
    page.route(re.compile("/viec$"), lambda route: route.fulfill(status=204))
    office_site.move(token, Who.UNIT, Who.OTHER_UNIT)
    page.get_by_role("button", name="Đang làm").first.click()
    expect(page.locator(".told")).to_contain_text("vừa thay đổi nên chưa ghi nhận gì")


def test_who_leaves_here_leaves_in_every_tab(visit: Visits, office_site: OfficeSite) -> None:
    browser = visit(DESK)
    page = office_site.open(browser, office_site.one_more(Who.UNIT), "/tro-chuyen")
    other_tab = browser.context.new_page()
    other_tab.goto(f"{office_site.url}/viec")
    page.get_by_role("button", name="Ra", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Đã ra")
    expect(other_tab.get_by_role("alert")).to_contain_text("đã đóng", timeout=6_000)


def test_a_page_is_given_to_the_browser_for_which_it_was_drawn_alone(
    visit: Visits, office_site: OfficeSite
) -> None:
    mine = office_site.open(visit(DESK), Who.OFFICE, "/tong-quan")
    expect(mine.get_by_role("heading", level=1)).to_be_visible()
    held = mine.evaluate("[window.clientId, window.socket.io.opts.query.tab_id]")
    thief = office_site.open(visit(DESK), Who.OTHER_UNIT, "/tro-chuyen")
    expect(thief.get_by_role("log")).to_be_visible()
    assert thief.evaluate(CONNECT, held) == ["Implicit handshake failed"]
    # and whose it is loses nothing by it
    assert mine.evaluate("[window.clientId, window.socket.connected]") == [held[0], True]


def test_a_pages_number_is_a_matter_of_chance(office_site: OfficeSite) -> None:
    with httpx.Client(base_url=office_site.url, headers=cookie_of(office_site, Who.OFFICE)) as browser:
        pages = [browser.get("/phien").text for _ in range(3)]
    numbers = {UUID(found) for page in pages for found in re.findall(r"client_id\W+([0-9a-f-]{36})", page)}
    assert ({number.version for number in numbers}, len(numbers)) == ({4}, 3)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", path) for path in ("/vao/ABCD2345", "/web/x", "/ra", "/nop/x", "/khong-co")),
        ("POST", "/_nicegui/client/0/upload/1"),
        *(("GET", f"{SOCKET}polling"), ("POST", f"{SOCKET}polling&sid=x")),
    ],
)
def test_another_sites_page_can_send_nothing(office_site: OfficeSite, method: str, path: str) -> None:
    says = ELSEWHERE | cookie_of(office_site, Who.OFFICE)
    answer = httpx.request(method, f"{office_site.url}{path}", headers=says)
    assert (answer.status_code, "từ một trang khác" in answer.text) == (403, True)


def a_page_of(site: OfficeSite, who: Who) -> str:
    """The address of the socket of a page that was drawn for that one's browser."""
    drawn = httpx.get(f"{site.url}/phien", headers=cookie_of(site, who)).text
    [number] = re.findall(r"client_id\W+([0-9a-f-]{36})", drawn)
    return f"{site.url}{SOCKET}{{}}&client_id={number}"


@pytest.mark.parametrize(
    ("origin", "status"), [("https://ke-xau.example", 403), ("null", 403), ("", 101), ("ours", 101)]
)
def test_only_our_own_pages_open_a_socket(office_site: OfficeSite, origin: str, status: int) -> None:
    says = {"origin": office_site.url if origin == "ours" else origin} if origin else {}
    says |= OF_A_SOCKET | cookie_of(office_site, Who.OFFICE)
    with httpx.stream("GET", a_page_of(office_site, Who.OFFICE).format("websocket"), headers=says) as answer:
        assert answer.status_code == status


@pytest.mark.parametrize("how", ["websocket", "polling"])
def test_whoever_was_never_let_in_opens_none(office_site: OfficeSite, how: str) -> None:
    says = OF_A_SOCKET if how == "websocket" else {}
    assert httpx.get(f"{office_site.url}{SOCKET}{how}", headers=says).status_code == 403


@pytest.mark.parametrize("who", [None, Who.OTHER_UNIT])
def test_another_ones_page_is_polled_by_nobody(office_site: OfficeSite, who: Who | None) -> None:
    page = a_page_of(office_site, Who.OFFICE).format("polling")
    refused = httpx.get(page, headers=cookie_of(office_site, who))
    said = httpx.post(f"{page}&sid=x", headers=cookie_of(office_site, who), content="40")
    assert refused.text.endswith('44{"message": "Implicit handshake failed"}')
    assert said.status_code == 403


def upload_of(site: OfficeSite, who: Who) -> str:
    """Where the chat page that is drawn for that one's browser takes files."""
    drawn = httpx.get(f"{site.url}/tro-chuyen", headers=cookie_of(site, who)).text
    [path] = set(re.findall(r"/_nicegui/client/[0-9a-f-]+/upload/\d+", drawn))
    return f"{site.url}{path}"


@pytest.mark.parametrize(("who", "status"), [(None, 403), (Who.OTHER_UNIT, 403), (Who.UNIT, 200)])
def test_a_page_takes_files_of_the_browser_it_was_drawn_for(
    office_site: OfficeSite, who: Who | None, status: int
) -> None:
    path, file = upload_of(office_site, Who.UNIT), {"file": ("a.pdf", b"%PDF-1.7")}
    assert httpx.post(path, files=file, headers=cookie_of(office_site, who)).status_code == status


@pytest.mark.parametrize("transports", [["websocket"], ["polling"]], ids=str)
def test_a_browser_that_has_lost_its_key_meanwhile_is_led_to_the_door(
    visit: Visits, office_site: OfficeSite, transports: list[str]
) -> None:
    browser = visit(DESK)
    page = office_site.open(browser, Who.UNIT, "/viec")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("window.did_handshake")
    browser.context.clear_cookies()
    page.evaluate(
        "how => { window.socket.io.opts.transports = how; window.socket.io.engine.close(); }", transports
    )
    expect(page).to_have_url(re.compile("vi=chua-vao"))


def test_no_address_is_made_of_what_a_visitor_says(office_site: OfficeSite) -> None:
    answer = httpx.get(f"{office_site.url}/viec/", headers={"host": "ke-xau.example"})
    assert (answer.status_code, "location" in answer.headers) == (404, False)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/vao-noi/abc", 422), ("PUT", "/vao", 405), ("DELETE", "/", 405)]
)
def test_what_is_asked_in_a_wrong_way_is_answered_in_words(
    office_site: OfficeSite, method: str, path: str, status: int
) -> None:
    answer = httpx.request(method, f"{office_site.url}{path}")
    assert (answer.status_code, "Xin trở về trang đầu" in answer.text) == (status, True)


def test_a_form_that_is_none_is_answered_in_words(office_site: OfficeSite) -> None:
    broken = {"content-type": "multipart/form-data; boundary=x"}
    answer = httpx.post(f"{office_site.url}/vao/ABCD2345", headers=broken, content=b"--y")
    assert (answer.status_code, "Xin trở về trang đầu" in answer.text) == (400, True)


@pytest.mark.parametrize("path", ["/", "/phien", "/tro-chuyen", "/khong-co", "/web/x"])
def test_nothing_behind_the_door_is_kept_by_the_browser(office_site: OfficeSite, path: str) -> None:
    answer = httpx.get(f"{office_site.url}{path}", headers=cookie_of(office_site, Who.UNIT))
    assert answer.headers["cache-control"] == "no-store"
