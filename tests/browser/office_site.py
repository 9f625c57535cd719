"""A real office to be served: two agencies with plans, units and answers, and browsers that were let in for each role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from sqlmodel import Session, select

from bot.pages.passes import CHOSEN, COOKIE
from data.access_links import LET_IN_WITHIN, make_link
from data.chats import move
from data.engine import migrate, open_engine, transaction
from data.files import FilesFolder, folder_beside
from data.obligations import Item, items
from data.people import Place, invite, redeem
from data.tables import Chat, ChatRole, Inbox, LinkPurpose, Unit
from data.web_sessions import find_session, let_in, seats_of, withdraw
from duties.plan import UnitKind
from scheduler.clock import WallClock
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, SmallOffice, due_on, duty

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

LEADER, ADMIN, STRANGERS, NEIGHBOURS = "Lãnh đạo", "Quản trị", "Phòng Hành chính", "Văn phòng huyện"


class Who(StrEnum):
    """Whose browser it is; `SHUT_OUT` was the office's, and its session is withdrawn."""

    OFFICE = OFFICE
    LEADER = LEADER
    ADMIN = ADMIN
    UNIT = PLANS
    OTHER_UNIT = PRESS
    NEIGHBOUR_OFFICE = NEIGHBOURS
    NEIGHBOUR_UNIT = STRANGERS
    SHUT_OUT = "đã đóng phiên"


@dataclass(frozen=True)
class Ids:
    """Numbers that stand in addresses: what is the unit's own, another unit's of its agency, and the other agency's."""

    own: int
    others: int
    neighbours: int


@dataclass(frozen=True)
class OfficeSite:
    """The program running on that database. `ids`: by the name of an address's part, such as "unit_id"."""

    url: str
    database: str
    tokens: Mapping[Who, str]
    ids: Mapping[str, Ids]

    def one_more(self, who: Who) -> str:
        """Another browser is let in; its token. Those of `tokens` are every test's: this one may be shut out."""
        engine = open_engine(self.database)
        with transaction(engine) as session:
            chat = session.exec(select(Chat).where(Chat.address == who.value)).one()
            token = let_in(session, None, chat, "Lan", "Firefox, Linux", WallClock().now())[1]
        engine.dispose()
        return token

    def chat_beside(self, who: Who) -> str:
        """Another chat of that unit, in a browser of its own; its token."""
        engine, now = open_engine(self.database), WallClock().now()
        with transaction(engine) as session:
            unit = _unit(session, who)
            code = invite(session, unit.agency_id, ChatRole.UNIT, unit.id, now)
            chat = redeem(session, code, Place("web", "", token_urlsafe()), "Lan", now)
            assert chat is not None
            token = let_in(session, None, chat, "Lan", "Firefox, Linux", now)[1]
        engine.dispose()
        return token

    def move(self, token: str, who: Who, to: Who) -> None:
        """The chat of that browser serves another unit in place of this one."""
        engine, now = open_engine(self.database), WallClock().now()
        with transaction(engine) as session:
            held = find_session(session, token, now)
            assert held is not None
            [chat] = seats_of(session, held.id or 0)
            move(session, chat, _unit(session, who).id or 0, _unit(session, to).id or 0, now)
        engine.dispose()

    def link(self, who: Who) -> str:
        """A one-time link, as that chat's `/web` gives it."""
        engine = open_engine(self.database)
        with transaction(engine) as session:
            chat = session.exec(select(Chat).where(Chat.address == who.value)).one()
            token = make_link(session, chat, LinkPurpose.WEB, WallClock().now(), LET_IN_WITHIN)
        engine.dispose()
        return f"{self.url}/web/{token}"

    def shut_out(self, token: str) -> None:
        """That browser's session is withdrawn."""
        engine = open_engine(self.database)
        with transaction(engine) as session:
            held = find_session(session, token, WallClock().now())
            assert held is not None
            withdraw(session, [held.id or 0], WallClock().now())
        engine.dispose()

    def heard(self, words: str) -> int:
        """How often somebody was heard to say that."""
        engine = open_engine(self.database)
        with transaction(engine) as session:
            count = len(session.exec(select(Inbox).where(Inbox.text == words)).all())
        engine.dispose()
        return count

    def open(self, visit: "Visit", who: Who | str, path: str) -> "Page":
        """That page in that browser, or in the one that holds this token."""
        token = self.tokens[who] if isinstance(who, Who) else who
        visit.context.add_cookies([{"name": COOKIE, "value": token, "url": self.url}])
        visit.page.goto(f"{self.url}{path}")
        return visit.page

    def cookies(self, who: Who | None) -> dict[str, str]:
        """For requests without a browser; nobody's are none."""
        return {COOKIE: self.tokens[who], CHOSEN: ""} if who else {}


