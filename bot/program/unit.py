"""`nhacviec unit` and `nhacviec invite`: the units of the agency, and how their people come in."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from bot.commands import people, unit_changes
from bot.commands.rename_unit import rename as rename_unit
from bot.program.days import read_day
from bot.program.desk import desk
from bot.program.terminal import BAD_USAGE, leave, say, say_json
from bot.turn import Turn
from data.people import INVITATION_LIFE, known_units
from duties.intents import (
    AddUnit,
    CloseUnit,
    DropUnits,
    Invite,
    MergeUnits,
    RenameFrom,
    RenameUnit,
    SplitUnit,
)
from duties.message import Message
from duties.wording.people import invitations
from duties.workdays import day_of

unit = typer.Typer(help="Đơn vị của cơ quan.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]
From = Annotated[
    str | None, typer.Option("--from", metavar="NGÀY", help="Từ ngày: 2026-03-01 hoặc 1/3/2026.")
]
Confirm = Annotated[bool, typer.Option("--confirm", help="Xác nhận luôn, không chờ xem lại.")]


@unit.command("list")
def list_units(context: typer.Context, as_json: Json = False) -> None:
    """Các đơn vị, kênh nhận tin và số phần việc chưa xong."""
    with desk(context) as turn:
        if as_json:
            say_json([{**asdict(each), **_as_known(turn, each.name)} for each in people.reached_units(turn)])
        else:
            say(people.show_units(turn))


def _as_known(turn: Turn, name: str) -> dict[str, Any]:
    """What else is known of a living unit."""
    unit = next(each for each in known_units(turn.session, turn.agency_id) if each.name == name)
    return {
        "id": unit.id,
        "kind": unit.kind.value,
        "aliases": list(unit.aliases),
        "from": unit.valid_from,
        "to": unit.valid_to,
    }


@unit.command()
def add(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="TÊN", help="Tên đầy đủ của đơn vị.")],
) -> None:
    """Thêm đơn vị; kế hoạch đang thực hiện giao cho “các phòng, đơn vị” cũng giao cho đơn vị mới."""
    with desk(context) as turn:
        say(people.add(turn, AddUnit(";".join(names))))


@unit.command()
def rename(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="TÊN_CŨ")],
    new: Annotated[str, typer.Argument(metavar="TÊN_MỚI")],
    on: From = None,
    confirm: Confirm = False,
) -> None:
    """Đổi tên một đơn vị; tên cũ trong kế hoạch vẫn được hiểu. Với --from, các kỳ trước ngày đó giữ tên cũ."""
    with desk(context) as turn:
        if on is None:
            say(rename_unit(turn, RenameUnit(old, new.strip())))
        else:
            said = RenameFrom(old, new.strip(), read_day(on))
            say(_shown(turn, unit_changes.rename(turn, said), confirm))


@unit.command()
def merge(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="TÊN", help="Các đơn vị hợp nhất.")],
    into: Annotated[str, typer.Option("--into", metavar="TÊN", help="Đơn vị nhận, mới hoặc đang có.")],
    on: From = None,
    confirm: Confirm = False,
) -> None:
    """Hợp nhất các đơn vị thành một, hoặc sáp nhập vào một đơn vị đang có."""
    with desk(context) as turn:
        say(_shown(turn, unit_changes.merge(turn, MergeUnits(tuple(names), into, _day(on))), confirm))


@unit.command()
def split(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TÊN")],
    into: Annotated[list[str], typer.Option("--into", metavar="TÊN", help="Một đơn vị mới; ghi nhiều lần.")],
    give: Annotated[
        list[str] | None,
        typer.Option("--give", metavar="SỐ=TÊN", help="Nhiệm vụ trong danh sách giao cho ai: “1,3=Phòng B”."),
    ] = None,
    on: From = None,
    confirm: Confirm = False,
) -> None:
    """Tách một đơn vị; việc đang mở giao theo --give, còn lại giao đơn vị ghi sau cùng."""
    with desk(context) as turn:
        shown = unit_changes.split(turn, SplitUnit(name, tuple(into), _day(on)))
        shares = [_share(each) for each in give or ()]
        say(_shown(turn, unit_changes.share_newest(turn, shares) if shares else shown, confirm))


@unit.command()
def close(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TÊN")],
    to: Annotated[str, typer.Option("--to", metavar="TÊN", help="Đơn vị nhận việc còn lại.")] = "",
    on: From = None,
    confirm: Confirm = False,
) -> None:
    """Kết thúc một đơn vị; việc còn mở phải có đơn vị nhận."""
    with desk(context) as turn:
        say(_shown(turn, unit_changes.close(turn, CloseUnit(name, to, _day(on))), confirm))


@unit.command()
def changes(context: typer.Context, as_json: Json = False) -> None:
    """Các thay đổi đơn vị đã thực hiện hoặc chờ đến ngày."""
    with desk(context) as turn:
        if as_json:
            say_json(unit_changes.changes_in_full(turn))
        else:
            say(unit_changes.show_changes(turn))


@unit.command()
def confirm(context: typer.Context) -> None:
    """Xác nhận thay đổi đơn vị vừa xem."""
    with desk(context) as turn:
        say(unit_changes.confirm(turn))


@unit.command()
def drop(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="[SỐ]", help="Số của thay đổi, xem `unit changes`.")] = 0,
) -> None:
    """Bỏ một thay đổi đơn vị khi chưa có báo cáo nào dựa vào đó."""
    with desk(context) as turn:
        say(unit_changes.drop(turn, DropUnits(number)))


def _day(said: str | None) -> date | None:
    return read_day(said) if said else None


def _share(said: str) -> tuple[list[int], str]:
    numbers, _, name = said.partition("=")
    if not name.strip() or not numbers.replace(",", "").strip().isdigit():
        leave(f'Không hiểu --give “{said}”; ví dụ: --give "1,3=Phòng B".', BAD_USAGE)
    return [int(number) for number in numbers.split(",") if number.strip()], name.strip()


def _shown(turn: Turn, shown: list[Message], confirm: bool) -> list[Message]:
    """What is about to be done; with --confirm it is done at once, or waits for its day."""
    return unit_changes.confirm(turn) if confirm else shown


def invite(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="[ĐƠN_VỊ]", help="Tên đơn vị; để trống: mọi đơn vị chưa có kênh.")
    ] = "",
    office: Annotated[bool, typer.Option("--office", help="Mời Văn phòng (điều phối).")] = False,
    leader: Annotated[bool, typer.Option("--leader", help="Mời lãnh đạo.")] = False,
    as_json: Json = False,
) -> None:
    """Cấp mã mời dùng một lần, trong 7 ngày."""
    if bool(name) + office + leader > 1:
        leave("Chỉ chọn một: tên đơn vị, --office hoặc --leader.", BAD_USAGE)
    words = people.OFFICE if office else people.LEADER if leader else name
    with desk(context) as turn:
        invited = people.invited_by(turn, Invite(words))
        until = day_of(turn.now + INVITATION_LIFE)
        if as_json:
            say_json([{**asdict(each), "until": until} for each in invited])
        else:
            say([invitations(invited, until)])
