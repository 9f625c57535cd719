"""Fifty units answer at once while 3,000 letters go out and plans are read: how long they wait, and what memory it takes."""

import argparse
import asyncio
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.planning import postgresql
from tests.load.people import Uttered
from tests.load.storm import Result, Storm, rage
from tests.load.verdict import Waits

SLOW = ("đọc",)


def main(words: Sequence[str] = ()) -> None:
    """`python -m benchmarks load --minutes 2 --on sqlite`."""
    asked = _asked(words)
    storm = Storm(
        minutes=asked.minutes, letters=asked.letters, reads_for=asked.reads_for, thinks_for=asked.thinks_for
    )
    for name in asked.on:
        workers = 1 if name == "postgresql" else 0
        with _folder(asked.keep) as folder, _database(name, folder) as url:
            _tell(name, asyncio.run(rage(replace(storm, workers=workers), url, folder)))


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks load")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--letters", type=int, default=3000)
    parser.add_argument("--reads-for", type=float, default=1.0, help="0: some write while a message arrives")
    parser.add_argument("--thinks-for", type=float, default=4.0)
    parser.add_argument("--keep", type=Path, help="a folder that stays afterwards")
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    return parser.parse_args(words)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """That one, to be looked at afterwards; or one that is gone then."""
    if keep is not None:
        keep.mkdir(parents=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="nhacviec-load-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{folder / 'office.db'}"
        return
    with postgresql() as url:
        yield url


def _tell(name: str, result: Result) -> None:
    console = Console()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    console.print(f"{name}: ready in {result.started_in:.1f} s; load {load}; {result.backup.strip()}")
    console.print(_waits(result.said, result.waited))
    console.print(f"letters {result.letters:,}, refused with 429: {result.refused}")
    for each, program in result.programs.items():
        memory, troubles = program.memory, program.troubles
        third = len(memory) // 3 or 1
        console.print(
            f"{each}: memory {memory[0]:.0f} MB at first, {max(memory):.0f} at the most; middle third "
            f"{sum(memory[third : 2 * third]) / third:.0f}, last third {sum(memory[-third:]) / third:.0f}; "
            f"{len(troubles)} lines of trouble"
        )
        for line in troubles[:20]:
            console.print(f"  {line}", markup=False, soft_wrap=True)
    console.print(f"{len(result.broken)} promises broken")
    for line in result.broken[:40]:
        console.print(f"  {line}", markup=False, soft_wrap=True)


def _waits(said: Sequence[Uttered], waited: Mapping[str, float]) -> Table:
    by_kind = defaultdict[str, list[float]](list)
    for each in said:
        if each.key in waited:
            by_kind[each.what].append(waited[each.key])
            if not each.what.startswith(SLOW):
                by_kind["all but reading plans"].append(waited[each.key])
    table = Table()
    for heading in ("", "count", "p50", "p95", "max"):
        table.add_column(heading, justify="right" if heading else "left")
    for what in sorted(name for name, waits in by_kind.items() if len(waits) > 1):
        waits = Waits.of(by_kind[what])
        seconds = (waits.p50, waits.p95, waits.longest)
        table.add_row(what, str(waits.count), *(f"{each:.2f} s" for each in seconds))
    return table
