"""A short load: while units answer, letters go out and a plan is read, nothing is lost, doubled or out of order."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

from tests.kill.__main__ import fresh_database
from tests.load.storm import Result, Storm, rage

STORM = Storm(
    units=12, letters=150, minutes=0.1, reads_for=0.5, thinks_for=1.0, asks_every=3.0, plans_every=60.0
)
# the platform said how long to wait, and it was waited
TOLD_TO_WAIT = re.compile(r"WARNING scheduler\.records: letter=\d+ wait: Telegram yêu cầu chờ\b")
SENT = "INFO scheduler.delivery: sent letter="
PARTS = {
    "answers",
    "answers with a file",
    "a plan read",
    "a letter to all",
    "one sender",
    "answers in the backup",
}


def troubles(result: Result) -> list[str]:
    """What was promised and not kept, and what the processes complained of."""
    logged = [line for program in result.programs.values() for line in program.troubles]
    return [*result.broken, *(line for line in logged if not TOLD_TO_WAIT.search(line))]


def seen(result: Result) -> set[str]:
    """Of the parts of a load those that there were: where nothing happens, nothing is lost."""
    parts = {
        "answers": any(each.records for each in result.said),
        "answers with a file": any(each.has_file for each in result.said),
        "a plan read": any(each.what == "đọc .pdf" for each in result.said),
        "a letter to all": result.letters - len(result.said) >= STORM.letters,
        "one sender": [SENT in each.log.read_text("utf-8") for each in result.programs.values()].count(True)
        == 1,
        "answers in the backup": result.backed_up > 0,
    }
    return {part for part, there_was in parts.items() if there_was}


def test_one_process_on_sqlite(tmp_path: Path) -> None:
    result = asyncio.run(rage(STORM, f"sqlite:///{tmp_path / 'office.db'}", tmp_path))
    assert (troubles(result), seen(result)) == ([], PARTS)


def test_run_and_a_worker_on_postgresql(tmp_path: Path, postgresql: str) -> None:
    storm = replace(STORM, workers=1)
    result = asyncio.run(rage(storm, fresh_database(postgresql, "load"), tmp_path))
    assert (troubles(result), seen(result)) == ([], PARTS)
