"""`nhacviec retention`: what was kept long enough, shown, or let go at once."""

from pathlib import Path
from typing import Annotated

import typer

from bot.program.keeping import OTHER_RELEASE, database, one_line_when_refused, settings
from bot.program.terminal import NOT_DONE, leave, say_json, who
from data.engine import is_at_head, transaction
from data.keeping.snapshot import schema_of, snapshot
from duties.wording import keeping as wording
from scheduler.clock import Clock, WallClock
from scheduler.upkeep import Upkeep


def retention(
    context: typer.Context,
    confirm: Annotated[bool, typer.Option("--confirm", help="Xóa thật; không có thì chỉ xem.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Xem dữ liệu đã hết thời hạn giữ (NHACVIEC_KEEP_…), hoặc xóa ngay."""
    of, clock = settings(), _clock(context)
    with one_line_when_refused(Path(of.database_url)), database(of) as engine:
        with snapshot(engine) as moment:
            schema_of(moment)
        with transaction(engine) as session:
            if not is_at_head(session):
                leave(OTHER_RELEASE, NOT_DONE)
        upkeep = Upkeep(engine, of.files, clock, of.periods, who())
        found = upkeep.old()
        gone = upkeep.let_go() if confirm else 0
    if as_json:
        kinds = [{"kind": each.kind, "before": each.before, "count": each.count} for each in found]
        say_json({"kinds": kinds, "let_go": gone})
        return
    typer.echo("\n".join(wording.due(each.kind, each.before, each.count) for each in found))
    typer.echo(wording.let_go(gone) if confirm else wording.HOW_TO_CONFIRM)


def _clock(context: typer.Context) -> Clock:
    clock: Clock = context.obj or WallClock()
    return clock
