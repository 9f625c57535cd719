"""What is kept for how long: what has outlived its time is found, and let go a slice at a time.

Nothing goes that open work, a decision still to come or a plan in force stands on; answers and decisions never go.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Select, delete, exists, func, not_, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from data import trail
from data.chain import chains_of
from data.files import FilesFolder, hold
from data.letters import as_body
from data.locks import in_turn, turn_in
from data.people import the_agency
from data.plans import throw_away
from data.tables import (
    AccessLink,
    Agency,
    Answer,
    Decision,
    Duty,
    Evidence,
    Inbox,
    Invitation,
    Letter,
    LetterState,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
    StoredFile,
    Trail,
    WaitingFile,
    WebSeat,
    WebSession,
    WrongCode,
)
from data.tables.trail import CUT
from duties.message import Line, Message
from duties.wording.keeping import LET_GO
from duties.workdays import HANOI, day_of

SLICE, ENTRIES_AT_ONCE = 500, 5000
Ids = Select[int | None]


@dataclass(frozen=True)
class Periods:
    """For how many months each kind is kept; 0: for good."""

    messages: int = 60
    letters: int = 60
    evidence: int = 0
    trail: int = 0
    sessions: int = 6
    codes: int = 3
    links: int = 6
    drafts: int = 12


def begins(months: int, now: datetime) -> datetime | None:
    """What is older than the first of that month may go; None where it is kept for good."""
    if months == 0:
        return None
    today = day_of(now)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return datetime.combine(date(year, month + 1, 1), time.min, HANOI)


@dataclass(frozen=True)
class Leaving:
    """What is let go; `by`: whoever asked for it, nobody when it is the day's work."""

    session: Session
    before: datetime
    now: datetime
    by: str = ""


@dataclass(frozen=True)
class Kind:
    """How what is old is found, and what becomes of it."""

    old: Callable[[datetime], Ids]
    let_go: Callable[[Leaving, Sequence[int]], None]


def _messages(before: datetime) -> Ids:
    still_open = select(col(Obligation.id)).where(col(Obligation.is_open).is_(True))
    stood_on = (
        exists().where(col(Answer.inbox_id) == Inbox.id, col(Answer.obligation_id).in_(still_open)),
        exists().where(col(Decision.inbox_id) == Inbox.id, col(Decision.obligation_id).in_(still_open)),
        exists().where(col(WaitingFile.inbox_id) == Inbox.id, col(WaitingFile.placed_at).is_(None)),
    )
    mine = (
        col(Inbox.received_at) < before,
        col(Inbox.handled_at).is_not(None),
        col(Inbox.let_go_at).is_(None),
    )
    return select(col(Inbox.id)).where(*mine, *(not_(each) for each in stood_on))


def _empty_messages(leaving: Leaving, ids: Sequence[int]) -> None:
    chosen = update(Inbox).where(col(Inbox.id).in_(ids))
    leaving.session.execute(chosen.values(text=LET_GO, file=None, let_go_at=leaving.now))


def _letters(before: datetime) -> Ids:
    ended = (LetterState.SENT, LetterState.FAILED, LetterState.UNKNOWN, LetterState.EMPTY)
    return select(col(Letter.id)).where(
        col(Letter.put_at) < before, col(Letter.state).in_(ended), col(Letter.let_go_at).is_(None)
    )


def _empty_letters(leaving: Leaving, ids: Sequence[int]) -> None:
    chosen = update(Letter).where(col(Letter.id).in_(ids))
    words = as_body(Message((Line(LET_GO),)))
    leaving.session.execute(chosen.values(body=words, let_go_at=leaving.now))


def _evidence(before: datetime) -> Ids:
    """Files of plans whose last year is over for that long, all of whose work is closed; not what another plan stands on."""
    proves = (
        select(col(Evidence.file_id))
        .join(Obligation, col(Evidence.obligation_id) == Obligation.id)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
    )
    needed = proves.where(or_(col(Plan.last_year) >= day_of(before).year, col(Obligation.is_open).is_(True)))
    waiting = select(col(WaitingFile.file_id)).where(col(WaitingFile.placed_at).is_(None))
    return select(col(StoredFile.id)).where(
        col(StoredFile.stored_at) < before,
        col(StoredFile.let_go_at).is_(None),
        col(StoredFile.id).in_(proves),
        col(StoredFile.id).not_in(needed),
        col(StoredFile.id).not_in(waiting),
    )


def _let_evidence_go(leaving: Leaving, ids: Sequence[int]) -> None:
    """Their bytes go when this is committed: `unwanted` knows them from then on."""
    chosen = update(StoredFile).where(col(StoredFile.id).in_(ids))
    leaving.session.execute(chosen.values(let_go_at=leaving.now))


def unwanted(session: Session) -> list[str]:
    """The names of all files that were let go, and that no agency keeps any more."""
    gone = select(col(StoredFile.sha256)).where(col(StoredFile.let_go_at).is_not(None)).distinct()
    return sorted(session.scalars(gone.where(col(StoredFile.sha256).not_in(_KEPT))))


def delete_unwanted(session: Session, files: FilesFolder, sha256: str) -> None:
    """Delete the bytes unless somebody gave the same file again meanwhile."""
    hold(session, sha256)
    if session.scalars(_KEPT.where(col(StoredFile.sha256) == sha256)).first() is None:
        files.let_go(sha256)


_KEPT = select(col(StoredFile.sha256)).where(col(StoredFile.let_go_at).is_(None))


