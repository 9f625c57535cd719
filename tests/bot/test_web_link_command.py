"""`nhacviec web-link`: a way back in for whoever has locked themselves out."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from data.access_links import Opened, use_up
from data.engine import open_engine, transaction
from data.people import Place, add_unit, good_invitation, invite, redeem, the_agency
from data.tables import ChatRole
from duties.plan import UnitKind
from scheduler.clock import StoppedClock
from tests.conftest import hanoi

NOW = hanoi("2022-03-14 09:00")
UNIT = "Phòng Kế hoạch - Tài chính"
Run = Callable[..., Result]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in an office to which nobody has come yet."""
    monkeypatch.chdir(tmp_path)
    env = {"NHACVIEC_DATABASE_URL": "sqlite:///office.db", "NHACVIEC_WEB_URL": "https://nhacviec.example.vn"}

    def run(*words: str) -> Result:
        return CliRunner().invoke(program, words, env=env, obj=StoppedClock(NOW))

    assert run("unit", "add", UNIT).exit_code == 0
    return run


def link_in(result: Result) -> tuple[str, str]:
    """The kind of the printed link, and its secret."""
    found = re.search(r"https://nhacviec\.example\.vn/(\w+)/(\S+)", result.output)
    assert found is not None, result.output
    return found[1], found[2]


def settled(role: ChatRole, unit: str = "") -> str:
    """Somebody came in on a page already; the address of the chat."""
    with transaction(open_engine("sqlite:///office.db")) as session:
        agency = the_agency(session)
        assert agency is not None
        unit_id = add_unit(session, agency.id or 0, unit, UnitKind.DEPARTMENT).id if unit else None
        code = invite(session, agency.id or 0, role, unit_id, NOW)
        assert redeem(session, code, Place("web", "", "trang-cu"), "", NOW) is not None
    return "trang-cu"


def test_the_first_one_is_invited(office: Run) -> None:
    kind, code = link_in(office("web-link"))
    with transaction(open_engine("sqlite:///office.db")) as session:
        invitation = good_invitation(session, code, Place("web", "", "mới"), NOW)
    assert invitation is not None
    assert (kind, invitation.role) == ("vao", ChatRole.OFFICE)


@pytest.mark.parametrize(
    ("role", "unit"), [(ChatRole.OFFICE, ""), (ChatRole.ADMIN, ""), (ChatRole.UNIT, UNIT)]
)
def test_whoever_was_there_comes_back_to_the_same_chat(office: Run, role: ChatRole, unit: str) -> None:
    address = settled(role, unit)
    kind, token = link_in(office("web-link", *(("--unit", unit) if unit else ("--role", role.value))))
    with transaction(open_engine("sqlite:///office.db")) as session:
        opened = use_up(session, token, NOW)
    assert isinstance(opened, Opened)
    assert (kind, opened.chat.address) == ("web", address)


def test_a_code_to_photograph_goes_with_it(office: Run) -> None:
    assert "█" in office("web-link").output
    assert "█" not in office("web-link", "--no-qr").output


@pytest.mark.parametrize("words", [("--role", "boss"), ("--role", "unit")])
def test_a_role_that_is_none_is_refused(office: Run, words: tuple[str, str]) -> None:
    result = office("web-link", *words)
    assert (result.exit_code, "office, leader, admin" in result.output) == (2, True)


def test_a_unit_that_is_not_there_is_refused(office: Run) -> None:
    assert office("web-link", "--unit", "Phòng Không Có").exit_code == 1
