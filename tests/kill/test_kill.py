"""The short siege: killed again and again, nothing is lost, and twice comes only what was on its way."""

import asyncio
from pathlib import Path

from tests.kill.__main__ import fresh_database
from tests.kill.siege import Siege


def broken_promises(url: str, folder: Path, processes: int, rounds: int) -> list[str]:
    verdict = asyncio.run(Siege(url, folder, processes, seed=20220228).run(rounds))
    assert verdict.kills >= rounds
    return verdict.broken


def test_one_process_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    assert broken_promises(url, tmp_path, processes=1, rounds=3) == []


def test_two_processes_on_postgresql(tmp_path: Path, postgresql: str) -> None:
    assert broken_promises(fresh_database(postgresql), tmp_path, processes=2, rounds=3) == []
