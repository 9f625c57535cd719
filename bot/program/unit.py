"""`nhacviec unit` and `nhacviec invite`: the units of the agency, and how their people come in."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands import people
from bot.commands.rename_unit import rename as rename_unit
from bot.program.desk import desk
from bot.program.terminal import BAD_USAGE, leave, say, say_json
from data.people import INVITATION_LIFE
from duties.intents import AddUnit, Invite, RenameUnit
from duties.wording.people import invitations
from duties.workdays import day_of

unit = typer.Typer(help="Đơn vị của cơ quan.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]


@unit.command("list")
def list_units(context: typer.Context, as_json: Json = False) -> None:
    """Các đơn vị, kênh nhận tin và số phần việc chưa xong."""
    with desk(context) as turn:
        if as_json:
            say_json([asdict(each) for each in people.reached_units(turn)])
        else:
            say(people.show_units(turn))


@unit.command()
def add(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="TÊN…", help="Tên đầy đủ của đơn vị.")],
) -> None:
    """Thêm đơn vị; kế hoạch đang thực hiện giao cho “các phòng, đơn vị” cũng giao cho đơn vị mới."""
    with desk(context) as turn:
        say(people.add(turn, AddUnit(";".join(names))))


@unit.command()
def rename(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="TÊN_CŨ")],
    new: Annotated[str, typer.Argument(metavar="TÊN_MỚI")],
) -> None:
    """Đổi tên một đơn vị; tên cũ trong kế hoạch vẫn được hiểu."""
    with desk(context) as turn:
        say(rename_unit(turn, RenameUnit(old, new.strip())))


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