def _unit(session: Session, who: Who) -> Unit:
    return session.exec(select(Unit).where(Unit.name == who.value)).one()


def furnish(folder: Path) -> tuple[str, dict[Who, str], dict[str, Ids]]:
    """Fill a database; its address, the tokens of the browsers, and the numbers in addresses."""
    url = f"sqlite:///{folder / 'office.db'}"
    engine = open_engine(url)
    migrate(engine)
    now = WallClock().now()
    talk = Conversation(engine, now - timedelta(days=30), FilesFolder(folder_beside(url)))
    _work(talk, now)
    with transaction(engine) as session:
        _neighbours(session, talk.now)
        tokens = _let_in(session, now)
        ids = _ids(session)
    engine.dispose()
    return url, tokens, ids


def _work(talk: Conversation, now: datetime) -> None:
    """A month ago a plan was confirmed; since then some of it is done, some late, some asked for."""
    today = now.date()
    with talk.office() as small:
        small.chat(LEADER, talk.now, role=ChatRole.LEADER)
        small.chat(ADMIN, talk.now, role=ChatRole.ADMIN)
    talk.plan(
        duty("1.1", due_on(_working(today - timedelta(days=10))), PLANS),
        duty("1.2", due_on(_working(today - timedelta(days=7))), PLANS, partners=(PRESS,), row=1),
        duty("1.3", due_on(_working(today + timedelta(days=3))), PLANS, row=2),
        duty("2.1", due_on(_working(today + timedelta(days=10))), PRESS, row=3),
        duty("2.2", due_on(_working(today + timedelta(days=20))), PLANS, PRESS, row=4),
        duty("3.1", ONGOING, PRESS, row=5),
    )
    talk.now = now - timedelta(days=8)
    talk.say(PLANS, "xong 1.1 https://sotttt.example.vn/tin-1: 4 tin, 2 bài", person="Hà")
    talk.say(PLANS, f"1.3 xin lùi đến {_said(today + timedelta(days=14))} vì chờ số liệu", person="Hà")
    talk.say(PRESS, "2.1 vướng: chưa có kinh phí", person="Lan")


def _working(day: date) -> date:
    """That day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _said(day: date) -> str:
    return f"{_working(day):%d/%m/%Y}"


def _neighbours(session: Session, now: datetime) -> None:
    small = SmallOffice.founded(session, now, name="Ủy ban nhân dân huyện Diên Khánh", code="UBNDDK")
    small.chat(NEIGHBOURS, now, role=ChatRole.OFFICE)
    small.chat(STRANGERS, now, small.unit(STRANGERS, UnitKind.DEPARTMENT))
    small.confirmed(now, duty("9.1", due_on(_working(now.date() + timedelta(days=40))), STRANGERS))


def _let_in(session: Session, now: datetime) -> dict[Who, str]:
    tokens = {}
    for who in Who:
        address = OFFICE if who is Who.SHUT_OUT else who.value
        chat = session.exec(select(Chat).where(Chat.address == address)).one()
        held, tokens[who] = let_in(session, None, chat, "Hà", "Chrome, Windows", now)
        if who is Who.SHUT_OUT:
            withdraw(session, [held.id or 0], now)
    return tokens


def _ids(session: Session) -> dict[str, Ids]:
    """Of the first duty that the unit alone owes, that the other unit alone owes, and that the neighbours owe."""
    owed = [_the_only(session, unit) for unit in (PLANS, PRESS, STRANGERS)]
    return {
        "unit_id": Ids(*(each.unit.id or 0 for each in owed)),
        "duty_id": Ids(*(each.duty.id or 0 for each in owed)),
        "plan_id": Ids(*(each.duty.plan_id for each in owed)),
    }


def _the_only(session: Session, unit: str) -> Item:
    every = items(session)
    return next(
        each
        for each in every
        if each.unit.name == unit
        and each.duty.code != "1.2"
        and len([other for other in every if other.duty.id == each.duty.id]) == 1
    )
