"""`nhacviec summary`: the numbers of a window, for people or for a program."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.asked_window import read_asked
from bot.commands.summary import count, told
from bot.program.desk import desk
from bot.program.terminal import say, say_json
from duties.facts import Fact
from duties.summary import Counts, Summary


def summary(
    context: typer.Context,
    window: Annotated[
        str,
        typer.Option("--window", metavar="KỲ", help="“quý 2”, “6 tháng”, “năm 2026”, “tháng 5”, “từ 15/3 đến 14/6”, có thể kèm tên đơn vị; để trống: kỳ đang tới."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:  # fmt: skip
    """Tổng hợp số liệu của một kỳ báo cáo."""
    with desk(context) as turn:
        asked = read_asked(turn, window)
        found = count(turn, asked)
        if as_json:
            say_json({"of": asked.whose, **as_values(found)})
        else:
            say([told(turn, asked, found)])


def as_values(found: Summary) -> dict[str, Any]:
    """A summary as plain values for JSON."""
    return {
        "window": {
            "key": found.window.key,
            "name": found.window.name,
            "start": found.window.span.start,
            "end": found.window.span.end,
            "cut_off": found.window.cut_off,
        },
        "as_of": found.as_of,
        "occurrences": _counts(found.occurrences),
        "obligations": _counts(found.obligations),
        "by_unit": [{**asdict(line), "counts": _counts(line.counts)} for line in found.by_unit],
        "ongoing": {"reported": found.ongoing_reported, "total": found.ongoing_total},
        "overdue": [_fact(fact) for fact in found.overdue],
        "obstacles": [_fact(fact) for fact in found.obstacles],
        "carried_over": [_fact(fact) for fact in found.carried_over],
        "coming": [_fact(fact) for fact in found.coming],
        "not_applicable": len(found.not_applicable),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {**asdict(counts), "done": counts.done, "total": counts.total, "rate": counts.rate}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "unit": fact.unit,
        "code": fact.code,
        "content": fact.content,
        "due": fact.due,
        "value": fact.value.value if fact.value else None,
        "done_on": fact.done_on,
        "obstacle": fact.obstacle,
    }
