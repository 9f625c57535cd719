"""Plan files brought to the page: said to the conversation one after the other, as one plan, whoever watches or not."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from sqlmodel import Session

from bot.aim import aimed
from bot.pages.desk import Desk, ShownOut
from bot.pages.plans.shelf import Named, named
from data.plans import SourceFile, drafts, plan_with_source
from data.tables import PlanState
from documents.progress import PAGES_READ
from duties.errors import DutyError, YearUnknown

logger = logging.getLogger(__name__)

ANNEX, MAYBE = "phụ lục", "Nếu tệp là phụ lục của"
BROKEN = "Chưa nhận được tệp; xin gửi lại sau ít phút."


@dataclass
class HandingIn:
    """One handing in: how far it is, and what came of it. It goes on when the page is closed.

    `annex_of`: the drafts that wait, of which a file without duties may be an appendix.
    """

    desk: Desk
    files: Sequence[SourceFile]
    years: str = ""
    at: int = 0
    pages: tuple[int, int] = (0, 0)
    is_over: bool = False
    plan_id: int | None = None
    was_there: bool = False
    told: str = ""
    annex_of: tuple[Named, ...] = ()
    album: str = field(default_factory=lambda: uuid4().hex)

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
        """Say them all; what is refused is in `told`."""
        PAGES_READ.set(self._heard)
        try:
            await self.desk.check()
            before = await self._found(self.files[0])
            self.was_there = before is not None
            for at, file in enumerate(self.files):
                self.at, self.pages = at, (0, 0)
                self.told = await self._say(file)
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

    async def _say(self, file: SourceFile) -> str:
        """The first file is the plan; each further one belongs to it, or with it makes one that can be read."""
        words = self.years
        if self.at:
            plan_id = await self._found(self.files[0])
            words = aimed(plan_id, ANNEX)
        reader = self.desk.reader
        answers = await reader.world.ask(
            reader.place,
            words,
            sender=reader.name,
            file_name=file.name,
            file=file.content,
            album=self.album,
        )
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