def _sessions(before: datetime) -> Ids:
    ended = (WebSession.expires_at, WebSession.rests_until, WebSession.withdrawn_at)
    return select(col(WebSession.id)).where(or_(*(col(each) < before for each in ended)))


def _delete_sessions(leaving: Leaving, ids: Sequence[int]) -> None:
    leaving.session.execute(delete(WebSeat).where(col(WebSeat.session_id).in_(ids)))
    leaving.session.execute(delete(WebSession).where(col(WebSession.id).in_(ids)))


def _codes(before: datetime) -> Ids:
    return select(col(WrongCode.id)).where(col(WrongCode.at) < before)


def _invitations(before: datetime) -> Ids:
    return select(col(Invitation.id)).where(
        col(Invitation.expires_at) < before, col(Invitation.used_at).is_(None)
    )


def _links(before: datetime) -> Ids:
    return select(col(AccessLink.id)).where(
        or_(col(AccessLink.expires_at) < before, col(AccessLink.withdrawn_at) < before)
    )


def _drafts(before: datetime) -> Ids:
    """Read and never confirmed; what another plan goes by stays."""
    others = exists().where(col(_OTHER_PLAN.edition_of_id) == Plan.id)
    return select(col(Plan.id)).where(
        col(Plan.state) == PlanState.DRAFT, col(Plan.created_at) < before, not_(others)
    )


def _throw_drafts_away(leaving: Leaving, ids: Sequence[int]) -> None:
    for plan_id in ids:
        plan = leaving.session.get_one(Plan, plan_id)
        in_turn(leaving.session, turn_in(plan.agency_id))
        leaving.session.refresh(plan)
        if plan.state is PlanState.DRAFT:
            throw_away(leaving.session, plan)


def _deleting(table: type[SQLModel]) -> Callable[[Leaving, Sequence[int]], None]:
    key = table.__table__.columns["id"]  # type: ignore[attr-defined]  # SQLModel adds it to every table class

    def let_go(leaving: Leaving, ids: Sequence[int]) -> None:
        leaving.session.execute(delete(table).where(key.in_(ids)))

    return let_go


_OTHER_PLAN = aliased(Plan)
KINDS: Mapping[str, Sequence[Kind]] = {
    "messages": (Kind(_messages, _empty_messages),),
    "letters": (Kind(_letters, _empty_letters),),
    "evidence": (Kind(_evidence, _let_evidence_go),),
    "sessions": (Kind(_sessions, _delete_sessions),),
    "codes": (Kind(_codes, _deleting(WrongCode)), Kind(_invitations, _deleting(Invitation))),
    "links": (Kind(_links, _deleting(AccessLink)),),
    "drafts": (Kind(_drafts, _throw_drafts_away),),
}
TRAIL = "trail"


def count_old(session: Session, name: str, before: datetime) -> int:
    """How much of that kind has outlived its time."""
    if name == TRAIL:
        return sum(
            _last_old(session, chain, before) - _first(session, chain) + 1 for chain in chains_of(session)
        )
    counts = (select(func.count()).select_from(kind.old(before).subquery()) for kind in KINDS[name])
    return sum(session.scalars(each).one() for each in counts)


def let_go_some(leaving: Leaving, name: str) -> int:
    """Let a slice of that kind go, and note it; how many went."""
    if name == TRAIL:
        # one chain in a transaction: whoever holds a chain waits for nobody else's
        return next(filter(None, (_cut(leaving, chain) for chain in chains_of(leaving.session))), 0)
    gone = sum(_let_go(leaving, kind) for kind in KINDS[name])
    if gone:
        before = day_of(leaving.before).isoformat()
        agency = the_agency(leaving.session)
        trail.note(
            leaving.session,
            leaving.now,
            "retention",
            agency,
            sender=leaving.by,
            kind=name,
            count=gone,
            before=before,
        )
    return gone


def _let_go(leaving: Leaving, kind: Kind) -> int:
    found = [
        each for each in leaving.session.scalars(kind.old(leaving.before).limit(SLICE)) if each is not None
    ]
    if found:
        kind.let_go(leaving, found)
    return len(found)


def _first(session: Session, chain: int) -> int:
    return session.scalars(select(func.min(col(Trail.place))).where(col(Trail.chain) == chain)).one() or 1


def _last_old(session: Session, chain: int, before: datetime) -> int:
    """The place up to which every entry is older."""
    mine = (col(Trail.chain) == chain, col(Trail.place).is_not(None))
    young = session.scalars(select(func.min(col(Trail.place))).where(*mine, col(Trail.at) >= before)).one()
    return young - 1 if young else session.scalars(select(func.max(col(Trail.place))).where(*mine)).one() or 0


def _cut(leaving: Leaving, chain: int) -> int:
    """The oldest entries of a chain go; one more says up to where, with the hash from which the rest goes on."""
    session = leaving.session
    # whoever forgets a person holds entries and waits for the chain
    in_turn(session, turn_in(chain))
    first = _first(session, chain)
    last = min(_last_old(session, chain, leaving.before), first + ENTRIES_AT_ONCE - 1)
    if last < first:
        return 0
    kept = session.scalars(
        select(col(Trail.hash)).where(col(Trail.chain) == chain, col(Trail.place) == last)
    ).one()
    whose = session.get(Agency, chain) if chain else None
    trail.note(session, leaving.now, CUT, whose, sender=leaving.by, through=last, hash=kept, first=first)
    # it has to stand behind what goes, also where all goes
    trail.seal(session)
    session.flush()
    session.execute(delete(Trail).where(col(Trail.chain) == chain, col(Trail.place) <= last))
    return last - first + 1
