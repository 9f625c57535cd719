"""The way in, asked over HTTP: what an invitation says, who is let in, who is not."""

import asyncio
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.pages.entry import WRONG_CODE, entry_routes
from bot.pages.origin import SameOrigin
from bot.pages.passes import Links
from bot.pages.reader import OfficeReaders
from bot.world import World
from data.access_links import make_link, withdraw_links
from data.companions import page_of
from data.engine import transaction
from data.guesses import ALLOWED_FROM_ONE_ADDRESS
from data.people import Place, add_unit, invite, redeem, units_of
from data.tables import Agency, Chat, ChatRole, LinkPurpose, WebSeat, WebSession
from data.web_sessions import find_session, open_sessions, withdraw
from duties.plan import UnitKind
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.channels import RecordingChannel

LINKS = Links("https://nhacviec.example.vn")
OUR_PAGE = {"sec-fetch-site": "same-origin"}
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
QUARTER_OF_AN_HOUR = timedelta(minutes=15)


class Door:
    """The entry pages of one office, and a browser in front of them."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.clock = engine, StoppedClock(NOW)
        self.channel = RecordingChannel()
        self.cookies = httpx.Cookies()
        with transaction(engine) as session:
            agency = Agency(name="Sở Thông tin <và> Truyền thông", created_at=NOW)
            session.add(agency)
            session.flush()
            self.agency_id = agency.id or 0
        world = World(engine, self.clock, {"web": self.channel}, self.agency_id)
        app = FastAPI()
        app.include_router(entry_routes(OfficeReaders(world, LINKS), frozenset({"/viec"})))
        self.app = SameOrigin(app, LINKS.base_url)

    def code_for(self, unit: str | None, life: timedelta = timedelta(days=7)) -> str:
        """A code for a unit of that name, or for the office."""
        with transaction(self.engine) as session:
            role = ChatRole.UNIT if unit else ChatRole.OFFICE
            unit_id = add_unit(session, self.agency_id, unit, UnitKind.DEPARTMENT).id if unit else None
            return invite(session, self.agency_id, role, unit_id, NOW, life)

    def telegram(self, unit: str) -> int:
        """A chat elsewhere that serves the unit; its id."""
        with transaction(self.engine) as session:
            unit_id = add_unit(session, self.agency_id, unit, UnitKind.DEPARTMENT).id
            code = invite(session, self.agency_id, ChatRole.UNIT, unit_id, NOW)
            chat = redeem(session, code, Place("telegram", "bot", f"-100{unit_id}"), unit, NOW)
            assert chat is not None
            return chat.id or 0

    def link_for(self, chat_id: int, life: timedelta = QUARTER_OF_AN_HOUR) -> str:
        """The path of a one-time link, as `/web` gives it."""
        with transaction(self.engine) as session:
            page = page_of(session, session.get_one(Chat, chat_id), NOW)
            return f"/web/{make_link(session, page, LinkPurpose.WEB, NOW, life)}"

    def get(self, path: str) -> httpx.Response:
        return self._ask("GET", path)

    def press(self, path: str, name: str = "", headers: dict[str, str] | None = None) -> httpx.Response:
        return self._ask("POST", path, data={"ten": name}, headers=headers or OUR_PAGE)

    def press_together(self, path: str, browsers: int) -> list[int]:
        """So many browsers press the button at the same moment; what each is answered, in order."""

        async def press() -> int:
            transport = httpx.ASGITransport(self.app, client=("203.0.113.7", 5000))
            async with httpx.AsyncClient(
                transport=transport, base_url="https://nhacviec.example.vn"
            ) as browser:
                return (await browser.post(path, data={"ten": ""}, headers=OUR_PAGE)).status_code

        async def together() -> list[int]:
            return sorted(await asyncio.gather(*(press() for _ in range(browsers))))

        return asyncio.run(together())

    def _ask(
        self,
        method: str,
        path: str,
        data: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=("203.0.113.7", 5000))
            async with httpx.AsyncClient(
                transport=transport,
                base_url="https://nhacviec.example.vn",
                cookies=self.cookies,
                headers={"user-agent": CHROME},
            ) as client:
                answer = await client.request(method, path, data=data, headers=headers)
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())

    @property
    def token(self) -> str:
        return self.cookies.get(LINKS.cookie) or ""

    @property
    def held(self) -> WebSession | None:
        with transaction(self.engine) as session:
            return find_session(session, self.token, self.clock.now())

    @property
    def seats(self) -> list[int]:
        """The chats that the browser may open, the newest first."""
        with transaction(self.engine) as session:
            return list(session.exec(select(WebSeat.chat_id).order_by(col(WebSeat.id).desc())))

    def bring_back(self, token: str) -> None:
        """The browser comes with a token that it had before."""
        self.cookies.clear()
        self.cookies.set(LINKS.cookie, token, domain="nhacviec.example.vn")

    def units_served(self, chat_id: int) -> list[str]:
        with transaction(self.engine) as session:
            return [unit.name for unit in units_of(session, chat_id)]

    def shut_out(self) -> None:
        """The office withdraws every session."""
        with transaction(self.engine) as session:
            ids = [each.id or 0 for each in open_sessions(session, self.agency_id, self.clock.now())]
            withdraw(session, ids, self.clock.now())


@pytest.fixture
def door(engine: Engine) -> Door:
    return Door(engine)


def test_an_invitation_says_which_unit_of_which_agency_invites(door: Door) -> None:
    page = door.get(f"/vao/{door.code_for('Thanh tra Sở')}").text
    assert "Thanh tra Sở" in page
    assert "Sở Thông tin &lt;và&gt; Truyền thông" in page


def test_looking_at_it_does_not_use_it_up(door: Door) -> None:
    code = door.code_for("Thanh tra Sở")
    for _ in range(3):
        door.get(f"/vao/{code}")
    assert door.press(f"/vao/{code}").headers["location"].startswith("/tro-chuyen")


def test_pressing_the_button_gives_the_browser_its_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}", "Hà")
    assert door.units_served(door.seats[0]) == ["Thanh tra Sở"]
    assert door.held is not None
    assert (door.held.name, door.held.browser) == ("Hà", "Chrome, Windows")


def test_who_comes_in_is_welcomed_in_the_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Phòng Báo chí')}")
    assert "Kính chào Phòng Báo chí" in door.channel.sent[0][1].text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(door: Door) -> None:
    answer = door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    given = SimpleCookie(answer.headers.get_list("set-cookie")[0])["__Host-nhacviec"]
    rules = (given["httponly"], given["secure"], given["samesite"], given["path"], given["domain"])
    assert rules == (True, True, "lax", "/", "")
    assert given["max-age"] == str(180 * 24 * 3600)


def test_a_code_works_once(door: Door) -> None:
    code = door.code_for("Thanh tra Sở")
    door.press(f"/vao/{code}")
    again = door.press(f"/vao/{code}")
    assert (again.status_code, WRONG_CODE in again.text) == (404, True)


def test_an_old_code_is_refused(door: Door) -> None:
    code = door.code_for("Thanh tra Sở", life=timedelta(hours=1))
    door.clock.set(NOW + timedelta(hours=2))
    assert door.get(f"/vao/{code}").status_code == 404


def test_a_wrong_code_lets_nobody_in(door: Door) -> None:
    answer = door.press("/vao/KHONGCO1")
    assert (answer.status_code, len(door.cookies)) == (404, 0)


def test_after_many_wrong_codes_even_a_good_one_has_to_wait(door: Door) -> None:
    code = door.code_for("Thanh tra Sở")
    for number in range(ALLOWED_FROM_ONE_ADDRESS):
        door.get(f"/vao/SAIMAMOI{number}")
    assert door.get(f"/vao/{code}").status_code == 404


def test_it_is_taken_again_after_a_quarter_of_an_hour(door: Door) -> None:
    code = door.code_for("Thanh tra Sở")
    for number in range(ALLOWED_FROM_ONE_ADDRESS):
        door.get(f"/vao/SAIMAMOI{number}")
    door.clock.set(NOW + timedelta(minutes=16))
    assert door.get(f"/vao/{code}").status_code == 200


def test_another_sites_form_uses_no_code_up(door: Door) -> None:
    code = door.code_for("Thanh tra Sở")
    answer = door.press(f"/vao/{code}", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert door.get(f"/vao/{code}").status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://nhacviec.example.vn", 303), ("https://ke-xau.example", 403), ("null", 403)],
)
def test_an_older_browser_is_asked_for_its_origin(door: Door, origin: str, status: int) -> None:
    answer = door.press(f"/vao/{door.code_for('Thanh tra Sở')}", headers={"origin": origin})
    assert answer.status_code == status


def test_a_reader_of_two_units_keeps_one_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.press(f"/vao/{door.code_for('Phòng Bưu chính')}")
    assert len(door.seats) == 1
    assert door.units_served(door.seats[0]) == ["Thanh tra Sở", "Phòng Bưu chính"]


def test_the_office_that_tries_a_units_link_stays_the_office(door: Door) -> None:
    door.press(f"/vao/{door.code_for(None)}")
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    with transaction(door.engine) as session:
        roles = {chat.id: chat.role for chat in session.exec(select(Chat))}
    assert [roles[chat_id] for chat_id in door.seats] == [ChatRole.UNIT, ChatRole.OFFICE]


def test_home_asks_a_stranger_for_a_code(door: Door) -> None:
    page = door.get("/")
    assert (page.status_code, "Mã mời của Văn phòng" in page.text) == (200, True)


def test_home_leads_who_was_let_in_to_their_own_page(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    assert door.get("/").headers["location"] == "/viec"


def test_whoever_has_no_page_of_their_own_goes_to_the_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for(None)}")
    assert door.get("/").headers["location"] == "/tro-chuyen"


def test_a_typed_code_is_taken_as_people_write_it(door: Door) -> None:
    assert door.get("/vao?ma=ABCD-2345%20").headers["location"] == "/vao/ABCD2345"


def test_what_is_typed_cannot_lead_elsewhere(door: Door) -> None:
    assert door.get("/vao?ma=//ke-xau.example").headers["location"] == "/vao/kexauexample"


def test_leaving_takes_the_cookie_back_and_ends_the_session(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    kept = door.token
    door.press("/ra")
    door.bring_back(kept)
    assert door.held is None


def test_another_site_cannot_show_a_reader_out(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.press("/ra", headers={"sec-fetch-site": "cross-site"})
    assert door.held is not None


def test_the_entry_pages_run_no_script(door: Door) -> None:
    page = door.get("/")
    assert "script-src" not in page.headers["content-security-policy"]
    assert "<script" not in page.text


def test_only_known_reasons_are_shown(door: Door) -> None:
    assert "Phiên trên trình duyệt này đã đóng" in door.get("/?vi=da-dong").text
    assert "ke-xau" not in door.get("/?vi=ke-xau").text


def test_coming_in_anew_changes_the_token(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    old = door.token
    door.press(f"/vao/{door.code_for('Phòng Bưu chính')}")
    door.bring_back(old)
    assert door.held is None


def test_a_chat_that_nobody_can_open_any_more_is_opened_again(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.shut_out()
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    assert len(set(door.seats)) == 1


def test_a_chat_that_somebody_opens_is_not_opened_to_another(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.cookies.clear()
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    assert len(set(door.seats)) == 2


def test_a_link_says_who_one_will_be_and_uses_nothing_up(door: Door) -> None:
    link = door.link_for(door.telegram("Thanh tra Sở"))
    assert [("Thanh tra Sở" in door.get(link).text) for _ in range(3)] == [True] * 3
    assert door.press(link).headers["location"] == "/"


def test_the_page_beside_a_chat_serves_the_same_units(door: Door) -> None:
    chat_id = door.telegram("Thanh tra Sở")
    door.press(door.link_for(chat_id))
    assert door.seats[0] != chat_id
    assert door.units_served(door.seats[0]) == ["Thanh tra Sở"]


def test_a_link_opens_one_browser(door: Door) -> None:
    link = door.link_for(door.telegram("Thanh tra Sở"))
    door.press(link)
    again = door.press(link)
    assert (again.status_code, "đã dùng rồi" in again.text) == (410, True)


def test_of_several_browsers_at_the_same_moment_a_link_opens_one(door: Door) -> None:
    assert door.press_together(door.link_for(door.telegram("Thanh tra Sở")), 4) == [303, 410, 410, 410]


def test_of_several_browsers_at_the_same_moment_a_code_lets_in_one(door: Door) -> None:
    assert door.press_together(f"/vao/{door.code_for('Thanh tra Sở')}", 4) == [303, 404, 404, 404]


def test_a_link_that_waited_too_long_says_how_to_get_another(door: Door) -> None:
    link = door.link_for(door.telegram("Thanh tra Sở"))
    door.clock.set(NOW + QUARTER_OF_AN_HOUR)
    late = door.press(link)
    assert (late.status_code, "/web" in late.text, door.held) == (410, True, None)


def test_a_withdrawn_link_lets_nobody_in(door: Door) -> None:
    chat_id = door.telegram("Thanh tra Sở")
    link = door.link_for(chat_id)
    with transaction(door.engine) as session:
        page = page_of(session, session.get_one(Chat, chat_id), NOW)
        withdraw_links(session, page.id or 0, LinkPurpose.WEB, NOW)
    assert (door.press(link).status_code, door.held) == (410, None)


def test_a_forged_link_lets_nobody_in(door: Door) -> None:
    assert (door.press("/web/khong-co").status_code, door.held) == (404, None)


def test_another_sites_form_uses_no_link_up(door: Door) -> None:
    link = door.link_for(door.telegram("Thanh tra Sở"))
    assert door.press(link, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert door.get(link).status_code == 200


def test_whoever_is_in_already_is_shown_the_way_back(door: Door) -> None:
    link = door.link_for(door.telegram("Thanh tra Sở"))
    assert [('href="/"' in door.press(link).text) for _ in range(2)] == [False, True]
