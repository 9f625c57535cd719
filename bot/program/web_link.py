"""`nhacviec web-link`: a one-time link into the pages, for whoever has locked themselves out."""

from typing import Annotated

import segno
import typer

from bot.commands.people import unit_named
from bot.commands.web import web_address
from bot.program.desk import desk
from bot.program.terminal import BAD_USAGE, leave
from bot.turn import Turn
from data.access_links import LET_IN_WITHIN, invitations_at
from data.people import chats_of_role, chats_of_unit, invite
from data.tables import ChatRole, Unit
from duties.workdays import HANOI

ROLES = {role.value: role for role in ChatRole if role is not ChatRole.UNIT}


def web_link(
    context: typer.Context,
    role: Annotated[
        str, typer.Option("--role", metavar="VAI_TRÒ", help=f"Vào thay ai: {', '.join(ROLES)}.")
    ] = ChatRole.OFFICE.value,
    unit: Annotated[
        str, typer.Option("--unit", metavar="TÊN", help="Vào thay một đơn vị, thay cho --role.")
    ] = "",
    qr: Annotated[bool, typer.Option("--qr/--no-qr", help="Vẽ mã QR để chụp bằng điện thoại.")] = True,
) -> None:
    """In một liên kết vào trang web: dùng một lần, trong 15 phút; mở lại đúng nơi trò chuyện đang có."""
    if not unit and role not in ROLES:
        leave(f"--role phải là một trong: {', '.join(ROLES)}; hoặc dùng --unit kèm tên đơn vị.", BAD_USAGE)
    with desk(context) as turn:
        whom = unit_named(turn, unit) if unit else None
        speaks = ChatRole.UNIT if whom else ROLES[role]
        address = _address(turn, speaks, whom)
        turn.note("web_link", role=speaks.value)
        until = (turn.now + LET_IN_WITHIN).astimezone(HANOI)
    typer.echo(f"Liên kết vào trang, dùng một lần, đến {until:%H:%M ngày %d/%m/%Y}:")
    typer.echo(f"  {address}")
    if qr:
        segno.make(address, micro=False).terminal(compact=True)


def _address(turn: Turn, role: ChatRole, unit: Unit | None) -> str:
    """To the chat that is there already; where there is none, an invitation makes it."""
    if unit is not None:
        chats = chats_of_unit(turn.session, unit.id or 0)
    else:
        chats = chats_of_role(turn.session, turn.agency_id, role)
    if chats:
        return web_address(turn, chats[0])
    code = invite(turn.session, turn.agency_id, role, unit.id if unit else None, turn.now, LET_IN_WITHIN)
    return invitations_at(turn.agency) + code
