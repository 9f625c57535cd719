"""A conversation to test: what one chat writes, and what every chat hears of it, on a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from typing import TypedDict, Unpack

from sqlalchemy import Engine
from sqlmodel import col, select

from bot.conversation import handle_safely
from data.engine import transaction
from data.files import FilesFolder
from data.inbox import receive
from data.letters import message_of
from data.obligations import Item, items
from data.people import Place, invite, the_agency
from data.tables import Chat, ChatRole, Inbox, Letter, Trail
from duties.message import Message
from duties.plan import DraftDuty
from tests.fakes.offices import SmallOffice, due_on, duty

# files have the names of their bytes: what one test leaves is no news to the next
SHARED = FilesFolder(Path(gettempdir()) / "nhacviec-tests-files")
OFFICE, PLANS, PRESS = "Văn phòng", "Phòng Kế hoạch - Tài chính", "Phòng Thông tin - Báo chí"


class Said(TypedDict, total=False):
    """What may come with the words; `person` is who of the chat speaks, `edits` the message that is changed."""

    person: str
    quoted: int | None
    edits: int | None
    file_name: str
    file: bytes | None
    album: str


class Conversation:
    """An agency whose office and two units each have a web chat; `now` is moved by the test."""

    def __init__(self, engine: Engine, now: datetime, files: FilesFolder | None = None) -> None:
        self.engine, self.now, self.files = engine, now, files or SHARED
        self._ids = count(1)
        self.places: dict[str, Place] = {}  # of whoever does not write on a page
        with self.office() as small:
            small.chat(OFFICE, now, role=ChatRole.OFFICE)
            for name in (PLANS, PRESS):
                small.chat(name, now, small.unit(name))

    @contextmanager
    def office(self) -> Iterator[SmallOffice]:
        with transaction(self.engine) as session:
            agency = the_agency(session)
            if agency is None:
                yield SmallOffice.founded(session, self.now, code="STTTT")
            else:
                yield SmallOffice(session, agency)

    def plan(self, *duties: DraftDuty) -> None:
        with self.office() as small:
            small.confirmed(self.now, *duties)

    def code(self, role: ChatRole = ChatRole.UNIT, unit: str = PLANS) -> str:
        with self.office() as small:
            unit_id = small.unit(unit).id if role is ChatRole.UNIT else None
            return invite(small.session, small.agency_id, role, unit_id, self.now)

    def say(self, who: str, text: str = "", **along: Unpack[Said]) -> list[Message]:
        """What is answered in the same chat; to a stranger, what is said to it."""
        inbox_id = self.hear(who, text, **along)
        before = self._newest()
        to_stranger = handle_safely(self.engine, inbox_id, self.now, self.files)
        return to_stranger or [
            message for to, key, message in self._since(before) if to == who and "reply" in key
        ]

    def reply(self, who: str, text: str, **along: Unpack[Said]) -> str:
        """The words of the answer, on one line."""
        return " / ".join(message.text for message in self.say(who, text, **along))

    def hear(self, who: str, text: str, **along: Unpack[Said]) -> int:
        """Store a message without handling it."""
        person = along.get("person", "")
        with transaction(self.engine) as session:
            inbox_id = receive(
                session,
                self.places.get(who, Place("web", "", who)),
                f"m{next(self._ids)}",
                self.now,
                text=text,
                sender=person or who,
                sender_id=person,
                edits_id=along.get("edits"),
                file_name=along.get("file_name", ""),
                file=along.get("file"),
                album=along.get("album", ""),
                quoted_letter_id=along.get("quoted"),
            )
            assert inbox_id is not None
            return inbox_id

    def told(self, who: str) -> list[str]:
        """Every notice this chat got."""
        return [message.text for to, key, message in self._since(0) if to == who and key.startswith("notice")]

    def letters(self, who: str) -> list[tuple[str, Message]]:
        return [(key, message) for to, key, message in self._since(0) if to == who]

    def newest_letter(self, who: str) -> int:
        with transaction(self.engine) as session:
            query = select(Letter.id).join(Chat, col(Chat.id) == Letter.chat_id).where(Chat.address == who)
            return max(letter_id or 0 for letter_id in session.exec(query))

    def first_heard(self) -> int:
        with transaction(self.engine) as session:
            return min(inbox_id or 0 for inbox_id in session.exec(select(Inbox.id)))

    def owed(self, short_code: str) -> Item:
        with transaction(self.engine) as session:
            return next(item for item in items(session) if item.obligation.short_code == short_code)

    def refusals(self) -> int:
        with transaction(self.engine) as session:
            return len(session.exec(select(Trail).where(col(Trail.refused).is_(True))).all())

    def _newest(self) -> int:
        with transaction(self.engine) as session:
            return max((letter_id or 0 for letter_id in session.exec(select(Letter.id))), default=0)

    def _since(self, letter_id: int) -> list[tuple[str, str, Message]]:
        with transaction(self.engine) as session:
            query = (
                select(Letter, Chat)
                .join(Chat, col(Chat.id) == Letter.chat_id)
                .where(col(Letter.id) > letter_id)
            )
            return [
                (chat.address, letter.key, message_of(letter))
                for letter, chat in session.exec(query.order_by(col(Letter.id)))
            ]


def with_three_owed(engine: Engine, now: datetime) -> Conversation:
    """#A1 and #A2 are owed by the planning unit on 31/3 and 30/6, #A3 by the press unit on 30/6."""
    made = Conversation(engine, now)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 6, 30)), PLANS, row=2),
        duty("2.1", due_on(date(2022, 6, 30)), PRESS, row=3),
    )
    return made
