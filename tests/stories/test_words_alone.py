"""Whatever can be done with a button on Telegram is done on Zalo by words and numbers, and both say the same."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.telegram import Person as OnTelegram
from tests.fakes.zalo_world import Person as OnZalo
from tests.stories.chat_office import PLANS, ChatOffice
from tests.stories.telegram_office import office_on_telegram
from tests.stories.zalo_office import office_on_zalo

pytestmark = pytest.mark.anyio


class Talk:
    """A unit and the office, each with a chat of its own on one platform."""

    def __init__(self, office: ChatOffice, unit: OnTelegram | OnZalo, chief: OnTelegram | OnZalo) -> None:
        self.office, self._people = office, {"unit": unit, "office": chief}

    async def say(self, who: str, words: str) -> None:
        person = self._people[who]
        if isinstance(person, OnTelegram):
            person.says(person.private, words)
        else:
            person.says(words)
        await self.office.settled()

    def last(self, who: str) -> str:
        return self._people[who].private.last.text


@asynccontextmanager
async def on_telegram(folder: Path) -> AsyncIterator[Talk]:
    async with office_on_telegram(folder) as office:
        yield Talk(office, await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng"))


@asynccontextmanager
async def on_zalo(folder: Path) -> AsyncIterator[Talk]:
    async with office_on_zalo(folder) as office:
        yield Talk(office, await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng"))


@pytest.fixture(params=[on_telegram, on_zalo])
async def talk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Talk]:
    platform: Callable[[Path], AbstractAsyncContextManager[Talk]] = request.param
    async with platform(tmp_path) as opened:
        yield opened


Said = tuple[str, str]
STORIES: dict[str, tuple[list[Said], str, str]] = {
    "a list is shown": ([("unit", "/viec")], "unit", "#A1"),
    "a place in it is shown": ([("unit", "/viec"), ("unit", "1")], "unit", "#A1"),
    "done": ([("unit", "xong 1")], "unit", "Đã ghi nhận"),
    "taken back": ([("unit", "xong 1"), ("unit", "hoàn tác")], "unit", "Đã hoàn tác"),
    "in progress": ([("unit", "1 đang làm")], "unit", "đang"),
    "an obstacle reaches the office": ([("unit", "1 vướng: chưa có kinh phí")], "office", "chưa có kinh phí"),
    "numbers are added": ([("unit", "1: 4 tin, 2 bài")], "unit", "4 tin, 2 bài"),
    "later, please": ([("unit", "1 nhắc lại sau 3 ngày")], "unit", "nhắc"),
    "more time is granted": (
        [("unit", "1 xin lùi đến 15/3 vì chờ số liệu"), ("office", "duyệt #A1")], "unit", "15/03/2022",
    ),
    "more time is refused": (
        [("unit", "1 xin lùi đến 15/3 vì chờ số liệu"), ("office", "từ chối #A1 vì đã trễ")], "unit", "đã trễ",
    ),
    "more time, but less": (
        [("unit", "1 xin lùi đến 15/3 vì chờ số liệu"), ("office", "gia hạn #A1 đến 10/3")], "unit", "10/03/2022",
    ),
    "returned": ([("unit", "xong 1"), ("office", "trả lại #A1 thiếu số liệu")], "unit", "thiếu số liệu"),
    "not ours": ([("unit", "1 không phải việc của phòng tôi")], "office", "#A1"),
    "what waits": ([("unit", "1 xin lùi đến 15/3 vì chờ số liệu"), ("office", "/choduyet")], "office", "15/03"),
    "the summary": ([("unit", "xong 1"), ("office", "/tonghop")], "office", "hoàn thành đúng hạn 1"),
    "an invitation": ([("office", f"/moi {PLANS}")], "office", "/dangky"),
    "what is coming": ([("office", "/sapgui")], "office", PLANS),
    "paused": ([("office", "/tamdung")], "office", "tạm dừng"),
    "who may not": ([("unit", "/tamdung")], "unit", "Văn phòng"),
    "a question back": ([("unit", "xong rồi nhé")], "unit", "#A1"),
    "help": ([("unit", "/trogiup")], "unit", "xong"),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
async def test_it_is_done_in_words(talk: Talk, story: str) -> None:
    said, who, expected = STORIES[story]
    for speaker, words in said:
        await talk.say(speaker, words)
    assert expected.lower() in talk.last(who).lower()
