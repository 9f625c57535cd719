"""Whatever is said, by whomever, on any channel: nothing raises, nothing crosses units or agencies, nothing is half done.

A short run by default; `make fuzz` says ten thousand things. NHACVIEC_FUZZ is how many, NHACVIEC_FUZZ_SEED which.
"""

import asyncio
import os
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from bot.channels.reception import Reception
from bot.channels.telegram import TELEGRAM
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.inbox import TelegramInbox
from bot.channels.telegram.updates import Me
from bot.channels.web.channel import WebChannel
from bot.channels.zalo import ZALO
from bot.channels.zalo.account import Account
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import Me as ZaloMe
from bot.channels.zalo.inbox import ZaloInbox
from bot.channels.zalo.updates import update_id
from bot.world import World
from data.engine import open_engine, transaction
from data.obligations import items, standing_of
from data.people import Place, invite, redeem
from data.tables import (
    Answer,
    Chat,
    ChatRole,
    ChatUnit,
    Decision,
    Inbox,
    Letter,
    Obligation,
    PlatformUpdate,
    Trail,
)
from duties.intents import Unclear
from duties.message import Message
from duties.replies import read_reply
from scheduler.channel import Address, Channel
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.offices import SmallOffice, due_on, duty
from tests.fakes.random_talk import TelegramShapes, ZaloShapes, text
from tests.fakes.willing_telegram import WillingTelegram

NOW = hanoi("2022-03-14 09:00")
ROUNDS = int(os.environ.get("NHACVIEC_FUZZ", "250"))
SEED = int(os.environ.get("NHACVIEC_FUZZ_SEED", "20220314"))
BOT = 71
ONE, TWO = "bí mật của sở một", "bí mật của sở hai"
TELEGRAM_CHATS = {5: "Phòng Một", 6: "Văn phòng", -100: "Phòng Hai", 7: "Phòng Ba", 8: "Văn phòng"}
STRANGERS = [9, -200]
ZALO_CHATS = {"z-one": ONE, "z-two": TWO}


class WillingZalo(ZaloChannel):
    """Takes every letter, without a network."""

    async def send(self, address: Address, message: Message) -> str:
        return f"z:{address.address}:{hash(message)}"


@dataclass
class Office:
    """One agency's places to talk."""

    agency_id: int
    secret: str
    places: list[tuple[Place, ChatRole, int | None]] = field(default_factory=list)


