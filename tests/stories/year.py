"""A year of a sample plan, wound from day to day, with all that went out and came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import col, select

from bot.demo import DemoChat, DemoWorld, samples
from data.engine import transaction
from data.obligations import Item, items
from data.offices import office_of
from data.summaries import summary_of
from data.tables import Agency, ChatRole, Letter, LetterKind, LetterState
from duties.summary import Summary
from duties.windows import window_of_key
from duties.workdays import HANOI, day_of


@dataclass(frozen=True)
class Sent:
    """A letter that went out by itself."""

    at: datetime
    to: str
    key: str
    words: str

    @property
    def when(self) -> str:
        """“07/03 08h”."""
        return f"{self.at.astimezone(HANOI):%d/%m %Hh}"


class Year:
    """A sample agency whose units answer in their chats while time passes."""

    def __init__(self, world: DemoWorld, chats: Iterable[DemoChat]) -> None:
        self.world = world
        self._chats = {chat.title: chat for chat in chats}
        self._office = next(chat for chat in self._chats.values() if chat.role is ChatRole.OFFICE)

    @classmethod
    async def of(cls, sample: str, folder: Path) -> "Year":
        """The year of a sample plan, on the morning on which the office has confirmed it."""
        world = DemoWorld(samples()[sample], folder)
        await world.begin()
        return cls(world, await world.chats())

    async def wind_to(self, day: str) -> None:
        await self.world.wind_to(date.fromisoformat(day))

    async def says(self, unit: str, words: str) -> str:
        """What a unit writes in its chat, and what it is answered."""
        return await self._said(self._chats[unit], words)

    async def office_says(self, words: str) -> str:
        return await self._said(self._office, words)

    async def _said(self, chat: DemoChat, words: str) -> str:
        await self.world.hear(chat.place, words)
        return (await self.world.talk(chat.chat_id))[-1].message.text

    def sent_to(self, unit: str) -> list[str]:
        """When slot letters went to a unit, in order."""
        chat = self._chats[unit]
        return [letter.when for letter in self.letters(chat.chat_id) if letter.key.startswith("slot:")]

    def sent_to_office(self) -> list[Sent]:
        """What went to the office by itself."""
        return self.letters(self._office.chat_id)

    def letters(self, chat_id: int) -> list[Sent]:
        with transaction(self.world.engine) as session:
            titles = {chat.chat_id: chat.title for chat in self._chats.values()}
            query = (
                select(Letter)
                .where(
                    Letter.state == LetterState.SENT,
                    Letter.kind != LetterKind.REPLY,
                    Letter.chat_id == chat_id,
                )
                .order_by(col(Letter.sent_at), col(Letter.id))
            )
            return [
                Sent(letter.sent_at or letter.put_at, titles[letter.chat_id], letter.key, _words(letter))
                for letter in session.exec(query)
            ]

    def owed(self, unit: str | None = None) -> list[Item]:
        with transaction(self.world.engine) as session:
            return [item for item in items(session) if unit in (None, item.unit.name)]

    def summary(self, window: str) -> Summary:
        """The numbers of a window, as of its cut-off or of the day the clock shows."""
        with transaction(self.world.engine) as session:
            agency = session.exec(select(Agency)).one()
            today = day_of(self.world.clock.now())
            return summary_of(
                session, agency, office_of(session, agency, today), window_of_key(window), today
            )

    def states(self) -> set[LetterState]:
        with transaction(self.world.engine) as session:
            return {letter.state for letter in session.exec(select(Letter))}

    def keys(self) -> list[tuple[int, str]]:
        with transaction(self.world.engine) as session:
            return [(letter.chat_id, letter.key) for letter in session.exec(select(Letter))]


def _words(letter: Letter) -> str:
    return "\n".join(text for text, _ in letter.body.get("lines", ()))
