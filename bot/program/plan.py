"""`nhacviec plan`: load plans, see them, say what their deadlines mean and when their events happened."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import col

from bot.commands import copy_plan, editions, plan_files, withdraw_plan
from bot.commands.load_plan import in_short, put_in_force, read_back, take_in
from bot.commands.meanings import set_event, set_meaning
from bot.program.days import read_day, read_years
from bot.program.desk import desk
from bot.program.terminal import BAD_USAGE, leave, say, say_json
from bot.turn import Turn
from data.doubts import open_doubts
from data.events import happened
from data.obligations import items
from data.plan_files import files_of
from data.plans import SourceFile, confirmed_plans, deadline_of, drafts, duties_of, units_of_duty
from data.questions import draft_duties
from data.tables import Duty, Occurrence, Plan, PlanState
from duties.errors import NotFound
from duties.intents import CopyPlan, RecordEvent, RestorePlan, WithdrawPlan
from duties.plan import Role
from duties.wording import plans as wording
from duties.wording.editions import changes, compared, in_full
from duties.wording.entries import shortened

plan = typer.Typer(help="Kế hoạch: nạp, xem, ghi lại thời hạn và sự kiện.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]
PlanId = Annotated[int, typer.Argument(metavar="KẾ_HOẠCH", help="Số thứ tự của kế hoạch, xem `plan list`.")]
Nth = Annotated[
    int | None,
    typer.Option("--nth", metavar="N", min=1, help="Nhiệm vụ thứ mấy, khi nhiều nhiệm vụ cùng số."),
]
Code = Annotated[str, typer.Argument(metavar="SỐ", help="Số của nhiệm vụ như trong kế hoạch, ví dụ 1.3.")]


@plan.command()
def add(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="TỆP", help="Tệp kế hoạch, rồi các tệp phụ lục của nó.")
    ],
    year: Annotated[
        str | None, typer.Option("--year", metavar="NĂM", help="Năm hoặc giai đoạn: 2026, 2026-2030.")
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Xác nhận luôn, không chờ xem lại.")] = False,
) -> None:
    """Nạp một kế hoạch; chưa có hiệu lực cho đến khi xác nhận."""
    (source, *annexes), years = map(_source, files), read_years(year)
    with desk(context) as turn:
        found, is_new = take_in(turn, source, years, annexes)
        missing = [] if is_new else [each for each in annexes if each not in files_of(turn.session, found)]
        if missing and found.state is PlanState.DRAFT:
            found = plan_files.join_further(turn, found, missing)
        say(read_back(turn, found, is_new=is_new))
        if confirm and found.state is PlanState.DRAFT:
            typer.echo()
            say([put_in_force(turn, found)])


@plan.command()
def diff(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp kế hoạch điều chỉnh.")],
    of: Annotated[
        str, typer.Option("--of", metavar="SỐ", help="Số của kế hoạch đang thực hiện, ví dụ 485.")
    ] = "",
    as_json: Json = False,
) -> None:
    """So một bản điều chỉnh với kế hoạch đang thực hiện; không lưu gì."""
    source = _source(file)
    with desk(context) as turn:
        with turn.session.begin_nested() as only_looking:
            edition = editions.looked_at(turn, take_in(turn, source, None)[0], of)
            only_looking.rollback()
        if as_json:
            say_json(in_full(edition))
        else:
            say([*compared(edition)[:1], *changes(edition)])


@plan.command()
def copy(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="SỐ", help="Số của kế hoạch, ví dụ 485.")],
    year: Annotated[int, typer.Option("--year", metavar="NĂM", help="Năm của kế hoạch mới.")],
) -> None:
    """Lập kế hoạch nháp cho năm khác từ một kế hoạch đã có; năm trong thời hạn được chuyển theo."""
    with desk(context) as turn:
        say(copy_plan.copy(turn, CopyPlan(number, year)))


Number = Annotated[str, typer.Argument(metavar="SỐ", help="Số của kế hoạch, ví dụ 485.")]


@plan.command()
def withdraw(
    context: typer.Context,
    number: Number,
    confirm: Annotated[bool, typer.Option("--confirm", help="Rút luôn, không chờ xem lại.")] = False,
) -> None:
    """Rút một kế hoạch đang thực hiện: thôi nhắc, thôi tính; điều đã báo cáo vẫn giữ."""
    with desk(context) as turn:
        say(withdraw_plan.withdraw(turn, WithdrawPlan(number, confirm)))


@plan.command()
def restore(context: typer.Context, number: Number) -> None:
    """Thực hiện tiếp một kế hoạch đã rút."""
    with desk(context) as turn:
        say(withdraw_plan.restore(turn, RestorePlan(number)))


def _source(file: Path) -> SourceFile:
    try:
        return SourceFile(file.name, file.read_bytes())
    except OSError as broken:
        leave(f"Không mở được tệp {file}: {broken.strerror}", BAD_USAGE)


@plan.command("list")
def list_plans(context: typer.Context, as_json: Json = False) -> None:
    """Các kế hoạch đang thực hiện và chờ xác nhận."""
    with desk(context) as turn:
        found = _plans(turn)
        if as_json:
            say_json([_in_short(turn, each) for each in found])
            return
        for each in found:
            state = "" if each.state is PlanState.CONFIRMED else " (chờ xác nhận)"
            typer.echo(f"{each.id}. {wording.plan_line(in_short(turn, each))}{state}")
        if not found:
            typer.echo("Chưa có kế hoạch nào; nạp bằng `nhacviec plan add TỆP`.")


def _plans(turn: Turn) -> list[Plan]:
    return [*confirmed_plans(turn.session, turn.agency_id), *drafts(turn.session, turn.agency_id)]


def _in_short(turn: Turn, found: Plan) -> dict[str, Any]:
    short = in_short(turn, found)
    return {
        "id": found.id,
        "number": found.number,
        "title": found.title,
        "years": short.years,
        "state": found.state.value,
        "issued": found.issued,
        "signer": found.signer,
        "file": found.source_name,
        "edition_of": found.edition_of_id,
        "confirmed_on": short.confirmed_on,
        "duties": short.duties,
        "open": short.open,
    }


@plan.command()
def show(context: typer.Context, plan_id: PlanId, as_json: Json = False) -> None:
    """Một kế hoạch: từng nhiệm vụ, thời hạn ghi và thời hạn hiểu, các phần việc."""
    with desk(context) as turn:
        found = _plan(turn, plan_id)
        duties = [_duty(turn, each) for each in duties_of(turn.session, plan_id)]
        if as_json:
            say_json({**_in_short(turn, found), **_asked(turn, found), "duties": duties})
            return
        typer.echo(f"{found.id}. {wording.plan_line(in_short(turn, found))}")
        for each in duties:
            _show_duty(each)


def _asked(turn: Turn, found: Plan) -> dict[str, Any]:
    """What waits for the office's word, what was left out, and the files it was read from."""
    return {
        "doubts": [asdict(doubt) for doubt in open_doubts(turn.session, found)],
        "left_out": found.notes.get("left_out", []),
        "files": [file.name for file in files_of(turn.session, found)],
    }


