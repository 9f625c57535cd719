"""Every page by its address, for everybody: what is theirs opens, all else is as if it were not there."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.pages.shell import Page
from bot.pages.site_map import PAGES
from duties.rights import ChatRole, may
from tests.browser.office_site import NEIGHBOURS, STRANGERS, OfficeSite, Who

PART = re.compile(r"\{(\w+)\}")
ROLES = {
    Who.OFFICE: ChatRole.OFFICE,
    Who.NEIGHBOUR_OFFICE: ChatRole.OFFICE,
    Who.LEADER: ChatRole.LEADER,
    Who.ADMIN: ChatRole.ADMIN,
    Who.UNIT: ChatRole.UNIT,
    Who.OTHER_UNIT: ChatRole.UNIT,
    Who.NEIGHBOUR_UNIT: ChatRole.UNIT,
}
WITHOUT_PARTS = [page for page in PAGES if not PART.search(page.path)]
WITH_PARTS = [page for page in PAGES if PART.search(page.path)]
NO_NUMBERS = ("0", "-1", "1.5", "x", "99999999999999999999", "%00", "1%27--", "..%2f1", "٣")


@pytest.fixture(scope="module")
def asked(office_site: OfficeSite) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office_site.url, timeout=60) as client:
        yield client


class Visitor:
    """A browser that asks for addresses."""

    def __init__(self, site: OfficeSite, client: httpx.Client, who: Who | None) -> None:
        self._client, self._cookies = client, site.cookies(who)

    def status(self, path: str) -> int:
        return self._get(path).status_code

    def read(self, path: str) -> str:
        return self._get(path).text

    def _get(self, path: str) -> httpx.Response:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return self._client.get(path, headers={"cookie": cookie})


def may_open(page: Page, who: Who) -> bool:
    return any(may(ROLES[who].value, action) for action in page.needs)


def path_of(page: Page, number: int | str) -> str:
    """The page's address with that number in it: a page is about one thing."""
    return PART.sub(str(number), page.path)


def by_path(page: Page) -> str:
    return page.path


@pytest.mark.parametrize("page", PAGES, ids=by_path)
@pytest.mark.parametrize("who", [None, Who.SHUT_OUT], ids=["nobody", "shut out"])
def test_without_a_session_every_page_leads_to_the_door(
    office_site: OfficeSite, asked: httpx.Client, page: Page, who: Who | None
) -> None:
    assert Visitor(office_site, asked, who).status(path_of(page, 1)) == 303


@pytest.mark.parametrize("page", WITHOUT_PARTS, ids=by_path)
@pytest.mark.parametrize("who", ROLES)
def test_a_page_opens_for_whom_it_is_and_for_nobody_else(
    office_site: OfficeSite, asked: httpx.Client, page: Page, who: Who
) -> None:
    assert Visitor(office_site, asked, who).status(page.path) == (200 if may_open(page, who) else 403)


@pytest.mark.parametrize("page", WITH_PARTS, ids=by_path)
@pytest.mark.parametrize("who", ROLES)
def test_what_is_of_another_agency_or_unit_is_not_there(
    office_site: OfficeSite, asked: httpx.Client, page: Page, who: Who
) -> None:
    visitor = Visitor(office_site, asked, who)
    ids = office_site.ids[PART.findall(page.path)[0]]
    found = [visitor.status(path_of(page, number)) for number in (ids.own, ids.others, ids.neighbours)]
    assert found == (expected(who) if may_open(page, who) else [403, 403, 403])


def expected(who: Who) -> list[int]:
    """For the unit's own, for another unit's, for the other agency's."""
    match who:
        case Who.UNIT:
            return [200, 404, 404]
        case Who.OTHER_UNIT:
            return [404, 200, 404]
        case Who.NEIGHBOUR_OFFICE | Who.NEIGHBOUR_UNIT:
            return [404, 404, 200]
        case _:
            return [200, 200, 404]


@pytest.mark.parametrize("page", WITH_PARTS, ids=by_path)
def test_what_is_no_number_is_not_there(office_site: OfficeSite, asked: httpx.Client, page: Page) -> None:
    office = Visitor(office_site, asked, Who.OFFICE)
    assert {number: office.status(path_of(page, number)) for number in NO_NUMBERS} == dict.fromkeys(
        NO_NUMBERS, 404
    )


def test_a_browser_cannot_choose_a_chat_that_it_was_not_let_into(
    office_site: OfficeSite, asked: httpx.Client
) -> None:
    cookies = office_site.cookies(Who.UNIT) | {"noi": "1"}  # the office's chat
    header = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    assert asked.get("/don-vi", headers=header).status_code == 403


QUERIED = re.compile(r"query\(\"([\w-]+)\"\)")
# what only the neighbours, and only the other unit, have to show
THEIRS = (NEIGHBOURS, STRANGERS, "nội dung 9.1", "Diên Khánh")
OF_THE_OTHER_UNIT = ("nội dung 2.1", "nội dung 3.1")


def queried(page: Page) -> set[str]:
    """What can be asked for behind the “?” of the page."""
    here = Path(inspect.getfile(page.draw))
    own = [here] if here.parent.name == "pages" else here.parent.glob("*.py")
    return {name for source in own for name in QUERIED.findall(source.read_text("utf-8"))}


@pytest.mark.parametrize("page", [page for page in WITHOUT_PARTS if queried(page)], ids=by_path)
@pytest.mark.parametrize(("who", "secret"), [(Who.OFFICE, THEIRS), (Who.UNIT, (*THEIRS, *OF_THE_OTHER_UNIT))])
def test_nothing_of_others_is_shown_whatever_is_asked(
    office_site: OfficeSite, asked: httpx.Client, page: Page, who: Who, secret: tuple[str, ...]
) -> None:
    visitor = Visitor(office_site, asked, who)
    every = office_site.ids.values()
    numbers = {each.neighbours if who is Who.OFFICE else each.others for each in every}
    shown = [visitor.read(f"{page.path}?{name}={number}") for name in queried(page) for number in numbers]
    assert [words for words in secret if any(words in text for text in shown)] == []
