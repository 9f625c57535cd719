"""Plan files brought to the page: each stored as it comes, then heard one after the other, as one plan, whoever watches or not."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlmodel import Session

from bot.conversation import handle_safely
from bot.pages.desk import Desk, ShownOut
from bot.pages.plans.shelf import Named, named
from bot.pages.reader import Reader
from data.engine import transaction
from data.inbox import receive
from data.letters import answers_to
from data.plans import SourceFile, drafts, plan_with_source
from data.tables import PlanState
from documents.progress import PAGES_READ
from duties.errors import DutyError, YearUnknown

logger = logging.getLogger(__name__)

ANNEX, MAYBE = "phụ lục", "Nếu tệp là phụ lục của"
BROKEN = "Chưa đọc xong tệp; tệp đã nhận sẽ được đọc lại sau ít phút, không cần gửi lại."


@dataclass(frozen=True)
class Stored:
    """A file that is kept in the inbox under that platform id, whatever happens to the program from now on."""

    file: SourceFile
    platform_id: str
    inbox_id: int


async def store(reader: Reader, file: SourceFile, words: str, album: str, place: int) -> Stored | None:
    """Keep a file that came, as the `place`th of its album; None when it came before.

    The first file is the plan; each further one belongs to it, or with it makes one that can be read.
    """
    unique = f"plan:{reader.chat_id}:{album}:{place}"

    def keep() -> int | None:
        with transaction(reader.world.engine) as session:
            return receive(
                session,
                reader.place,
                unique,
                reader.now,
                words if place == 0 else ANNEX,
                sender=reader.name,
                file_name=file.name,
                file=file.content,
                album=album,
            )

    inbox_id = await asyncio.to_thread(keep)
    return None if inbox_id is None else Stored(file, unique, inbox_id)


async def store_all(reader: Reader, files: Sequence[SourceFile], words: str) -> list[Stored]:
    """Files that are said again, with other words."""
    album = uuid4().hex
    kept = [await store(reader, file, words, album, place) for place, file in enumerate(files)]
    return [each for each in kept if each is not None]


@dataclass
class HandingIn:
    """One handing in: how far it is, and what came of it. It goes on when the page is closed.

    `annex_of`: the drafts that wait, of which a file without duties may be an appendix. `is_cut`: more were to come.
    """

    desk: Desk
    stored: Sequence[Stored]
    is_cut: bool = False
    at: int = 0
    pages: tuple[int, int] = (0, 0)
    is_over: bool = False
    plan_id: int | None = None
    was_there: bool = False
    told: str = ""
    annex_of: tuple[Named, ...] = ()

    @property
    def files(self) -> list[SourceFile]:
        return [each.file for each in self.stored]

    @property
    def wants_year(self) -> bool:
        return self.plan_id is None and str(YearUnknown()) in self.told

    @property
    def phase(self) -> str:
        """What is being done, in words."""
        name = self.files[min(self.at, len(self.files) - 1)].name
        of = f" ({self.at + 1}/{len(self.files)})" if len(self.files) > 1 else ""
        page, pages = self.pages
        where = f": trang {page}/{pages}" if pages else "…"
        return f"Đang đọc “{name}”{of}{where}"

    @property
    def share(self) -> float | None:
        """How much of the reading is done; None while nobody knows."""
        page, pages = self.pages
        return page / pages if pages else None

    async def run(self) -> None:
        """Have them all heard; what is refused is in `told`."""
        PAGES_READ.set(self._heard)
        try:
            await self.desk.check()
            self.was_there = await self._found(self.files[0]) is not None
            for at, each in enumerate(self.stored):
                self.at, self.pages = at, (0, 0)
                self.told = await self._hear(each)
            # nobody waits for letters to others
            self.desk.reader.world.deliver_soon()
            self.plan_id = await self._found(self.files[0])
            if self.plan_id is None and MAYBE in self.told:
                self.annex_of = await self.desk.read(_waiting, self.desk.reader.agency_id)
        except ShownOut:
            raise
        except DutyError as refused:
            self.told = str(refused)
        except Exception:
            # nobody may be left waiting for what will not come
            logger.exception("could not take a plan chat=%s", self.desk.reader.chat_id)
            self.told = BROKEN
        finally:
            self.is_over = True

    async def _hear(self, each: Stored) -> str:
        reader = self.desk.reader
        world = reader.world
        await world.read_ahead(reader.place, each.file.name, each.file.content)
        await asyncio.to_thread(handle_safely, world.engine, each.inbox_id, world.clock.now(), world.files)
        answers = await self.desk.read(answers_to, reader.place, each.platform_id)
        return "\n".join(answer.text for answer in answers)

    async def _found(self, file: SourceFile) -> int | None:
        return await self.desk.read(_plan_id, self.desk.reader.agency_id, file.hash)

    def _heard(self, done: int, of: int) -> None:
        self.pages = (done, of)


def _plan_id(session: Session, agency_id: int, source_hash: str) -> int | None:
    plan = plan_with_source(session, agency_id, source_hash)
    return plan.id if plan is not None and plan.state is not PlanState.MERGED else None


def _waiting(session: Session, agency_id: int) -> tuple[Named, ...]:
    return tuple(named(plan) for plan in drafts(session, agency_id))
