"""What `nhacviec doctor` finds of the machine, the database, the office and the web address."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.checkup import machine
from bot.checkup.database import check_files, opened
from bot.checkup.finding import Finding, State
from bot.checkup.machine import (
    check_clock,
    check_disk,
    check_env_file,
    check_fonts,
    check_rights,
    check_secret,
    check_time_zone,
)
from bot.checkup.office import check_office
from bot.checkup.web import check_web
from bot.settings import Settings
from data.engine import migrate, open_engine, transaction
from data.files import FilesFolder, keep
from data.heartbeats import PLANNER, beat
from data.letters import put_letter
from data.tables import Agency, ChatRole, Letter, LetterKind, LetterState
from duties.message import Line, Message
from tests.conftest import NOW, hanoi
from tests.fakes.migrated import marked
from tests.fakes.offices import SmallOffice

UNIT = "Phòng Kế hoạch - Tài chính"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office(engine: Engine) -> Iterator[Engine]:
    """An office at work that nothing is wrong with."""
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        small.chat("van-phong", NOW, role=ChatRole.OFFICE)
        small.chat("phong-kh", NOW, small.unit(UNIT))
        beat(session, PLANNER, NOW)
    with marked(engine):
        yield engine


def settings_of(engine: Engine) -> Settings:
    return Settings(database_url=engine.url.render_as_string(hide_password=False))


def found(engine: Engine, later: timedelta = timedelta()) -> dict[str, Finding]:
    with transaction(engine) as session:
        return {each.about: each for each in check_office(session, NOW + later)}


def troubled(engine: Engine, later: timedelta = timedelta()) -> set[str]:
    return {about for about, each in found(engine, later).items() if each.state is not State.WELL}


# The database and its files.


def test_a_database_of_this_version_is_well(office: Engine) -> None:
    with opened(settings_of(office)) as (engine, finding):
        assert (engine is not None, finding.state) == (True, State.WELL)


def test_a_database_of_another_version_is_not_asked_further(engine: Engine) -> None:
    with opened(settings_of(engine)) as (other, finding):
        assert (other, finding.state) == (None, State.WRONG)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with opened(Settings(database_url="sqlite:///var/office.db")) as (engine, finding):
        assert (engine, finding.state, list(tmp_path.iterdir())) == (None, State.DOUBTFUL, [])


@pytest.mark.parametrize("url", [
    "postgresql+psycopg://nobody:mat-khau-bi-mat@127.0.0.1:1/nothing", "sqlite:///.", "foo://x", "không phải địa chỉ",
])  # fmt: skip
def test_a_database_that_cannot_be_opened_is_one_line_without_the_password(url: str) -> None:
    with opened(Settings(database_url=url)) as (engine, finding):
        assert (engine, finding.state) == (None, State.WRONG)
        assert "\n" not in finding.says
        assert "mat-khau" not in finding.says


def test_a_file_that_is_no_database_is_told_with_the_way_back(tmp_path: Path) -> None:
    (tmp_path / "torn.db").write_bytes(b"not a database" * 1000)
    with opened(Settings(database_url=f"sqlite:///{tmp_path}/torn.db")) as (engine, finding):
        assert (engine, finding.state) == (None, State.WRONG)
        assert "nhacviec restore" in finding.todo


def test_a_database_with_a_torn_page_is_wrong(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/office.db"
    made = open_engine(url)
    migrate(made)
    made.dispose()
    with (tmp_path / "office.db").open("rb+") as file:
        file.seek(20 * 4096)
        file.write(b"torn" * 1024)
    with opened(Settings(database_url=url)) as (_, finding):
        assert (finding.state, "nhacviec restore" in finding.todo) == (State.WRONG, True)


@pytest.mark.parametrize("url", ["mysql://x", "foo://x", "không phải địa chỉ"])
def test_an_address_that_no_driver_knows_is_answered_with_one_that_can_be_written(url: str) -> None:
    with opened(Settings(database_url=url)) as (_, finding):
        assert "postgresql+psycopg://" in finding.todo


def test_a_file_that_a_row_knows_and_the_folder_lacks_is_counted(office: Engine, tmp_path: Path) -> None:
    folder = FilesFolder(tmp_path / "files")
    with transaction(office) as session:
        for name in ("một.txt", "hai.txt"):
            keep(session, folder, session.exec(select(Agency.id)).one() or 0, name, name.encode(), NOW)
    next(folder.path.rglob("?" * 64)).unlink()
    assert ["mất 1 trên 2 tệp" in each.says for each in check_files(office, folder)] == [True]


# The office.


def test_an_office_at_work_is_well(office: Engine) -> None:
    assert troubled(office) == set()


def test_a_program_that_stopped_is_wrong_and_says_since_when(office: Engine) -> None:
    finding = found(office, timedelta(hours=2))["Lập lịch"]
    assert (finding.state, "08:00 ngày 28/02/2022" in finding.says) == (State.WRONG, True)


def test_a_unit_without_a_chat_is_named(office: Engine) -> None:
    with transaction(office) as session:
        SmallOffice(session, session.exec(select(Agency)).one()).unit("Thanh tra Sở")
    assert "1 đơn vị chưa có trò chuyện: Thanh tra Sở" in found(office)["Người nhận"].says


@pytest.mark.parametrize(("state", "said"), [
    (LetterState.FAILED, "1 tin không gửi được"), (LetterState.UNKNOWN, "1 tin chưa rõ đã tới"),
    (LetterState.WAITING, "1 tin chờ quá một giờ"),
])  # fmt: skip
def test_a_letter_that_did_not_go_is_counted(office: Engine, state: LetterState, said: str) -> None:
    with transaction(office) as session:
        small = SmallOffice(session, session.exec(select(Agency)).one())
        chat = small.chat("thanh-tra", NOW, small.unit("Thanh tra Sở"))
        put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))
        session.exec(select(Letter)).one().state = state
    assert said in found(office, timedelta(hours=2))["Tin nhắn 7 ngày qua"].says


def test_next_year_is_asked_for_once_it_should_be_known(office: Engine) -> None:
    in_november, in_december = hanoi("2026-11-30 08:00") - NOW, hanoi("2026-12-01 08:00") - NOW
    assert "Lịch nghỉ" not in troubled(office, in_november)
    assert "2027" in found(office, in_december)["Lịch nghỉ"].says


def test_an_empty_database_says_what_comes_next(engine: Engine) -> None:
    assert troubled(engine) == {"Lập lịch", "Cơ quan"}


# The machine.


def test_this_machine_has_its_time_zone_and_its_letters() -> None:
    assert {check_time_zone().state, check_fonts().state} == {State.WELL}


def test_a_clock_that_was_put_back_is_wrong() -> None:
    assert check_clock(NOW, NOW + timedelta(hours=1)).state is State.WRONG
    assert check_clock(NOW, NOW + timedelta(minutes=1)).state is State.WELL


def test_a_full_disk_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LEAST_ROOM", 2**62)
    assert check_disk(Settings()).state is State.WRONG


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
@pytest.mark.parametrize(("mode", "state"), [(0o600, State.WELL), (0o640, State.WRONG), (0o604, State.WRONG)])
def test_only_its_owner_may_read_the_signing_key(tmp_path: Path, mode: int, state: State) -> None:
    key = tmp_path / "secret"
    key.write_text("khóa")
    key.chmod(mode)
    assert check_secret(key).state is state


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_signing_key_that_cannot_be_read_is_wrong(tmp_path: Path, content: bytes) -> None:
    key = tmp_path / "secret"
    key.write_bytes(content)
    key.chmod(0o600)
    assert check_secret(key).state is State.WRONG


def test_a_folder_is_no_signing_key(tmp_path: Path) -> None:
    assert check_secret(tmp_path).state is State.WRONG


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
def test_an_env_file_that_others_read_is_told_and_one_that_is_not_there_is_not(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    assert list(check_env_file(env)) == []
    env.touch(mode=0o644)
    assert [each.todo for each in check_env_file(env)] == [f"chạy: chmod 600 {env}"]


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    """A database, evidence and a token, as they are made today."""
    token = tmp_path / "token"
    token.touch(0o600)
    engine = open_engine(f"sqlite:///{tmp_path}/office.db")
    engine.connect().close()
    settings = Settings(database_url=engine.url.render_as_string(), telegram_token_file=token)
    settings.files.write(b"minh chung")
    return settings


def rights(settings: Settings) -> list[tuple[State, str]]:
    return [(each.state, each.todo) for each in check_rights(settings)]


def test_what_we_make_today_is_its_owners_alone(kept: Settings) -> None:
    assert rights(kept) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
@pytest.mark.parametrize(("name", "mode", "command"), [
    ("office.db", 0o644, "chmod 600"), ("office.db-wal", 0o640, "chmod 600"),
    ("files", 0o755, "chmod -R go="), ("token", 0o604, "chmod o="),
])  # fmt: skip
def test_what_others_may_read_is_told_with_the_command_that_ends_it(
    kept: Settings, tmp_path: Path, name: str, mode: int, command: str
) -> None:
    if name.endswith("-wal"):
        (tmp_path / name).touch()
    (tmp_path / name).chmod(mode)
    assert rights(kept) == [(State.DOUBTFUL, f"chạy: {command} {tmp_path / name}")]


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
def test_a_group_that_was_let_in_to_a_token_is_none_of_our_business(kept: Settings, tmp_path: Path) -> None:
    (tmp_path / "token").chmod(0o640)
    assert rights(kept) == []


# The web.


@pytest.mark.parametrize(("address", "status", "text", "state"), [
    ("https://nhacviec.example", 200, "ok", State.WELL),
    ("http://nhacviec.example", 200, "ok", State.DOUBTFUL),
    ("", 200, "ok", State.DOUBTFUL),
    ("https://nhacviec.example", 502, "Bad Gateway", State.WRONG),
    ("https://nhacviec.example", 200, "<h1>It works!</h1>", State.WRONG),
])  # fmt: skip
def test_the_web_address_is_judged_by_what_answers_there(
    address: str, status: int, text: str, state: State
) -> None:
    answers = httpx.MockTransport(lambda _: httpx.Response(status, text=text))
    assert check_web(Settings(web_url=address), answers).state is state


def test_a_web_address_that_does_not_answer_is_wrong() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert check_web(Settings(), httpx.MockTransport(refuse)).state is State.WRONG
