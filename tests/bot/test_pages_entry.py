"""The way in, asked over HTTP: what an invitation says, who is let in, who is not."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import select

from bot.pages.entry import WRONG_CODE, entry_routes
from bot.pages.passes import COOKIE, Links, Pass
from data.engine import transaction
from data.guesses import ALLOWED_FROM_ONE_ADDRESS
from data.people import add_unit, invite, units_of
from data.tables import Agency, Chat, ChatRole
from duties.plan import UnitKind
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from tests.conftest import NOW
from tests.fakes.channels import RecordingChannel

LINKS = Links("https://nhacviec.example.vn", "một khoá bí mật đủ dài")
OUR_PAGE = {"sec-fetch-site": "same-origin"}


class Door:
    """The entry pages of one office, and a browser in front of them."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.clock = engine, StoppedClock(NOW)
        self.app = FastAPI()
        self.channel = RecordingChannel()
        self.app.include_router(entry_routes(engine, self.clock, LINKS, self._deliver))
        self.cookies = httpx.Cookies()
        with transaction(engine) as session:
            agency = Agency(name="Sở Thông tin <và> Truyền thông", created_at=NOW)
            session.add(agency)
            session.flush()
            self.agency_id = agency.id or 0

    async def _deliver(self) -> int:
        return await deliver(self.engine, {"web": self.channel}, self.clock)

    def code_for(self, unit: str | None, life: timedelta = timedelta(days=7)) -> str:
        """A code for a unit of that name, or for the office."""
        with transaction(self.engine) as session:
            role = ChatRole.UNIT if unit else ChatRole.OFFICE
            unit_id = add_unit(session, self.agency_id, unit, UnitKind.DEPARTMENT).id if unit else None
            return invite(session, self.agency_id, role, unit_id, NOW, life)

    def get(self, path: str) -> httpx.Response:
        return self._ask("GET", path)

    def press(self, path: str, name: str = "", headers: dict[str, str] | None = None) -> httpx.Response:
        return self._ask("POST", path, data={"ten": name}, headers=headers or OUR_PAGE)

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
                transport=transport, base_url="https://nhacviec.example.vn", cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, data=data, headers=headers)
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())

    @property
    def held(self) -> Pass:
        return LINKS.read(self.cookies.get(COOKIE))

    def units_served(self, chat_id: int) -> list[str]:
        with transaction(self.engine) as session:
            return [unit.name for unit in units_of(session, chat_id)]


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
    assert door.units_served(door.held.seats[0].chat_id) == ["Thanh tra Sở"]
    assert door.held.name == "Hà"


def test_who_comes_in_is_welcomed_in_the_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Phòng Báo chí')}")
    assert "Kính chào Phòng Báo chí" in door.channel.sent[0][1].text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(door: Door) -> None:
    cookie = door.press(f"/vao/{door.code_for('Thanh tra Sở')}").headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "secure", "max-age=15552000"))


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
    assert answer.headers["location"] == "/?vi=khac-trang"
    assert door.get(f"/vao/{code}").status_code == 200


@pytest.mark.parametrize(
    ("origin", "goes_to"),
    [("https://nhacviec.example.vn", "/tro-chuyen"), ("https://ke-xau.example", "/?vi=khac-trang")],
)
def test_an_older_browser_is_asked_for_its_origin(door: Door, origin: str, goes_to: str) -> None:
    answer = door.press(f"/vao/{door.code_for('Thanh tra Sở')}", headers={"origin": origin})
    assert answer.headers["location"].startswith(goes_to)


def test_a_reader_of_two_units_keeps_one_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.press(f"/vao/{door.code_for('Phòng Bưu chính')}")
    assert len(door.held.seats) == 1
    assert door.units_served(door.held.seats[0].chat_id) == ["Thanh tra Sở", "Phòng Bưu chính"]


def test_the_office_that_tries_a_units_link_stays_the_office(door: Door) -> None:
    door.press(f"/vao/{door.code_for(None)}")
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    with transaction(door.engine) as session:
        roles = {chat.id: chat.role for chat in session.exec(select(Chat))}
    assert [roles[seat.chat_id] for seat in door.held.seats] == [ChatRole.UNIT, ChatRole.OFFICE]


def test_home_asks_a_stranger_for_a_code(door: Door) -> None:
    page = door.get("/")
    assert (page.status_code, "Mã mời của Văn phòng" in page.text) == (200, True)


def test_home_leads_who_was_let_in_to_the_chat(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    assert door.get("/").headers["location"] == "/tro-chuyen"


def test_a_typed_code_is_taken_as_people_write_it(door: Door) -> None:
    assert door.get("/vao?ma=ABCD-2345%20").headers["location"] == "/vao/ABCD2345"


def test_what_is_typed_cannot_lead_elsewhere(door: Door) -> None:
    assert door.get("/vao?ma=//ke-xau.example").headers["location"] == "/vao/kexauexample"


def test_leaving_takes_the_cookie_back(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.press("/ra")
    assert door.held == Pass()


def test_another_site_cannot_show_a_reader_out(door: Door) -> None:
    door.press(f"/vao/{door.code_for('Thanh tra Sở')}")
    door.press("/ra", headers={"sec-fetch-site": "cross-site"})
    assert len(door.held.seats) == 1


def test_the_entry_pages_run_no_script(door: Door) -> None:
    page = door.get("/")
    assert "script-src" not in page.headers["content-security-policy"]
    assert "<script" not in page.text


def test_only_known_reasons_are_shown(door: Door) -> None:
    assert "Cuộc trò chuyện đã kết thúc" in door.get("/?vi=da-dong").text
    assert "ke-xau" not in door.get("/?vi=ke-xau").text
