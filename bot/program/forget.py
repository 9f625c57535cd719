"""`nhacviec forget`: a person's names, addresses and words go; what their unit reported stays."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.program.desk import desk
from bot.program.terminal import NOT_DONE, leave, say_json
from bot.turn import Turn
from data.forgetting import Forgotten, Person, people_called
from data.forgetting import forget as forget_person
from data.people import chats_of_role
from data.traces import wipe_journal_soon
from duties.rights import ChatRole
from duties.wording import forgetting as wording

COUNTED = {
    "messages": "tin đến",
    "chats": "kênh riêng",
    "answers": "báo cáo",
    "decisions": "quyết định",
    "letters": "tin đã gửi",
    "entries": "mục nhật ký",
}


def forget(
    context: typer.Context,
    who: Annotated[
        str, typer.Argument(metavar="NGƯỜI", help="Tên như trong /donvi, hoặc mã người, mã nơi trên kênh.")
    ],
    channel: Annotated[
        str, typer.Option("--channel", metavar="KÊNH", help="Chỉ kênh này: web, telegram hoặc zalo.")
    ] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="Xóa thật; không có thì chỉ xem.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Xóa tên, địa chỉ và lời của một người; báo cáo của đơn vị vẫn giữ nguyên."""
    with desk(context) as turn:
        person = _the_one(turn, who, channel)
        _check_office_stays(turn, person)
        done = forget_person(turn.session, turn.agency, person, turn.now)
        if confirm:
            turn.note("forget", messages=done.messages, chats=done.chats, entries=done.entries)
        else:
            turn.session.rollback()
    if confirm:
        wipe_journal_soon(turn.session.get_bind().engine)
    if as_json:
        say_json(_values(person, done, confirmed=confirm))
        return
    counts = [(getattr(done, name), what) for name, what in COUNTED.items()]
    typer.echo(wording.forgotten(person.names, person.channel, counts, done.muted, confirmed=confirm))


def _the_one(turn: Turn, who: str, channel: str) -> Person:
    found = people_called(turn.session, turn.agency_id, who, channel)
    if not found:
        leave(wording.nobody(who), NOT_DONE)
    if len(found) > 1:
        leave(
            wording.which([(each.channel, each.key, each.names, each.messages) for each in found]), NOT_DONE
        )
    return found[0]


def _check_office_stays(turn: Turn, person: Person) -> None:
    offices = chats_of_role(turn.session, turn.agency_id, ChatRole.OFFICE)
    if offices and all((chat.channel, chat.address) == (person.channel, person.key) for chat in offices):
        leave(wording.LAST_OFFICE, NOT_DONE)


def _values(person: Person, done: Forgotten, *, confirmed: bool) -> dict[str, object]:
    return {"channel": person.channel, **asdict(done), "done": confirmed}
