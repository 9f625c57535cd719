"""`nhacviec deadlines`: phrases on standard input, one a line → what each means."""

import json
from typing import Annotated

import typer

from bot.program.days import read_years
from duties.grammar import read_deadline


def deadlines(
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="NĂM", help="Năm hoặc giai đoạn của kế hoạch: 2026, 2026-2030."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi cụm từ một dòng JSON.")] = False,
) -> None:
    """Đọc thử thời hạn: mỗi dòng nhập vào là một cụm từ, như “trước ngày 15/3” hay “Quý II, IV”."""
    years = read_years(year)
    for line in typer.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        read = read_deadline(line.rstrip("\r\n"), years)
        typer.echo(
            json.dumps(read.as_plain(), ensure_ascii=False) if as_json else f"{read.phrase} → {read.says}"
        )
