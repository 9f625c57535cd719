"""`nhacviec preview`: what will be sent to whom in the coming days."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands.preview import DAYS, coming, show_preview
from bot.program.desk import desk
from bot.program.terminal import say, say_json


def preview(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", metavar="SỐ_NGÀY", min=1, max=366)] = DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Những tin sẽ gửi trong các ngày tới, nếu không có gì thay đổi."""
    with desk(context) as turn:
        if as_json:
            say_json([asdict(each) for each in coming(turn, days)])
        else:
            say(show_preview(turn, days))