def _plan(turn: Turn, plan_id: int) -> Plan:
    found = turn.session.get(Plan, plan_id)
    if found is None or found.agency_id != turn.agency_id or found.state is PlanState.WITHDRAWN:
        raise NotFound(f"Không có kế hoạch số thứ tự {plan_id}; xem `nhacviec plan list`.")
    return found


def _duty(turn: Turn, duty: Duty) -> dict[str, Any]:
    deadline = deadline_of(duty).as_plain()
    named = units_of_duty(turn.session, duty.id or 0)
    return {
        "code": duty.code,
        "content": duty.content,
        "group": duty.heading,
        "forms": duty.forms,
        "deliverables": duty.deliverables,
        "kind": duty.kind.value,
        "to": duty.receiver,
        "notes": duty.notes,
        "needs_evidence": duty.needs_evidence,
        "leads": [each.printed for each in named if each.role is Role.LEAD],
        "partners": [each.printed for each in named if each.role is Role.PARTNER],
        "parts": [
            {"unit": each.printed, "role": each.role.value, "bullets": each.bullets}
            for each in named
            if each.bullets
        ],
        "phrase": duty.phrase,
        "set_to": deadline["phrase"] if deadline["phrase"] != duty.phrase else "",
        "reading": duty.reading.value,
        "says": duty.says,
        "due": deadline["due"],
        "events": [each.day for each in happened(turn.session, duty.id or 0)],
        "obligations": _obligations(turn, duty),
    }


