"""`nhacviec summary`: the numbers of a window, for people or for a program, and its documents as files."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.asked_window import read_asked
from bot.commands.summary import count, told
from bot.program.desk import desk
from bot.program.summary_files import check, write_all
from bot.program.terminal import say, say_json
from data.report_forms import form_of
from data.reports import report_of
from duties.facts import Fact
from duties.freeze import Frozen
from duties.intents import Document
from duties.summary import Compared, Counts, Summary


def summary(
    context: typer.Context,
    window: Annotated[
        str,
        typer.Option("--window", metavar="KỲ", help="“quý 2”, “6 tháng”, “năm 2026”, “tháng 5”, “quý 2 dương lịch”, “từ 15/3 đến 14/6”, có thể kèm tên đơn vị, “kế hoạch 485”, “nhóm …”; để trống: kỳ đang tới."),
    ] = "",
    docx: Annotated[Path | None, typer.Option("--docx", metavar="TỆP", help="Ghi báo cáo Word.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="TỆP", help="Ghi bảng Excel.")] = None,
    png: Annotated[Path | None, typer.Option("--png", metavar="TỆP", help="Ghi biểu đồ.")] = None,
    pack: Annotated[Path | None, typer.Option("--zip", metavar="TỆP", help="Ghi bộ minh chứng.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:  # fmt: skip
    """Tổng hợp số liệu của một kỳ báo cáo; soạn Word, Excel, biểu đồ, bộ minh chứng ra tệp."""
    asked_for = {Document.WORD: docx, Document.EXCEL: xlsx, Document.PICTURE: png, Document.EVIDENCE: pack}
    wanted = {document: path for document, path in asked_for.items() if path is not None}
    for path in wanted.values():
        check(path)
    with desk(context) as turn:
        asked = read_asked(turn, window)
        found = count(turn, asked)
        if as_json:
            say_json({"of": asked.whose, **as_values(found)})
        else:
            say([told(turn, asked, found)])
        if not wanted:
            return
        report = report_of(
            turn.session, turn.agency, turn.office, asked.window, turn.today, asked.scope, asked.of
        )
        form, files = form_of(turn.session, turn.agency_id), turn.files
    # the transaction is over: others write while a long document is being written
    write_all(report, form.source if form else None, files, wanted)


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
        "not_applicable": [_fact(fact) for fact in found.not_applicable],
        "extended": [_fact(fact) for fact in found.extended],
        "returned": [_fact(fact) for fact in found.returned],
        "quantities": dict(found.quantities),
        "by_group": [
            {
                "plan": line.plan,
                "group": line.group,
                "occurrences": _counts(line.occurrences),
                "quantities": dict(line.quantities),
            }
            for line in found.by_group
        ],
        "before": _before(found.before),
        "frozen": _frozen(found.frozen),
    }


def _before(before: Compared | None) -> dict[str, Any] | None:
    if before is None:
        return None
    counts = {"occurrences": _counts(before.occurrences), "obligations": _counts(before.obligations)}
    return {"window": before.window.key, **counts}


def _frozen(frozen: Frozen | None) -> dict[str, Any] | None:
    if frozen is None:
        return None
    changes = [{**_fact(change.about), "was": change.then and change.then.value} for change in frozen.changes]
    return {"at": frozen.at, "by": frozen.by, "changes": changes}


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        **asdict(counts),
        "done": counts.done,
        "total": counts.total,
        "rate": counts.rate,
        "on_time_rate": counts.on_time_rate,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "unit": fact.unit,
        "code": fact.code,
        "content": fact.content,
        "short_code": fact.short_code,
        "first_due": fact.original_last_day,
        "due": fact.due,
        "value": fact.value.value if fact.value else None,
        "done_on": fact.done_on,
        "obstacle": fact.obstacle,
    }
