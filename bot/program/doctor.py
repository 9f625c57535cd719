"""`nhacviec doctor`: looks at a whole installation, and says of each part how it is and what to do."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from bot.checkup.bots import check_bots
from bot.checkup.database import check_files, newest_beat, opened
from bot.checkup.finding import Finding, State, wrong
from bot.checkup.machine import check_clock, check_machine
from bot.checkup.office import check_office
from bot.checkup.web import check_web
from bot.program.terminal import NOT_DONE, say_json
from bot.secrecy import hide_secrets
from bot.settings import Settings, what_is_wrong
from data.engine import transaction
from scheduler.clock import Clock, WallClock

SIGNS = {State.WELL: "[green]✓[/]", State.DOUBTFUL: "[yellow]![/]", State.WRONG: "[red]✗[/]"}


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Khám cả hệ thống: cơ sở dữ liệu, giờ, tệp, bot, trang web, lịch nghỉ, tin nhắn; chỉ cách sửa."""
    hide_secrets()
    clock: Clock = context.obj or WallClock()
    findings = list(_look(clock))
    if as_json:
        say_json([asdict(each) for each in findings])
    else:
        _show(findings)
    if any(each.state is State.WRONG for each in findings):
        raise typer.Exit(NOT_DONE)


def _look(clock: Clock) -> Iterator[Finding]:
    try:
        settings = Settings()
    except ValidationError as faults:
        for fault in faults.errors(include_input=False):
            yield wrong(
                "Cấu hình",
                what_is_wrong(fault),
                "sửa .env hoặc biến môi trường; .env.example giải thích từng mục",
            )
        return
    yield from _look_at_database(settings, clock)
    yield from check_machine(settings)
    yield from asyncio.run(check_bots(settings))
    yield check_web(settings)


def _look_at_database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    with opened(settings) as (engine, finding):
        yield finding
        yield check_clock(clock.now(), newest_beat(engine) if engine else None)
        if engine is None:
            return
        yield from check_files(engine, settings.files)
        with transaction(engine) as session:
            found = list(check_office(session, clock.now()))
        yield from found


def _show(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for each in findings:
        console.print(f"{SIGNS[each.state]} [bold]{escape(each.about)}[/]: {escape(each.says)}")
        if each.todo:
            console.print(f"  → {escape(each.todo)}")
    states = [each.state for each in findings]
    console.print(
        f"\n{states.count(State.WELL)} ổn, {states.count(State.DOUBTFUL)} cần xem, {states.count(State.WRONG)} phải sửa."
    )
