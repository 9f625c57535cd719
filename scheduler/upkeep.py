"""Once a day, what was kept long enough is let go, and the heads of the trail are put into the log."""

import logging
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from data.chain import heads_of
from data.engine import transaction
from data.files import FilesFolder
from data.retention import (
    Leaving,
    Periods,
    begins,
    count_old,
    delete_unwanted,
    let_go_some,
    unwanted,
)
from data.traces import wipe_journal
from duties.workdays import day_of
from scheduler.clock import Clock

log = logging.getLogger(__name__)

LOOK_EVERY = 1800.0  # seconds
# whoever waits for the database begins within it
BREATH = 0.01


@dataclass(frozen=True)
class Old:
    """How much of a kind is older than a day; `before` None: it is kept for good."""

    kind: str
    before: date | None
    count: int


class Upkeep:
    """Of one database; `by`: whoever asks for it, where it is not the day's own work."""

    def __init__(
        self, engine: Engine, files: FilesFolder, clock: Clock, periods: Periods, by: str = ""
    ) -> None:
        self._engine, self._files, self._clock, self._periods = engine, files, clock, periods
        self._by = by
        self._done_on: date | None = None

    def look(self) -> int:
        """The day's work, the first time it is asked for on a day; how many things went."""
        today = day_of(self._clock.now())
        if self._done_on == today:
            # what was deleted meanwhile, a secret paper perhaps, or what could not be wiped because somebody read
            wipe_journal(self._engine)
            return 0
        gone = self.let_go()
        with transaction(self._engine) as session:
            for head in heads_of(session.connection()):
                log.info("trail chain=%s entries_up_to=%s head=%s", head.chain, head.place, head)
        self._done_on = today
        return gone

    def old(self) -> list[Old]:
        """What would go now; nothing is touched."""
        with transaction(self._engine) as session:
            return [
                Old(kind, day_of(before), count_old(session, kind, before)) if before else Old(kind, None, 0)
                for kind, before in self._kinds()
            ]

    def let_go(self) -> int:
        """Let everything go that was kept long enough, a slice in a transaction."""
        gone = sum(self._let_go(kind, before) for kind, before in self._kinds() if before is not None)
        self._delete_files()
        wipe_journal(self._engine)
        return gone

    def _delete_files(self) -> None:
        """Files that were let go, today or on a day that was cut short; and what a killed process left half written."""
        with transaction(self._engine) as session:
            names = [sha256 for sha256 in unwanted(session) if self._files.has(sha256)]
        for sha256 in names:
            with transaction(self._engine) as session:
                delete_unwanted(session, self._files, sha256)
            time.sleep(BREATH)
        left = self._files.clear_unfinished(self._clock.now() - timedelta(days=1))
        if names or left:
            log.info("deleted files=%s unfinished=%s", len(names), left)

    def _kinds(self) -> Iterator[tuple[str, datetime | None]]:
        now = self._clock.now()
        return ((kind, begins(months, now)) for kind, months in asdict(self._periods).items())

    def _let_go(self, kind: str, before: datetime) -> int:
        gone = 0
        while some := self._let_go_some(kind, before):
            gone += some
            time.sleep(BREATH)
        if gone:
            log.info("let go kind=%s count=%s before=%s", kind, gone, day_of(before))
        return gone

    def _let_go_some(self, kind: str, before: datetime) -> int:
        with transaction(self._engine) as session:
            return let_go_some(Leaving(session, before, self._clock.now(), self._by), kind)
