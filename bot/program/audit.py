"""`nhacviec audit`: whether the trail is as it was written, and what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.program.days import read_day
from bot.program.keeping import OTHER_RELEASE, database, one_line_when_refused, settings
from bot.program.terminal import NOT_DONE, leave, say_json
from data.chain import Verified, chains_of, read_head, verify
from data.engine import is_at_head
from data.keeping.snapshot import schema_of, snapshot
from data.tables import Agency, Trail
from data.trail_subjects import Subjects, subjects_of
from duties.wording import trail as wording
from duties.workdays import HANOI

audit = typer.Typer(help="Nhật ký: kiểm tra còn nguyên vẹn, và xem ai đã làm gì.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]


@audit.command("verify")
def check(
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="MÃ", help="Mã đối chiếu đã giữ ở nơi khác; ghi được nhiều lần."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Kiểm tra từng mục nhật ký từ đầu đến cuối; mã thoát 0: nguyên vẹn, 1: không."""
    with _trail() as session:
        kept = [read_head(each) for each in head or ()]
        chains = sorted({*chains_of(session), *(each.chain for each in kept)})
        found = [verify(session, chain, kept) for chain in chains]
        names = _names(session)
    if as_json:
        say_json([_values(each, names) for each in found])
    else:
        typer.echo("\n".join(_told(each, names) for each in found) or wording.NOTHING_YET)
    cut = {each.chain: each.cut for each in found}
    if old := [str(each) for each in kept if each.place <= cut[each.chain]]:
        typer.echo(wording.too_old(old), err=True)
    if any(each.broken for each in found):
        raise typer.Exit(NOT_DONE)
    if found and not as_json:
        typer.echo(wording.KEEP_THE_HEAD, err=True)


@audit.command("list")
def show(
    since: Annotated[str, typer.Option("--since", metavar="NGÀY", help="2026-04-30 hoặc 30/4/2026.")] = "",
    last: Annotated[int, typer.Option("--last", metavar="SỐ", min=1, help="Chỉ số mục mới nhất này.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Các mục mới nhất: lúc nào, ai, làm gì."""
    begins = datetime.combine(read_day(since), time.min, HANOI) if since else None
    with _trail() as session:
        newest = select(Trail).order_by(col(Trail.id).desc())
        found = session.exec(newest.where(Trail.at >= begins) if begins else newest.limit(last)).all()[::-1]
        if as_json:
            say_json([_entry(each) for each in found])
        else:
            known = subjects_of(session, found)
            typer.echo("\n".join(_line(each, known) for each in found) or wording.NOTHING_YET)


@contextmanager
def _trail() -> Iterator[Session]:
    """The database as it stands at one moment: however long the trail is, nobody waits."""
    of = settings()
    with (
        one_line_when_refused(Path(of.database_url)),
        database(of) as engine,
        _at_one_moment(engine) as session,
    ):
        yield session


@contextmanager
def _at_one_moment(engine: Engine) -> Iterator[Session]:
    with snapshot(engine) as connection, Session(connection) as session:
        schema_of(connection)
        if not is_at_head(session):
            leave(OTHER_RELEASE, NOT_DONE)
        yield session


def _names(session: Session) -> dict[int, str]:
    known = {agency.id or 0: agency.name or f"Cơ quan {agency.id}" for agency in session.exec(select(Agency))}
    return {0: wording.NOBODYS, **known}


def _told(found: Verified, names: dict[int, str]) -> str:
    whose = names.get(found.chain, f"Cơ quan {found.chain}")
    if found.broken is not None:
        wrong = found.broken
        return wording.broken(whose, found.entries, wrong.place, wrong.fault.value, wrong.at)
    return wording.intact(
        whose,
        found.entries,
        found.first_at,
        found.last_at,
        str(found.head),
        erased=found.erased,
        cut=found.cut,
    )


def _values(found: Verified, names: dict[int, str]) -> dict[str, object]:
    wrong = found.broken
    return {
        "chain": found.chain,
        "agency": names.get(found.chain, ""),
        "entries": found.entries,
        "first_at": found.first_at,
        "last_at": found.last_at,
        "erased": found.erased,
        "cut": found.cut,
        "head": str(found.head),
        "hash": found.head.hash,
        "intact": wrong is None,
        "broken": {"place": wrong.place, "fault": wrong.fault, "at": wrong.at} if wrong else None,
    }


def _line(entry: Trail, known: Subjects) -> str:
    speaking = known.chats.get(entry.chat_id or 0)
    whose = speaking.whose if speaking else ""
    about = [each for each in known.about(entry.detail) if each != whose]
    about += wording.details({**entry.detail, **entry.words})
    by_itself = entry.chat_id is None and not entry.refused
    who = wording.speaker(entry.sender, whose, is_erased=entry.salt == "", by_itself=by_itself)
    return wording.line(entry.place or 0, entry.at, who, entry.action, entry.refused, about)


def _entry(entry: Trail) -> dict[str, object]:
    return {
        "chain": entry.chain,
        "place": entry.place,
        "at": entry.at,
        "sender": entry.sender,
        "action": entry.action,
        "refused": entry.refused,
        **entry.detail,
        "words": entry.words,
        "hash": entry.hash,
    }