def _obligations(turn: Turn, duty: Duty) -> list[dict[str, Any]]:
    owed = items(turn.session, col(Occurrence.duty_id) == duty.id)
    return [
        {
            "code": item.obligation.short_code,
            "unit": item.unit.name,
            "due": item.obligation.due,
            "window": item.occurrence.window,
            "open": item.obligation.is_open,
        }
        for item in owed
    ]


def _show_duty(duty: dict[str, Any]) -> None:
    typer.echo(f"\n{duty['code']} {duty['content']}")
    set_to = f"; Văn phòng hiểu là “{duty['set_to']}”" if duty["set_to"] else ""
    typer.echo(f"  Thời hạn ghi “{duty['phrase']}”{set_to}: {duty['says']}")
    for each in duty["obligations"]:
        until = f"hạn {each['due']:%d/%m/%Y}" if each["due"] else f"kỳ {each['window']}"
        typer.echo(f"  #{each['code']} {each['unit']}, {until}{'' if each['open'] else ', đã xong'}")


@plan.command("set-deadline")
def set_deadline(
    context: typer.Context,
    plan_id: PlanId,
    code: Code,
    phrase: Annotated[
        str, typer.Argument(metavar="THỜI_HẠN", help="Ví dụ “20/6” hoặc “ngày 10 tháng đầu quý sau”.")
    ],
    nth: Nth = None,
) -> None:
    """Ghi thời hạn của một nhiệm vụ nghĩa là gì; lời văn của kế hoạch vẫn giữ."""
    with desk(context) as turn:
        say([set_meaning(turn, _duty_of(turn, plan_id, code, nth), phrase)])


@plan.command()
def event(
    context: typer.Context,
    plan_id: PlanId,
    code: Code,
    day: Annotated[str, typer.Argument(metavar="NGÀY", help="Ngày xảy ra: 2026-04-12 hoặc 12/4/2026.")],
    due: Annotated[
        str | None, typer.Option("--due", metavar="NGÀY", help="Hạn, khi kế hoạch không nêu số ngày.")
    ] = None,
    instead_of: Annotated[
        str | None, typer.Option("--instead-of", metavar="NGÀY", help="Ngày đã ghi nhầm trước đó.")
    ] = None,
    nth: Nth = None,
) -> None:
    """Ghi ngày xảy ra sự kiện mà nhiệm vụ tính hạn từ đó."""
    until, wrong = (read_day(each) if each else None for each in (due, instead_of))
    said = RecordEvent((), read_day(day), until, wrong)
    with desk(context) as turn:
        say([set_event(turn, _duty_of(turn, plan_id, code, nth), said)])


def _duty_of(turn: Turn, plan_id: int, code: str, nth: int | None) -> Duty:
    """The duty of that code; codes repeat in some plans, and then the number in their order decides."""
    _plan(turn, plan_id)
    found = draft_duties(turn.session, plan_id, code)
    if nth is not None:
        found = found[nth - 1 : nth]
    if not found:
        raise NotFound(f"Kế hoạch {plan_id} không có nhiệm vụ {code}; xem `nhacviec plan show {plan_id}`.")
    if len(found) > 1:
        listed = "; ".join(f"{n}) {shortened(each.content, 60)}" for n, each in enumerate(found, start=1))
        raise NotFound(f"Có {len(found)} nhiệm vụ cùng số {code}: {listed}. Xin thêm --nth.")
    return found[0]
