"""`nhacviec deadlines`: phrases on standard input, one a line → what each means."""

import json
import re
from typing import Annotated

import typer

from duties.deadline import Years
from duties.grammar import read_deadline

_YEARS = re.compile(r"\s*(20\d\d)(?:\s*[-–]\s*(20\d\d))?\s*")
_BAD_USAGE = 2


def deadlines(
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="NĂM", help="Năm hoặc giai đoạn của kế hoạch: 2026, 2026-2030."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi cụm từ một dòng JSON.")] = False,
) -> None:
    """Đọc thử thời hạn: mỗi dòng nhập vào là một cụm từ, như “trước ngày 15/3” hay “Quý II, IV”."""
    years = _years(year)
    for line in typer.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        read = read_deadline(line.rstrip("\r\n"), years)
        typer.echo(
            json.dumps(read.as_plain(), ensure_ascii=False) if as_json else f"{read.phrase} → {read.says}"
        )


def _years(text: str | None) -> Years | None:
    """“2026” or “2026-2030”; anything else ends the command with one line."""
    if text is None:
        return None
    found = _YEARS.fullmatch(text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        typer.echo(f"Chưa hiểu năm “{text}”; xin ghi như 2026 hoặc 2026-2030.", err=True)
        raise typer.Exit(_BAD_USAGE)
    return Years(first, last)
