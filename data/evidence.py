"""Evidence: which files prove which obligation, and which wait to be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from data.files import MEGABYTE
from data.inbox import in_album
from data.obligations import Heard, Item, items_by_code
from data.people import place_of
from data.tables import Answer, Evidence, Inbox, StoredFile, WaitingFile
from duties.errors import DutyError
from duties.message import Attached
from duties.wording import files as wording

ONE_SENDING = timedelta(hours=1)
# from one chat, its upload links included
AN_HOUR = timedelta(hours=1)
MOST_FILES, MOST_BYTES = 200, 600 * MEGABYTE


class TooManyFiles(DutyError):
    """Trong một giờ qua nơi này đã gửi quá nhiều tệp."""

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__(wording.too_many_files(MOST_FILES, MOST_BYTES // MEGABYTE, again_at))


def add_evidence(session: Session, obligation_id: int, file: Attached, heard: Heard, answer: Answer) -> bool:
    """Tie a file to an obligation; False when it is there already. One that was taken back comes again."""
    same = (Evidence.obligation_id == obligation_id, Evidence.file_id == file.file_id)
    row = session.exec(select(Evidence).where(*same)).one_or_none()
    if row is not None and row.removed_at is None and _is_in_force(session, row):
        return False
    row = row or Evidence(
        agency_id=answer.agency_id,
        obligation_id=obligation_id,
        file_id=file.file_id,
        file_name="",
        at=heard.at,
    )
    row.file_name, row.at, row.removed_at = file.name, heard.at, None
    row.answer_id, row.chat_id = answer.id, heard.chat.id if heard.chat else None
    row.inbox_id, row.sender = (heard.inbox.id, heard.sender) if heard.inbox else (None, heard.sender)
    session.add(row)
    session.flush()
    return True


def leave_room(session: Session, chat_id: int, size: int, now: datetime) -> None:
    """One more file of that size may come from a chat; raises TooManyFiles when the last hour brought enough."""
    since = now - AN_HOUR
    proofs = select(Evidence.file_id, Evidence.at).where(Evidence.chat_id == chat_id, Evidence.at > since)
    waiting = select(WaitingFile.file_id, WaitingFile.at).where(
        WaitingFile.chat_id == chat_id, WaitingFile.at > since
    )
    came = dict([*session.exec(waiting), *session.exec(proofs)])
    sizes = select(func.coalesce(func.sum(StoredFile.size), 0)).where(col(StoredFile.id).in_(came))
    is_full = len(came) >= MOST_FILES or session.exec(sizes).one() + size > MOST_BYTES
    if came and is_full:
        raise TooManyFiles(min(came.values()) + AN_HOUR)


def is_evidence(session: Session, obligation_id: int, file_id: int) -> bool:
    """Whether the obligation has that file already."""
    return any(row.file_id == file_id for row in evidence_of(session, obligation_id))


def ticked(session: Session, obligation_id: int) -> set[int]:
    """The numbers of the expected papers that were handed in."""
    said = select(Answer).where(Answer.obligation_id == obligation_id, col(Answer.undone_at).is_(None))
    return {number for answer in session.exec(said) for number in answer.deliverables}


def _is_in_force(session: Session, row: Evidence) -> bool:
    answer = session.get(Answer, row.answer_id) if row.answer_id else None
    return answer is None or answer.undone_at is None


def _standing() -> Sequence[ColumnElement[bool]]:
    """Not taken back, neither by itself nor with the answer it came with."""
    return (
        col(Evidence.removed_at).is_(None),
        or_(col(Evidence.answer_id).is_(None), col(Answer.undone_at).is_(None)),
    )


def evidence_of(session: Session, obligation_id: int) -> Sequence[Evidence]:
    """The files of an obligation, in the order in which they came: their numbers in every list."""
    query = (
        select(Evidence)
        .outerjoin(Answer, col(Evidence.answer_id) == Answer.id)
        .where(Evidence.obligation_id == obligation_id, *_standing())
    )
    return session.exec(query.order_by(col(Evidence.at), col(Evidence.id))).all()


def has_proof(session: Session, obligation_id: int) -> bool:
    """Whether a file, a link or the number of a document shows what was done."""
    if evidence_of(session, obligation_id):
        return True
    said = select(Answer).where(Answer.obligation_id == obligation_id, col(Answer.undone_at).is_(None))
    return any(answer.links or answer.documents for answer in session.exec(said))


def lacking_proof(session: Session, agency_id: int, codes: Sequence[str]) -> list[Item]:
    """Those of these obligations, by their short codes, whose duty demands proof and that have none."""
    found = items_by_code(session, agency_id, codes).values()
    return [each for each in found if each.duty.needs_evidence and not has_proof(session, each.id)]


def size_of(session: Session, file_id: int) -> int:
    return session.get_one(StoredFile, file_id).size


def album_before(session: Session, incoming: Inbox) -> Inbox | None:
    """The first message of the album that this one belongs to, when it is not itself the first."""
    if not incoming.album:
        return None
    earlier = (*in_album(place_of(incoming), incoming.album), col(Inbox.id) < incoming.id)
    return session.exec(select(Inbox).where(*earlier).order_by(col(Inbox.id)).limit(1)).first()


def of_album(session: Session, incoming: Inbox) -> Sequence[Evidence]:
    """What files of the same album were tied to before."""
    if album_before(session, incoming) is None:
        return ()
    query = (
        select(Evidence)
        .join(Inbox, col(Evidence.inbox_id) == Inbox.id)
        .outerjoin(Answer, col(Evidence.answer_id) == Answer.id)
        .where(*in_album(place_of(incoming), incoming.album), *_standing())
    )
    return session.exec(query.order_by(col(Evidence.id))).all()


def let_wait(session: Session, agency_id: int, chat_id: int, file: Attached, incoming: Inbox) -> WaitingFile:
    """Keep a file until its sender says what it proves."""
    row = WaitingFile(
        agency_id=agency_id,
        chat_id=chat_id,
        inbox_id=incoming.id or 0,
        file_id=file.file_id,
        file_name=file.name,
        sender=incoming.sender,
        at=incoming.received_at,
    )
    session.add(row)
    session.flush()
    return row


def fallen_of_album(session: Session, incoming: Inbox, now: datetime) -> Sequence[Evidence]:
    """Files of the same album whose answer was taken back just now, as when its caption is changed."""
    if not incoming.album:
        return ()
    query = (
        select(Evidence)
        .join(Inbox, col(Evidence.inbox_id) == Inbox.id)
        .join(Answer, col(Evidence.answer_id) == Answer.id)
        .where(*in_album(place_of(incoming), incoming.album), col(Answer.undone_at) == now)
    )
    return session.exec(query.order_by(col(Evidence.id))).all()


def waiting_with(
    session: Session, chat_id: int, incoming: Inbox, within: timedelta = ONE_SENDING
) -> Sequence[WaitingFile]:
    """What waits in a chat since about then: it was sent together, and is asked about together."""
    query = select(WaitingFile).where(
        WaitingFile.chat_id == chat_id,
        WaitingFile.sender == incoming.sender,
        col(WaitingFile.placed_at).is_(None),
        col(WaitingFile.at) >= incoming.received_at - within,
        col(WaitingFile.at) <= incoming.received_at + within,
    )
    return session.exec(query.order_by(col(WaitingFile.id))).all()


def brought_since(session: Session, album: str, since: datetime | None) -> Sequence[Evidence]:
    """What stands of the files whose album begins so, all or those that came later; in the order they came."""
    query = (
        select(Evidence)
        .join(Inbox, col(Evidence.inbox_id) == Inbox.id)
        .outerjoin(Answer, col(Evidence.answer_id) == Answer.id)
        .where(col(Inbox.album).startswith(album, autoescape=True), *_standing())
    )
    if since is not None:
        query = query.where(Inbox.received_at > since)
    return session.exec(query.order_by(col(Evidence.inbox_id))).all()
