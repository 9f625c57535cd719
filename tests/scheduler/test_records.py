"""What became of a letter is written down, even when the database is not there at once."""

import pytest
from sqlalchemy.exc import OperationalError

from scheduler import records
from scheduler.records import written_down

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _without_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "PAUSES", (0.0, 0.0))


class Database:
    """Is away for so many tries."""

    def __init__(self, away: int) -> None:
        self.away, self.recorded = away, 0

    def record(self) -> None:
        if self.away:
            self.away -= 1
            raise OperationalError("UPDATE letter", {}, OSError("server closed the connection"))
        self.recorded += 1


async def test_trouble_with_the_database_is_waited_out() -> None:
    database = Database(away=2)
    await written_down(database.record)
    assert database.recorded == 1


async def test_trouble_that_does_not_end_is_told() -> None:
    with pytest.raises(OperationalError):
        await written_down(Database(away=3).record)
