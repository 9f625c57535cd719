"""The trail for people: when, who and for whom, what, on which work, with what words, and how it is chained."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from data.tables import Agency, Trail
from data.trail import BEGINNING
from data.trail_subjects import AT_ONCE, Subjects, subjects_of
from duties.wording import trail as wording
from duties.wording.web import NAMES as ROLES
from duties.workdays import HANOI


class TrailSheet:
    """A line for each entry, in the order of its chain; what no transaction of ours wrote stands at the end of it."""

    name, about = "nhat-ky", "Nhật ký: ai đã làm gì (kiểm tra: nhacviec audit verify)"
    headings = (
        *("Số mục", "Lúc", "Cơ quan", "Người làm", "Vai trò", "Đơn vị", "Kênh", "Nơi", "Việc", "Bị từ chối"),
        *("Về", "Chi tiết", "Trước đó", "Sau đó", "Mọi điều đã ghi"),
        *("Chuỗi", "Mã băm mục trước", "Mã băm"),
    )

    def lines(self, connection: Connection) -> Iterator[Sequence[object]]:
        with Session(connection) as session:
            agencies = {agency.id: agency.name for agency in session.exec(select(Agency))}
            for chain, entries in groupby(_entries(session), lambda entry: entry.chain):
                previous = BEGINNING
                for some in _some(entries):
                    known = subjects_of(session, some)
                    for entry in some:
                        yield _line(entry, known, agencies.get(entry.agency_id, ""), chain, previous)
                        previous = entry.hash


def _entries(session: Session) -> Iterator[Trail]:
    """All of them, a few at a time, by chain and place."""
    for chain in session.exec(select(Trail.chain).distinct().order_by(col(Trail.chain))).all():
        mine = select(Trail).where(Trail.chain == chain)
        after = 0
        while some := session.exec(
            mine.where(col(Trail.place) > after).order_by(col(Trail.place)).limit(AT_ONCE)
        ).all():
            yield from some
            after = some[-1].place or 0
            session.expunge_all()
        yield from session.exec(mine.where(col(Trail.place).is_(None)).order_by(col(Trail.id)))


def _some(entries: Iterator[Trail]) -> Iterator[list[Trail]]:
    held: list[Trail] = []
    for entry in entries:
        held.append(entry)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _line(entry: Trail, known: Subjects, agency: str, chain: int, previous: str) -> Sequence[object]:
    speaking = known.chats.get(entry.chat_id or 0)
    told = {**entry.detail, **entry.words}
    was, became = wording.before_and_after(told)
    by_itself = entry.chat_id is None and not entry.refused
    return (
        entry.place,
        f"{entry.at.astimezone(HANOI):%d/%m/%Y %H:%M:%S}",
        agency,
        wording.speaker(entry.sender, "", is_erased=entry.salt == "" != entry.hash, by_itself=by_itself),
        ROLES[speaking.role] if speaking else "",
        "; ".join(speaking.units) if speaking else "",
        speaking.channel if speaking else "",
        speaking.title if speaking else "",
        wording.called(entry.action),
        entry.refused,
        "; ".join(known.about(entry.detail)),
        "; ".join(wording.details(told, in_full=True)),
        was,
        became,
        json.dumps(told, ensure_ascii=False) if told else "",
        chain,
        previous,
        entry.hash,
    )
