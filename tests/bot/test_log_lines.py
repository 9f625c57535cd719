"""How log lines look, for people and for programs; what came from outside makes no line of its own."""

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest

from bot.log_lines import JsonLines, LogFormat, TextLines, keep_log
from bot.secrecy import hide_secrets
from scheduler.clock import WallClock
from scheduler.doing import doing, what_is_done
from scheduler.timetable import Guard, Job

log = logging.getLogger("scheduler.delivery")


@pytest.fixture
def as_written() -> Iterator[Callable[[logging.Formatter], io.StringIO]]:
    """Has the log written by a formatter, with the last net beneath."""
    before, level, handlers = logging.getLogRecordFactory(), log.level, []

    def begin(lines: logging.Formatter) -> io.StringIO:
        written = io.StringIO()
        handlers.append(logging.StreamHandler(written))
        handlers[-1].setFormatter(lines)
        log.addHandler(handlers[-1])
        log.setLevel("DEBUG")
        hide_secrets()
        return written

    yield begin
    for handler in handlers:
        log.removeHandler(handler)
    log.setLevel(level)
    logging.setLogRecordFactory(before)


@pytest.fixture
def text(as_written: Callable[[logging.Formatter], io.StringIO]) -> io.StringIO:
    return as_written(TextLines())


@pytest.fixture
def objects(as_written: Callable[[logging.Formatter], io.StringIO]) -> io.StringIO:
    return as_written(JsonLines())


def test_a_line_for_people_ends_with_what_was_being_done(text: io.StringIO) -> None:
    with doing(beat="deliver-7"):
        log.info("sent letter=%s channel=%s", 12, "zalo")
    assert text.getvalue().endswith("INFO scheduler.delivery: sent letter=12 channel=zalo [beat=deliver-7]\n")


def test_a_line_for_programs_has_a_field_for_each_value(objects: io.StringIO) -> None:
    with doing(request="0123abcd"):
        log.info("sent letter=%s channel=%s in %.1fs", 12, "zalo", 0.3)
    said = json.loads(objects.getvalue())
    assert said.pop("time").endswith("+07:00")
    assert said == {
        "level": "INFO",
        "logger": "scheduler.delivery",
        "message": "sent letter=12 channel=zalo in 0.3s",
        "request": "0123abcd",
        "letter": 12,
        "channel": "zalo",
    }


def test_an_exception_is_a_field(objects: io.StringIO) -> None:
    try:
        raise ValueError("không đọc được")
    except ValueError:
        log.exception("not handled inbox=%s", 7)
    [line] = objects.getvalue().splitlines()
    assert json.loads(line)["exception"].endswith("ValueError: không đọc được")


def test_what_came_from_outside_adds_no_field(objects: io.StringIO) -> None:
    log.warning("forged button chat=%s", "5 level=INFO letter=99")
    said = json.loads(objects.getvalue())
    assert (said["level"], said["chat"], "letter" in said) == ("WARNING", "5 level=INFO letter=99", False)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\u2028", "\x85", "\x0b"])
def test_what_came_from_outside_begins_no_line(text: io.StringIO, line_end: str) -> None:
    log.warning("forged button chat=%s", f"5{line_end}2026-06-30 08:00:00,000 INFO bot: all is well")
    assert len(text.getvalue().splitlines()) == 1


def test_what_came_from_outside_does_not_paint_the_terminal(text: io.StringIO) -> None:
    log.warning("forged button chat=%s", "\x1b[2J\x1b]0;tên\x07")
    assert "chat=\\x1b[2J\\x1b]0;tên\\x07" in text.getvalue()


def test_a_traceback_s_lines_are_set_in(text: io.StringIO) -> None:
    try:
        raise ValueError("a\n2026-06-30 08:00:00,000 INFO bot: all is well\x1b[2J")
    except ValueError:
        log.exception("failed")
    first, *beneath = text.getvalue().splitlines()
    assert first.endswith("failed")
    assert all(line.startswith("    ") for line in beneath)
    assert "\x1b" not in text.getvalue()


def test_a_value_that_is_hidden_leaves_the_others_their_names(objects: io.StringIO) -> None:
    log.info("asked bot=%s address=%s", 7, "https://x/bot7100000001:AAE-a_token_that_nobody_may_see/getMe")
    said = json.loads(objects.getvalue())
    assert (said["bot"], said["address"]) == (7, "https://x/bot[token]/getMe")


def test_threads_know_what_is_being_done() -> None:
    async def in_a_thread() -> str:
        with doing(request="0123abcd"):
            return await asyncio.to_thread(lambda: what_is_done()["request"])

    assert asyncio.run(in_a_thread()) == "0123abcd"


def test_after_the_block_nothing_is_being_done() -> None:
    with doing(inbox=7), doing(channel="web"):
        assert dict(what_is_done()) == {"inbox": "7", "channel": "web"}
    assert not what_is_done()


def test_every_beat_has_a_number_of_its_own() -> None:
    seen: list[str] = []

    async def note() -> None:
        seen.append(what_is_done()["beat"])

    async def twice() -> None:
        guard = Guard(Job("tick", note, 20))
        await guard.run()
        await guard.run()

    asyncio.run(twice())
    assert seen == ["tick-1", "tick-2"]


def test_every_line_of_the_process_is_written_so(capsys: pytest.CaptureFixture[str]) -> None:
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    handlers, level = root.handlers[:], root.level
    try:
        keep_log("INFO", LogFormat.JSON, ["mat-khau-rieng"])
        logging.getLogger("uvicorn.error").error("%s at %s", "mat-khau-rieng", WallClock().now().year)
        [line] = capsys.readouterr().err.splitlines()
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.setLogRecordFactory(factory)
    assert json.loads(line)["message"].startswith("[token] at 20")