class Talk:
    """Two agencies on one bot and one web server, and a clock that runs on while they talk."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.dice = engine, random.Random(SEED)
        self.clock = StoppedClock(NOW)
        self.offices = [
            self._opened(ONE, ("Phòng Một", "Phòng Hai"), {5: "Phòng Một", 6: "", -100: "Phòng Hai"}),
            self._opened(TWO, ("Phòng Ba", "Phòng Hai"), {7: "Phòng Ba", 8: ""}),
        ]
        self.telegram = WillingTelegram(BOT)
        bot = TelegramClient("71:secret", request=self.telegram, get_updates_request=self.telegram)
        buttons = Buttons("a secret", str(BOT))
        channel = TelegramChannel(bot, str(BOT), buttons)
        zalo = WillingZalo({}, 0)
        channels: dict[str, Channel] = {"web": WebChannel(), TELEGRAM: channel, ZALO: zalo}
        self.world = World(engine, self.clock, channels, self.offices[0].agency_id)
        self.inbox = TelegramInbox(self.world, bot, Me(BOT, "nhacviec_bot"), channel, buttons)
        self.reception = Reception(TELEGRAM, str(BOT), _nothing_more)
        self.reception.join(self.world)
        account = Account("81:secret", "a secret")
        self.zalo_reception = Reception(ZALO, account.bot_id, _nothing_more)
        self.zalo_reception.join(self.world)
        self.zalo = ZaloInbox(self.world, account, ZaloMe(account.bot_id, ("Nhắc việc",)), zalo)
        self.zalo_shapes = ZaloShapes(self.dice, [*ZALO_CHATS, "z-stranger"])
        self.shapes = TelegramShapes(self.dice, BOT, [*TELEGRAM_CHATS, *STRANGERS])
        self.crossed: list[str] = []
        self._checked = (0, 0, 0)

    def _opened(self, secret: str, units: tuple[str, ...], telegram: dict[int, str]) -> Office:
        with transaction(self.engine) as session:
            small = SmallOffice.founded(session, NOW, name=f"Sở {secret}", code="STTTT")
            made = Office(small.agency_id, secret)
            ids = {name: small.unit(name).id for name in units}
            owed = [(f"{n}.1", name) for n, name in enumerate(units, 1)] + [
                (f"{n}.2", name) for n, name in enumerate(units, 1)
            ]
            duties = [
                duty(code, due_on(date(2022, 6, 30)), name, row=row) for row, (code, name) in enumerate(owed)
            ]
            small.confirmed(NOW, *(replace(each, content=f"{secret} {each.code}") for each in duties))
            for number, name in telegram.items():
                self._link(session, made, Place(TELEGRAM, str(BOT), str(number)), ids.get(name))
            for address in (address for address, its in ZALO_CHATS.items() if its == secret):
                self._link(session, made, Place(ZALO, "81", address), ids[units[-1]])
            for role in ChatRole:
                unit_id = ids[units[0]] if role is ChatRole.UNIT else None
                self._link(session, made, Place("web", "", f"{secret} {role}"), unit_id, role)
            return made

    def _link(
        self,
        session: Session,
        office: Office,
        place: Place,
        unit_id: int | None,
        role: ChatRole | None = None,
    ) -> None:
        role = role or (ChatRole.UNIT if unit_id else ChatRole.OFFICE)
        code = invite(session, office.agency_id, role, unit_id, NOW)
        assert redeem(session, code, place, place.address, NOW)
        office.places.append((place, role, unit_id))

    async def run(self, rounds: int) -> None:
        for n in range(rounds):
            self.clock.set(self.clock.now() + timedelta(minutes=self.dice.choice((0, 0, 1, 7, 90))))
            await self.dice.choice((self._telegram, self._telegram, self._zalo, self._web, self._web))()
            if n % 10 == 0:
                await self.world.deliver()
                self.shapes.buttons = self.telegram.buttons[-200:]
            if n % 200 == 199:
                self._begin_anew()
                await self.world.tick()
            self._look()

    def _begin_anew(self) -> None:
        """Chats that were dropped, moved or lost are linked again, so that there is always somebody to talk to."""
        with transaction(self.engine) as session:
            for office in self.offices:
                for place, role, unit_id in office.places:
                    code = invite(session, office.agency_id, role, unit_id, self.clock.now())
                    redeem(session, code, place, place.address, self.clock.now())

    async def _telegram(self) -> None:
        update = self.shapes.update()
        repeated = 2 if self.dice.random() < 0.05 else 1
        await self.reception.store([(str(update["update_id"]), update)] * repeated)
        for _ in range(4):
            if not await self.reception.handle_next(self.inbox.handle) and not self._waits():
                return

    async def _zalo(self) -> None:
        event = self.zalo_shapes.event()
        await self.zalo_reception.store([(update_id(event), event)])
        for _ in range(4):
            if not await self.zalo_reception.handle_next(self.zalo.handle) and not self._waits():
                return

    def _waits(self) -> bool:
        with transaction(self.engine) as session:
            waiting = select(PlatformUpdate.id).where(col(PlatformUpdate.handled_at).is_(None))
            return session.exec(waiting).first() is not None

    async def _web(self) -> None:
        place = self.dice.choice(
            [place for office in self.offices for place, *_ in office.places if place.channel == "web"]
        )
        with transaction(self.engine) as session:
            letters = session.exec(select(Letter.id).order_by(col(Letter.id).desc()).limit(50)).all()
            mine = (
                select(Inbox.id).where(Inbox.address == place.address).order_by(col(Inbox.id).desc()).limit(5)
            )
            said = session.exec(mine).all()
        await self.world.take(
            place,
            text(self.dice, decides="office" in place.address),
            sender=place.address,
            sender_id=self.dice.choice(("", "a", "b")),
            quoted_letter_id=self.dice.choice(letters) if letters and self.dice.random() < 0.2 else None,
            edits_id=self.dice.choice(said) if said and self.dice.random() < 0.1 else None,
        )

    def _look(self) -> None:
        """Who spoke for whom in what was recorded since the last look, while it is still known whom each chat served."""
        with transaction(self.engine) as session:
            answers, decisions, letters = self._checked
            served = {(row.chat_id, row.unit_id) for row in session.exec(select(ChatUnit))}
            for answer, owed, chat in session.exec(
                select(Answer, Obligation, Chat)
                .join(Obligation, col(Obligation.id) == Answer.obligation_id)
                .join(Chat, col(Chat.id) == Answer.chat_id)
                .where(col(Answer.id) > answers)
            ):
                answers = max(answers, answer.id or 0)
                own = chat.role is ChatRole.OFFICE or (chat.id, owed.unit_id) in served
                self._note(
                    own and chat.agency_id == owed.agency_id == answer.agency_id, f"answer {answer.id}"
                )
            for decision, owed, chat in session.exec(
                select(Decision, Obligation, Chat)
                .join(Obligation, col(Obligation.id) == Decision.obligation_id)
                .join(Chat, col(Chat.id) == Decision.chat_id)
                .where(col(Decision.id) > decisions)
            ):
                decisions = max(decisions, decision.id or 0)
                own = chat.role is ChatRole.OFFICE and chat.agency_id == owed.agency_id == decision.agency_id
                self._note(own, f"decision {decision.id}")
            for letter, chat in session.exec(
                select(Letter, Chat)
                .join(Chat, col(Chat.id) == Letter.chat_id)
                .where(col(Letter.id) > letters)
            ):
                letters = max(letters, letter.id or 0)
                others = next(
                    office.secret for office in self.offices if office.agency_id != letter.agency_id
                )
                told = str(letter.body)
                self._note(
                    others not in told or _was_said_by(session, chat, others), f"letter {letter.id}: {told}"
                )
            self._checked = (answers, decisions, letters)

    def _note(self, is_right: bool, what: str) -> None:
        if not is_right:
            self.crossed.append(what)


async def _nothing_more() -> None:
    """Served by the test itself, one update after the other."""


def _was_said_by(session: Session, chat: Chat, words: str) -> bool:
    """The chat itself may have used those words, and had them quoted back."""
    said = select(Inbox.id).where(Inbox.address == chat.address, col(Inbox.text).contains(words))
    return session.exec(said).first() is not None


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """Some hundreds of messages, buttons and other things that happened, in every shape."""
    engine = open_engine(_url(tmp_path_factory.mktemp("random")))
    SQLModel.metadata.create_all(engine)
    made = Talk(engine)
    asyncio.run(made.run(ROUNDS))
    return made


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'office.db'}"


def test_everything_that_came_in_was_handled_once_and_none_of_it_failed(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        incoming = session.exec(select(Inbox)).all()
        assert len(incoming) > ROUNDS / 2
        assert [each.text for each in incoming if each.failed or not each.handled_at] == []


def test_every_update_was_taken_and_only_the_broken_ones_were_given_up(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        updates = session.exec(select(PlatformUpdate)).all()
        assert all(each.handled_at for each in updates)
        assert [each.body for each in updates if each.tries and _is_whole(each.body.get("message", {}))] == []


def _is_whole(said: dict[str, object]) -> bool:
    return {"message_id", "date", "chat", "from"} <= said.keys()


def test_something_of_every_kind_was_recorded(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        assert len({row.kind for row in session.exec(select(Answer))}) >= 2
        assert len({row.kind for row in session.exec(select(Decision))}) >= 1
        assert session.exec(select(Trail).where(col(Trail.refused))).first()


def test_nothing_crossed_units_or_agencies(talk: Talk) -> None:
    assert talk.crossed == []


def test_every_obligation_stands_as_its_history_says(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        for each in items(session):
            owed, state = each.obligation, standing_of(session, each)
            kept = (
                owed.due,
                owed.done_at,
                owed.in_progress,
                owed.obstacle,
                owed.not_applicable,
                owed.is_open,
            )
            is_open = not state.is_done and state.counts
            said = (
                state.due,
                state.done_at,
                state.in_progress,
                state.obstacle,
                state.not_applicable,
                is_open,
            )
            assert kept == said
            assert owed.asked_answer_id == (state.asked.id if state.asked else None)


def test_one_message_says_one_thing_of_one_obligation_once(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        said = [(row.inbox_id, row.obligation_id, row.kind) for row in session.exec(select(Answer))]
        ruled = [(row.inbox_id, row.obligation_id, row.kind) for row in session.exec(select(Decision))]
        assert (len(said), len(ruled)) == (len(set(said)), len(set(ruled)))


def test_no_letter_is_empty(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        sent = select(Letter).where(~col(Letter.key).startswith("slot"))
        assert [letter.key for letter in session.exec(sent) if not letter.body.get("lines")] == []


def test_every_choice_that_was_offered_means_something(talk: Talk) -> None:
    with transaction(talk.engine) as session:
        offered = {
            says for letter in session.exec(select(Letter)) for _, says in letter.body.get("choices", ())
        }
    assert len(offered) > 5
    unclear = [says for says in offered if isinstance(read_reply(says, NOW.date()).intents[0], Unclear)]
    assert sorted(unclear) == []
