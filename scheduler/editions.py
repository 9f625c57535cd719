"""An edition is put in force: duties that stay keep their rows and all that was said of them; or it is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from data.merged_rows import NOTES, places_moved
from data.obligations import Heard, Item, Office, decide, items, settle
from data.plans import duties_of, units_of_duty
from data.tables import (
    Agency,
    Answer,
    Chat,
    Decision,
    Duty,
    DutyEvent,
    DutyUnit,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
)
from duties.deadline import Reading
from duties.editions import Comparison, Pair, Part
from duties.plan import DutyKind, Role
from duties.progress import Ruling
from duties.workdays import day_of
from scheduler.follow import Followed, follow, follow_leads, leads_of

REASON = "bản điều chỉnh kế hoạch không còn nhiệm vụ này"
TEXTS = (
    "code",
    "heading",
    "content",
    "forms",
    "deliverables",
    "receiver",
    "notes",
    "phrase",
    "kind",
    "printed",
)
MEANING = ("reading", "says", "deadline")
KEPT = (*TEXTS, *MEANING, "place", "position", "needs_evidence", "left_out")


@dataclass
class Merged:
    """What an edition did: what became of obligations, and those that ended with their duties."""

    followed: Followed = field(default_factory=Followed)
    ended: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Merging:
    """The work of putting one edition in force, or of taking it back."""

    session: Session
    agency: Agency
    office: Office
    edition: Plan
    base: Plan
    now: datetime
    chat: Chat | None = None
    done: Merged = field(default_factory=Merged)

    def put_in_force(self, found: Comparison, *, drops: bool) -> Merged:
        """Make in the plan in force what the edition changes; all of it in one transaction."""
        gone = [self._duty(each.id) for each in found.gone] if drops else []
        places = self._places()
        record = self._record([self._duty(pair.old.id) for pair in found.pairs] + gone)
        record["added"] = [each.id for each in found.new]
        for pair in found.pairs:
            self._rewrite(pair, keeps_order=not drops)
        for version in found.new:
            self._take_over(self._duty(version.id))
        for duty in gone:
            self._end(duty)
        self._give_places(record, [each.id for each in found.new], keeps_order=not drops)
        self._move_merged_rows(places, [pair.old.id for pair in found.pairs if pair.changed])
        record["ended"] = [item.id for item in self.done.ended]
        self._close(record)
        return self.done

    def _duty(self, duty_id: int) -> Duty:
        return self.session.get_one(Duty, duty_id)

    def _record(self, duties: Sequence[Duty]) -> dict[str, Any]:
        """How it was, for taking the edition back."""
        return {
            "years": [self.base.first_year, self.base.last_year],
            NOTES: self.base.notes.get(NOTES),
            "duties": {str(duty.id): self._as_it_is(duty) for duty in duties},
        }

    def _as_it_is(self, duty: Duty) -> dict[str, Any]:
        named = units_of_duty(self.session, duty.id or 0)
        return {
            **{name: getattr(duty, name) for name in KEPT},
            "units": [[each.printed, each.role.value, each.unit_id, each.bullets] for each in named],
        }

    def _rewrite(self, pair: Pair, *, keeps_order: bool) -> None:
        old, new = self._duty(pair.old.id), self._duty(pair.new.id)
        parts = {change.part for change in pair.changed}
        before = leads_of(self.session, self.agency, old, day_of(self.now))
        means_other = self._means_other(old, new, parts)
        for name in (*TEXTS, *(MEANING if means_other else ())):
            setattr(old, name, getattr(new, name))
        old.needs_evidence = old.needs_evidence or new.needs_evidence
        if not keeps_order:
            old.position, old.place = new.position, f"{self.edition.id}:{new.place}"
        self.session.add(old)
        for role, part in ((Role.LEAD, Part.LEADS), (Role.PARTNER, Part.PARTNERS)):
            if part in parts:
                self._other_units(old, new, role)
        self._move_events(new, old)
        self.session.flush()
        if means_other or Part.LEADS in parts:
            self.done.followed.add(
                follow_leads(self.session, self.agency, self.office, old, before, self.now)
            )

    def _means_other(self, old: Duty, new: Duty, parts: set[Part]) -> bool:
        """What the office once said a phrase means holds as long as the phrase stays, unless it says otherwise now."""
        corrected = new.deadline.get("phrase") != new.phrase
        longer = (
            not self.base.first_year
            <= self.edition.first_year
            <= self.edition.last_year
            <= self.base.last_year
        )
        return Part.PHRASE in parts or corrected or longer or old.deadline == {}

    def _other_units(self, old: Duty, new: Duty, role: Role) -> None:
        assert old.id is not None
        for named in units_of_duty(self.session, old.id):
            if named.role is role:
                self.session.delete(named)
        self.session.flush()
        for named in units_of_duty(self.session, new.id or 0):
            if named.role is role:
                self.session.add(_copied(named, old.id))
        self.session.flush()

    def _move_events(self, new: Duty, old: Duty) -> None:
        """Events that were recorded of the draft's duty are those of the one that goes on."""
        days = {
            event.day for event in self.session.exec(select(DutyEvent).where(DutyEvent.duty_id == old.id))
        }
        for event in self.session.exec(select(DutyEvent).where(DutyEvent.duty_id == new.id)):
            if event.day not in days and old.id is not None:
                event.duty_id = old.id
                self.session.add(event)

    def _take_over(self, duty: Duty) -> None:
        """A duty that is new goes on in the plan in force."""
        assert self.base.id is not None
        duty.plan_id, duty.place = self.base.id, f"{self.edition.id}:{duty.place}"
        self.session.add(duty)
        self.session.flush()
        self.done.followed.add(follow(self.session, self.agency, self.office, duty, self.now))

    def _give_places(self, record: dict[str, Any], added: Sequence[int], *, keeps_order: bool) -> None:
        """“@17” is one duty: where two stand at one place, the one that has to give way goes to the end."""
        every = duties_of(self.session, self.base.id or 0, left_out=True)
        gives_way = [duty for duty in every if (duty.id in added if keeps_order else duty.left_out)]
        used = {duty.position for duty in every if duty not in gives_way}
        end = max((duty.position for duty in every), default=0)
        for duty in gives_way:
            if duty.position in used:
                if duty.id not in added:
                    record["duties"].setdefault(str(duty.id), self._as_it_is(duty))
                end += 1
                duty.position = end
                self.session.add(duty)
            used.add(duty.position)
        self.session.flush()

    def _places(self) -> dict[int, int]:
        """Where each duty of the plan in force stands."""
        return {
            duty.id or 0: duty.position for duty in duties_of(self.session, self.base.id or 0, left_out=True)
        }

    def _move_merged_rows(self, places: Mapping[int, int], rewritten: Sequence[int]) -> None:
        """A duty that says something else now is what its rows said together no more."""
        now = self._places()
        places_moved(self.base, {at: now[each] for each, at in places.items() if each not in rewritten})

    def _end(self, duty: Duty) -> None:
        """From now on nobody owes it; what was done of it stays."""
        duty.left_out = True
        self.session.add(duty)
        mine = (col(Occurrence.duty_id) == duty.id, col(Obligation.is_open).is_(True))
        for item in items(self.session, *mine):
            decide(
                self.session,
                item,
                Ruling.NOT_APPLICABLE,
                Heard(self.now, self.chat),
                self.office,
                reason=REASON,
            )
            self.done.ended.append(item)

    def _close(self, record: Mapping[str, Any]) -> None:
        self.base.first_year = min(self.base.first_year, self.edition.first_year)
        self.base.last_year = max(self.base.last_year, self.edition.last_year)
        self.edition.state, self.edition.confirmed_at = PlanState.MERGED, self.now
        self.edition.notes = {**self.edition.notes, "merged": dict(record)}
        self.session.add_all([self.base, self.edition])
        self.session.flush()

    def take_back(self) -> Merged:
        """The plan in force as it was before; the edition is a draft again."""
        record = self.edition.notes["merged"]
        self.base.first_year, self.base.last_year = record["years"]
        if record.get(NOTES):
            self.base.notes = {**self.base.notes, NOTES: record[NOTES]}
        self._decided_anew(record["ended"])
        for duty_id, was in record["duties"].items():
            self._as_it_was(self._duty(int(duty_id)), was)
        for duty_id in record["added"]:
            self._give_back(self._duty(duty_id))
        self.edition.state, self.edition.confirmed_at = PlanState.DRAFT, None
        self.edition.notes = {key: kept for key, kept in self.edition.notes.items() if key != "merged"}
        self.session.add_all([self.base, self.edition])
        self.session.flush()
        return self.done

    def _decided_anew(self, ended: Sequence[int]) -> None:
        mine = col(Decision.obligation_id).in_(ended)
        ruled = select(Decision).where(
            mine, Decision.kind == Ruling.NOT_APPLICABLE, Decision.reason == REASON
        )
        for decision in self.session.exec(ruled):
            decision.undone_at = decision.undone_at or self.now
            self.session.add(decision)
        self.session.flush()
        for item in items(self.session, col(Obligation.id).in_(ended)):
            settle(self.session, item, self.office)

    def _as_it_was(self, duty: Duty, was: Mapping[str, Any]) -> None:
        before = leads_of(self.session, self.agency, duty, day_of(self.now))
        is_other = any(getattr(duty, name) != was[name] for name in ("deadline", "left_out"))
        for name in KEPT:
            setattr(duty, name, was[name])
        duty.kind, duty.reading = DutyKind(was["kind"]), Reading(was["reading"])
        self.session.add(duty)
        for named in units_of_duty(self.session, duty.id or 0):
            self.session.delete(named)
        self.session.flush()
        for printed, role, unit_id, bullets in was["units"]:
            self.session.add(
                DutyUnit(
                    agency_id=duty.agency_id,
                    duty_id=duty.id or 0,
                    printed=printed,
                    role=Role(role),
                    unit_id=unit_id,
                    bullets=bullets,
                )
            )
        self.session.flush()
        if is_other or before != leads_of(self.session, self.agency, duty, day_of(self.now)):
            self.done.followed.add(
                follow_leads(self.session, self.agency, self.office, duty, before, self.now)
            )

    def _give_back(self, duty: Duty) -> None:
        """What it made is withdrawn: nobody has answered it yet. Its words are the draft's again."""
        assert self.edition.id is not None
        for item in items(self.session, col(Occurrence.duty_id) == duty.id):
            item.obligation.withdrawn_at = self.now
            settle(self.session, item, self.office)
            self.done.followed.withdrawn.append(item)
        duty.plan_id, duty.place = self.edition.id, duty.place.partition(":")[2]
        duty.position = int(duty.place.rpartition("#")[2])
        self.session.add(duty)
        self.session.flush()


def _copied(named: DutyUnit, duty_id: int) -> DutyUnit:
    return DutyUnit(
        agency_id=named.agency_id,
        duty_id=duty_id,
        printed=named.printed,
        role=named.role,
        unit_id=named.unit_id,
        bullets=list(named.bullets),
    )


def touched_since(session: Session, edition: Plan) -> int:
    """Of how many obligations of what an edition changed or added something was said or decided since."""
    record = edition.notes["merged"]
    duties = [*map(int, record["duties"]), *record["added"]]
    of_these = select(Obligation.id).join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
    ids = of_these.where(col(Occurrence.duty_id).in_(duties))
    touched: set[int] = set()
    for table in (Answer, Decision):
        since = or_(col(table.at) > edition.confirmed_at, col(table.undone_at) > edition.confirmed_at)
        touched.update(
            session.exec(select(table.obligation_id).where(col(table.obligation_id).in_(ids), since))
        )
    return len(touched)
