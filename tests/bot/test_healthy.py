"""The sign of life of a process, and the command that Docker calls to look at it."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from bot.healthy import FRESH_FOR, SignOfLife, what_is_wrong
from bot.site import free_port
from scheduler.clock import WallClock


@pytest.fixture
def sign(tmp_path: Path) -> Path:
    """What a process wrote just now."""
    path = tmp_path / "alive"
    asyncio.run(SignOfLife(path).give())
    return path


def looked(path: Path | str) -> Result:
    return CliRunner().invoke(program, ["healthy"], env={"NHACVIEC_ALIVE_FILE": str(path)})


def test_a_process_at_work_is_well(sign: Path) -> None:
    assert looked(sign).exit_code == 0


def test_a_process_that_hangs_is_not(sign: Path) -> None:
    long_ago = WallClock().now() - FRESH_FOR - timedelta(seconds=1)
    os.utime(sign, (long_ago.timestamp(), long_ago.timestamp()))
    result = looked(sign)
    assert (result.exit_code, "đã treo" in result.stderr) == (1, True)


def test_a_process_that_ended_is_not(sign: Path) -> None:
    SignOfLife(sign).end()
    result = looked(sign)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_without_the_setting_the_setting_is_named() -> None:
    assert "NHACVIEC_ALIVE_FILE" in looked("").stderr


def test_a_page_that_does_not_answer_is_not_well(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port('127.0.0.1', 0)}/healthz"
    asyncio.run(SignOfLife(tmp_path / "alive", address).give())
    assert address in what_is_wrong(tmp_path / "alive", WallClock().now())
