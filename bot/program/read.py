"""`nhacviec read`: read plans without storing; duties, units, dates, doubts, and what was left out and why."""

import json
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from bot.program.days import read_years
from bot.program.terminal import BAD_USAGE, NOT_DONE, leave
from documents.reading import read_file
from duties.errors import NothingUnderstood, UnreadablePlan
from duties.intake import read_plan
from duties.papers import Document, join
from duties.plan import Doubt, DraftDuty, DraftPlan, DutyKind, LeftOut, Part, PlanHead, Source

_LONG_WORK = 2_000_000


def read(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="TỆP", help="Tệp kế hoạch; nhiều tệp (kế hoạch, phụ lục) được đọc như một."),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="NĂM", help="Năm hoặc giai đoạn: 2026, 2026-2030.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Đọc thử kế hoạch, không lưu: nhiệm vụ, đơn vị, thời hạn, điều cần hỏi, dòng bỏ qua và lý do."""
    if not files:
        leave("Chưa có tệp nào; xin ghi: nhacviec read TỆP…", BAD_USAGE)
    try:
        draft = read_plan(_document(files), years=read_years(year))
    except UnreadablePlan as refused:
        leave(str(refused), BAD_USAGE)
    _print_json(draft) if as_json else _show(draft)
    if not draft.duties:
        leave(str(NothingUnderstood()), NOT_DONE)


def _print_json(draft: DraftPlan) -> None:
    typer.echo(json.dumps(as_values(draft), ensure_ascii=False, indent=1))


def _document(files: list[Path]) -> Document:
    """The files as one plan; progress is shown only when there is much to read."""
    if sum(path.stat().st_size for path in files if path.is_file()) < _LONG_WORK:
        return join([read_file(path) for path in files])
    shown = track(files, "Đang đọc", console=Console(stderr=True), transient=True)
    return join([read_file(path) for path in shown])


# --- for programs


def as_values(draft: DraftPlan) -> dict[str, Any]:
    """A draft as plain values for JSON."""
    return {
        "plan": _head(draft.head),
        "duties": [_duty(duty) for duty in draft.duties],
        "doubts": [_doubt(doubt) for doubt in draft.doubts],
        "left_out": [_left_out(left) for left in draft.left_out],
    }


def _head(head: PlanHead) -> dict[str, Any]:
    years = head.years
    return {
        "number": head.number,
        "title": head.title,
        "agency": head.agency,
        "year": years.first if years and years.is_single else None,
        "period": [years.first, years.last] if years and not years.is_single else None,
        "issued": head.issued.isoformat() if head.issued else None,
        "signer": head.signer,
    }


def _duty(duty: DraftDuty) -> dict[str, Any]:
    deadline = duty.deadline.as_plain()
    return {
        "code": duty.code,
        "group": duty.group,
        "content": duty.content,
        "forms": list(duty.forms),
        "deliverables": list(duty.deliverables),
        "leads": list(duty.leads),
        "partners": list(duty.partners),
        "parts": [_part(part) for part in duty.parts],
        "matched": duty.matched,
        **{name: deadline[name] for name in ("phrase", "reading", "also", "due")},
        "kind": duty.kind.value,
        "to": duty.to,
        "source": _source(duty.source),
    }


def _part(part: Part) -> dict[str, Any]:
    return {"unit": part.unit, "role": part.role.value, "bullets": list(part.bullets)}


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    places = {
        "file": source.file,
        "page": source.page,
        "sheet": source.sheet,
        "table": source.table,
        "row": source.row,
    }
    return {name: place for name, place in places.items() if place is not None}


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {"source": _source(doubt.source), "about": doubt.about, "text": doubt.text}


def _left_out(left: LeftOut) -> dict[str, Any]:
    return {"source": _source(left.source), "text": left.text, "why": left.why}


# --- for people


def _show(draft: DraftPlan) -> None:
    console = Console()
    _show_head(console, draft)
    for group, duties in groupby(draft.duties, key=lambda duty: duty.group):
        _show_group(console, group, list(duties))
    _show_lines(console, "Cần hỏi lại", [f"{_about(doubt)}: {doubt.text}" for doubt in draft.doubts])
    _show_lines(
        console, "Bỏ qua", [f"{left.source}: {_short(left.text)} ({left.why})" for left in draft.left_out]
    )


def _show_head(console: Console, draft: DraftPlan) -> None:
    head = draft.head
    known = (
        f"Số {head.number}" if head.number else "",
        f"ngày {head.issued:%d/%m/%Y}" if head.issued else "",
        f"năm {head.years}" if head.years else "",
        f"người ký: {head.signer}" if head.signer else "",
    )
    console.print(f"[bold]{escape(head.title or 'Kế hoạch chưa rõ tên')}[/bold]")
    console.print(escape(" · ".join(part for part in (head.agency, *known) if part)))
    counts = (
        f"{len(draft.duties)} nhiệm vụ, {len(draft.doubts)} điều cần hỏi, bỏ qua {len(draft.left_out)} dòng"
    )
    console.print(f"[dim]{counts}[/dim]\n")


def _show_group(console: Console, group: str, duties: list[DraftDuty]) -> None:
    table = Table(title=escape(group) or None, title_justify="left", title_style="bold", expand=True)
    table.add_column("Mã", no_wrap=True)
    table.add_column("Nhiệm vụ", ratio=5)
    table.add_column("Chủ trì", ratio=3)
    table.add_column("Phối hợp", ratio=2)
    table.add_column("Thời hạn", ratio=3)
    for duty in duties:
        units = ("\n".join(duty.leads), "\n".join(duty.partners))
        table.add_row(*map(escape, (duty.code, _what(duty), *units)), _when(duty))
    console.print(table)


def _what(duty: DraftDuty) -> str:
    to = f" → {duty.to}" if duty.to else ""
    return f"Báo cáo{to}: {_short(duty.content)}" if duty.kind is DutyKind.REPORT else _short(duty.content)


def _when(duty: DraftDuty) -> str:
    return f"{escape(duty.deadline.phrase) or '(trống)'}\n[dim]{escape(duty.deadline.says)}[/dim]"


def _show_lines(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"\n[bold]{title}[/bold] ({len(lines)})")
    for line in lines:
        console.print(f"  - {escape(line)}")


def _about(doubt: Doubt) -> str:
    return "Kế hoạch" if doubt.about == "plan" else f"Việc {doubt.about}"


def _short(text: str, longest: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rsplit(' ', 1)[0]}…"
