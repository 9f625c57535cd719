"""What was recorded of the obligations in a report: words, numbers, papers, links and files, read all at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from data.facts import among
from data.tables import Answer, Decision, Duty, DutyUnit, Evidence, StoredFile
from duties.facts import Fact
from duties.plan import Role
from duties.progress import Ruling, Said
from duties.report import Proof, Quote, Row
from duties.summary import Summary, added_up
from duties.wording.report_notes import notes_of
from duties.workdays import day_of, end_of

# Words that say what was done; those of an obstacle stand by themselves, those of a request are for the office.
TOLD = (Said.DONE, Said.IN_PROGRESS, Said.NOTE)


@dataclass(frozen=True)
class Records:
    """Everything that was recorded by the end of the summary's day, by obligation or by duty."""

    summary: Summary
    duties: dict[int, Duty]
    names: dict[int, list[DutyUnit]]
    answers: dict[int, list[Answer]]
    decisions: dict[int, list[Decision]]
    files: dict[int, list[Proof]] = field(default_factory=dict)

    def row(self, number: int, fact: Fact) -> Row:
        """One line of the report."""
        duty, heard = self.duties[fact.duty_id], self.answers.get(fact.obligation_id, [])
        since = self.summary.window.data.start
        return Row(
            number=number,
            fact=fact,
            forms=tuple(duty.forms),
            deliverables=tuple(duty.deliverables),
            leads=self._named(fact.duty_id, Role.LEAD),
            partners=self._named(fact.duty_id, Role.PARTNER),
            quotes=tuple(_quotes(heard)),
            quantities=added_up(each.quantities for each in heard if day_of(each.at) >= since),
            links=_each_once(each.links for each in heard),
            documents=self.papers(fact),
            files=tuple(self.files.get(fact.obligation_id, ())),
            notes=tuple(self._notes(fact)),
        )

    def in_order(self, facts: Iterable[Fact]) -> list[Fact]:
        """As the plans have them, one plan after the other."""
        return sorted(
            facts, key=lambda fact: (fact.plan_id, self.duties[fact.duty_id].position, fact.obligation_id)
        )

    def papers(self, fact: Fact) -> tuple[str, ...]:
        """The papers its unit named."""
        return _each_once(each.documents for each in self.answers.get(fact.obligation_id, ()))

    def _named(self, duty_id: int, role: Role) -> tuple[str, ...]:
        return tuple(name.printed for name in self.names.get(duty_id, ()) if name.role is role)

    def _notes(self, fact: Fact) -> Iterator[str]:
        ruled = self.decisions.get(fact.obligation_id, [])
        told = Ruling.NOT_APPLICABLE if fact.not_applicable else Ruling.RETURN
        last = next((each for each in reversed(ruled) if each.kind is told), None)
        return notes_of(
            fact,
            returned_on=day_of(last.at) if last else None,
            reason=last.reason if last else "",
        )


def records_of(session: Session, agency_id: int, summary: Summary, facts: Collection[Fact]) -> Records:
    """What was recorded of these facts until the summary's day."""
    ids, duties = {fact.obligation_id for fact in facts}, {fact.duty_id for fact in facts}
    until = end_of(summary.as_of)
    return Records(
        summary,
        _duties(session, agency_id, duties),
        _names(session, agency_id, duties),
        _answers(session, agency_id, ids, until),
        _decisions(session, agency_id, ids, until),
        _files(session, agency_id, ids, until),
    )


def holds_evidence(session: Session, agency_id: int, facts: Collection[Fact]) -> bool:
    """Whether any file was handed in for these."""
    ids = {fact.obligation_id for fact in facts}
    query = (
        select(Evidence.obligation_id)
        .outerjoin(Answer, col(Evidence.answer_id) == Answer.id)
        .where(
            Evidence.agency_id == agency_id,
            col(Evidence.removed_at).is_(None),
            col(Answer.undone_at).is_(None),
            *among(col(Evidence.obligation_id), ids),
        )
    )
    found: set[int] = set(session.exec(query))
    return not ids.isdisjoint(found)


def _quotes(heard: Iterable[Answer]) -> Iterator[Quote]:
    for each in heard:
        if each.kind in TOLD and each.text.strip():
            yield Quote(day_of(each.at), " ".join(each.text.split()), each.on_behalf)


def _each_once(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for several in lists for each in several))


def _duties(session: Session, agency_id: int, ids: Collection[int]) -> dict[int, Duty]:
    query = select(Duty).where(Duty.agency_id == agency_id, *among(col(Duty.id), ids))
    return {duty.id or 0: duty for duty in session.exec(query)}


def _names(session: Session, agency_id: int, ids: Collection[int]) -> dict[int, list[DutyUnit]]:
    query = select(DutyUnit).where(DutyUnit.agency_id == agency_id, *among(col(DutyUnit.duty_id), ids))
    names: dict[int, list[DutyUnit]] = defaultdict(list)
    for name in session.exec(query.order_by(col(DutyUnit.id))):
        names[name.duty_id].append(name)
    return names


def _answers(
    session: Session, agency_id: int, ids: Collection[int], until: datetime
) -> dict[int, list[Answer]]:
    query = (
        select(Answer)
        .where(Answer.agency_id == agency_id, Answer.at <= until, *among(col(Answer.obligation_id), ids))
        .order_by(col(Answer.at), col(Answer.id))
    )
    heard: dict[int, list[Answer]] = defaultdict(list)
    for answer in session.exec(query):
        if answer.undone_at is None or answer.undone_at > until:
            heard[answer.obligation_id].append(answer)
    return heard


def _decisions(
    session: Session, agency_id: int, ids: Collection[int], until: datetime
) -> dict[int, list[Decision]]:
    query = select(Decision).where(
        Decision.agency_id == agency_id, Decision.at <= until, *among(col(Decision.obligation_id), ids)
    )
    ruled: dict[int, list[Decision]] = defaultdict(list)
    for decision in session.exec(query.order_by(col(Decision.at), col(Decision.id))):
        if decision.undone_at is None or decision.undone_at > until:
            ruled[decision.obligation_id].append(decision)
    return ruled


def _files(session: Session, agency_id: int, ids: Collection[int], until: datetime) -> dict[int, list[Proof]]:
    query = (
        select(Evidence, StoredFile, Answer.undone_at)
        .join(StoredFile, col(Evidence.file_id) == StoredFile.id)
        .outerjoin(Answer, col(Evidence.answer_id) == Answer.id)
        .where(
            Evidence.agency_id == agency_id,
            Evidence.at <= until,
            col(StoredFile.let_go_at).is_(None),
            *among(col(Evidence.obligation_id), ids),
        )
        .order_by(col(Evidence.at), col(Evidence.id))
    )
    files: dict[int, list[Proof]] = defaultdict(list)
    for given, stored, undone_at in session.exec(query):
        # what was taken back with its answer is no evidence either
        if all(gone is None or gone > until for gone in (given.removed_at, undone_at)):
            files[given.obligation_id].append(
                Proof(given.file_id, given.file_name, stored.sha256, stored.size, stored.media_type, given.at)
            )
    return files
