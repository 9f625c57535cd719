"""Zalo in trouble, two bots, a webhook, a silence: nothing is lost that need not be, nobody is told twice."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.ways_in import Mode
from bot.channels.zalo.webhook import HEADER
from data.tables import LetterState
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.zalo import FakeZalo, Refused, Trouble
from tests.stories.chat_office import MONDAY, PATIENCE, PLANS, PRESS
from tests.stories.zalo_office import WEB, ZaloOffice, account, office_on_zalo

pytestmark = pytest.mark.anyio
SECOND = "8800000002:another-token-that-only-the-fake-zalo-knows"


async def called(office: ZaloOffice, body: bytes, secret: str | None) -> int:
    """What whoever calls the webhook by themselves is answered."""
    app = FastAPI()
    app.include_router(office.connection.routes())
    headers = {HEADER: secret} if secret else {}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=WEB) as http:
        return (await http.post(office.accounts[0].webhook_path, content=body, headers=headers)).status_code


async def test_what_may_have_arrived_is_not_sent_again(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path) as office:
        lan = await office.linked("Lan", PLANS)
        office.zalo.order(Trouble.SILENCE_AFTER)
        await office.at("2022-02-28 08:00")
        await office.at("2022-02-28 08:30")
        assert office.letters()[-1].state is LetterState.UNKNOWN
        assert sum("#A1" in text for text in lan.private.texts) == 2  # the welcome, and the letter


async def test_a_refused_month_holds_the_bot_and_not_the_letters(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path) as office:
        lan = await office.linked("Lan", PLANS)
        office.zalo.order(Refused(429, "Quota exceeded"), times=2)
        await office.at("2022-02-28 08:00")
        assert "đề nghị quan tâm" in lan.private.last.text


async def test_whoever_let_the_bot_go_is_told_again_once_they_write(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path) as office:
        lan = await office.linked("Lan", PLANS)
        office.zalo.order(Refused(400, "user not found"))
        await office.at("2022-02-28 08:00")
        assert office.chat_at(lan.id).lost
        lan.says("xong #A1")
        await office.settled()
        assert (office.is_done(PLANS), office.chat_at(lan.id).lost) == (True, False)


async def test_the_webhook_takes_either_envelope(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path, Mode.WEBHOOK) as office:
        lan = await office.linked("Lan", PLANS)
        office.zalo.envelope.is_wrapped = True
        lan.says("xong 1")
        await office.settled()
        assert office.is_done(PLANS)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"\xff", b"[" * 100_000, b'{"a": %s}' % (b"[" * 500 + b"]" * 500)]
)
async def test_what_is_no_update_is_not_kept(tmp_path: Path, body: bytes) -> None:
    async with office_on_zalo(tmp_path, Mode.WEBHOOK) as office:
        assert (await called(office, body, office.accounts[0].header), office.stored()) == (400, 0)


@pytest.mark.parametrize(("secret", "body", "answer"), [
    ("wrong", b'{"event_name": "message.text.received", "message": {}}', 403),
    (None, b'{"event_name": "message.text.received", "message": {}}', 403),
    (None, b"", 200),
    (None, b"{}", 200),
    (None, b"[" * 100_000, 200),
])  # fmt: skip
async def test_a_call_without_the_secret_does_nothing(
    tmp_path: Path, secret: str | None, body: bytes, answer: int
) -> None:
    async with office_on_zalo(tmp_path, Mode.WEBHOOK) as office:
        assert (await called(office, body, secret), office.stored()) == (answer, 0)


async def test_a_webhook_that_somebody_set_is_left_alone(tmp_path: Path) -> None:
    clock = StoppedClock(MONDAY)
    async with FakeZalo(clock=clock) as zalo:
        zalo.bot.webhook = "https://other.example/hook"
        office = ZaloOffice(f"sqlite:///{tmp_path / 'office.db'}", zalo, [account(zalo)], clock)
        async with office:
            await zalo.until(lambda: zalo.calls_of("getWebhookInfo"), within=PATIENCE)
        assert (zalo.bot.webhook, zalo.calls_of("getUpdates")) == ("https://other.example/hook", [])


async def test_polling_takes_over_only_where_it_is_told_to(tmp_path: Path) -> None:
    clock = StoppedClock(MONDAY)
    async with FakeZalo(clock=clock) as zalo:
        zalo.bot.webhook = "https://other.example/hook"
        accounts = [account(zalo, takes_over=True)]
        async with ZaloOffice(f"sqlite:///{tmp_path / 'office.db'}", zalo, accounts, clock):
            await zalo.until(lambda: zalo.calls_of("getUpdates"), within=PATIENCE)
        assert zalo.bot.webhook == ""


async def test_after_a_silence_whoever_was_asked_is_told_once(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path) as office:
        lan = await office.linked("Lan", PLANS)
        await office.stop()
        lan.says("xong 1")
        office.zalo.forgets()
        office.clock.set(MONDAY + timedelta(hours=2))
        for _ in range(2):
            await office.start()
            polls = len(office.zalo.calls_of("getUpdates"))
            lan.says("cảm ơn")  # the first answer shows that Zalo is asked again
            await office.zalo.until(lambda: len(office.zalo.calls_of("getUpdates")) > polls + 1, PATIENCE)  # noqa: B023
            await office.settled()
            await office.stop()
        assert sum("đã hoạt động trở lại" in text for text in lan.private.texts) == 1


async def test_the_silences_of_a_night_are_told_as_one_in_the_morning(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path) as office:
        lan = await office.linked("Lan", PLANS)
        for moment in ("2022-03-01 03:00", "2022-03-01 05:10"):
            await office.stop()
            office.clock.set(hanoi(moment))
            await office.start()
            polls = len(office.zalo.calls_of("getUpdates"))
            lan.says("cảm ơn")  # the first answer shows that Zalo is asked again
            await office.zalo.until(lambda: len(office.zalo.calls_of("getUpdates")) > polls + 1, PATIENCE)  # noqa: B023
            await office.settled()
        assert not any("hoạt động trở lại" in text for text in lan.private.texts)
        await office.at("2022-03-01 07:45")
        [told] = [text for text in lan.private.texts if "hoạt động trở lại" in text]
        assert "từ 07:40 ngày 28/02/2022 đến 05:10 ngày 01/03/2022" in told


async def test_two_bots_serve_one_office_each_its_own_chats(tmp_path: Path) -> None:
    clock = StoppedClock(MONDAY)
    async with FakeZalo(clock=clock) as zalo:
        second = zalo.add_bot(SECOND, "Bot Nhắc Việc Hai")
        accounts = [account(zalo), account(zalo, SECOND)]
        async with ZaloOffice(f"sqlite:///{tmp_path / 'office.db'}", zalo, accounts, clock) as office:
            lan, mai = zalo.person("Lan"), zalo.person("Mai", second)
            lan.says(office.code(PLANS))
            mai.says(office.code(PRESS))
            await zalo.until(lambda: len(lan.private.sent) and len(mai.private.sent), within=PATIENCE)
            await office.settled()
            assert [office.chat_at(each.id).bot for each in (lan, mai)] == [zalo.bot.id, second.id]


async def test_what_was_stored_is_handled_after_a_restart(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path) as office:
        lan = await office.linked("Lan", PLANS)
        await office.stop()
        lan.says("xong 1")
        await office.connection.bots[0].store([office.zalo.bot.queue.pop()])
        await office.start()
        await office.settled()
        assert office.is_done(PLANS)


async def test_towards_the_end_of_the_month_only_what_is_due_goes_out(tmp_path: Path) -> None:
    async with office_on_zalo(tmp_path, monthly_cap=2) as office:
        lan = await office.linked("Lan", PLANS)  # the welcome is one of the two
        lan.says("/viec")
        await office.settled()
        await office.at("2022-02-28 08:00")
        assert "đề nghị quan tâm" not in lan.private.last.text
        office.zalo.bot.monthly_cap = 10
        await office.at("2022-03-01 08:00")
        assert "Hạn cuối hôm nay" in lan.private.last.text
