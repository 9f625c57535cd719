"""The whole story in a group and at the office's desk, told once, with a restart in its middle."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url

from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_world import Message
from tests.stories.telegram_office import PLANS, PRESS, TelegramOffice, office_on_telegram

pytestmark = pytest.mark.anyio
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\x02\0\0\0"


@dataclass
class Lived:
    """What was lived through, to be looked at from every side."""

    office: TelegramOffice
    chief: Person
    group: Group
    letter: Message
    photo: Message


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database of its own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('telegram') / 'office.db'}"
    server = make_url(request.getfixturevalue("postgresql"))
    # the workers take tests from one another: this may be asked for twice
    name = f"office_on_telegram_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
async def lived(url: str) -> AsyncIterator[Lived]:
    async with office_on_telegram(Path(), url=url) as office:
        yield await live(office)


async def live(office: TelegramOffice) -> Lived:
    """Link, letter, button, a photo with words, a restart, the decision, the summary."""
    chief, lan = await office.linked("Chánh Văn phòng"), office.telegram.person("Lan")
    await office.linked("Mai", PRESS)
    group = office.telegram.group("Phòng KHTC", lan)
    group.add_bot()
    lan.says(group, f"/dangky@nhacviec_thu_bot {office.code(PLANS)}")
    await office.settled()
    await office.at("2022-02-28 08:00")
    letter = group.last
    lan.presses(letter, "Đang làm")
    await office.settled()
    await office.stop()
    photo = lan.sends_photo(group, PNG, "xong 1, 4 tin", reply_to=letter)
    await office.start()
    await office.settled()
    chief.says(chief.private, "/choduyet")
    await office.settled()
    chief.presses(chief.private.last, "Duyệt các việc đã xong")
    await office.settled()
    chief.says(chief.private, "/tonghop")
    await office.settled()
    return Lived(office, chief, group, letter, photo)


async def test_it_ends_with_the_numbers_the_office_reports(lived: Lived) -> None:
    assert "hoàn thành đúng hạn 1, chưa hoàn thành còn hạn 1" in lived.chief.private.last.text


async def test_the_letter_tells_its_own_story(lived: Lived) -> None:
    assert [line[:3] for line in lived.letter.text.splitlines()[-2:]] == ["✔ #"] * 2
    assert lived.letter.labels == ["Xem danh sách"]


async def test_the_photo_was_kept_whole(lived: Lived) -> None:
    [incoming] = [each for each in lived.office.heard() if each.file_name]
    assert (incoming.file, incoming.text) == (None, "xong 1, 4 tin")
    assert [content for _, content in lived.office.proof(PLANS)] == [PNG]


async def test_no_press_was_left_turning_and_no_limit_broken(lived: Lived) -> None:
    telegram = lived.office.telegram
    assert len(telegram.calls_of("answerCallbackQuery")) == 2
    assert telegram.violations == []


async def test_the_group_was_answered_in_reply_to_whoever_spoke(lived: Lived) -> None:
    assert any(letter.reply_to is lived.photo for letter in lived.group.letters)
