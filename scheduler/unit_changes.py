"""Units are renamed, merged, split or closed when their day has come; or that is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from data import trail
from data.letters import put_letter
from data.obligations import Heard, Item, Office, decide, items, settle
from data.once import insert_once
from data.people import NEVER_LIVED, add_unit, chats_of_role, known_units, rename_unit
from data.questions import give_to
from data.tables import (
    Agency,
    ChangeState,
    Chat,
    ChatRole,
    FormerName,
    FormerOwner,
    LetterKind,
    Obligation,
    Unit,
    UnitChange,
)
from data.unit_changes import (
    coming,
    hand_over_codes,
    hand_over_nudges,
    link_instead,
    linked_chats,
    mean_instead,
    obligations_on,
)
from duties.errors import DutyError
from duties.message import Message
from duties.progress import Ruling
from duties.spelling import fold
from duties.unit_changes import ChangeKind, Owing, Passed, pass_on
from duties.units import kind_of
from duties.wording import unit_changes as wording
from duties.workdays import HANOI, day_of
from scheduler.materialise import materialise


@dataclass
class Outcome:
    """What a change did: obligations that changed hands, those joined in another, those open again, those made."""

    passed: list[Item] = field(default_factory=list)
    joined: list[Item] = field(default_factory=list)
    reopened: list[Item] = field(default_factory=list)
    made: int = 0
    chats: list[tuple[int, list[str]]] = field(default_factory=list)


def carry_out_coming(session: Session, agency: Agency, office: Office, now: datetime) -> list[UnitChange]:
    """Everything confirmed whose day has come; what can no longer be done is let be and comes back as dropped."""
    done = []
    for change in coming(session, agency.id or 0, day_of(now)):
        try:
            with session.begin_nested():
                announce(session, change, carry_out(session, agency, office, change, now), now)
        except DutyError as refused:
            change.state = ChangeState.DROPPED
            trail.note(session, now, "unit_change_let_be", agency, change=change.id)
            session.add(change)
            for chat in chats_of_role(session, change.agency_id, ChatRole.OFFICE):
                _tell(
                    session,
                    chat,
                    f"{change.id}:not-done",
                    wording.not_done(change.id or 0, str(refused)),
                    now,
                )
        done.append(change)
    return done


def carry_out(session: Session, agency: Agency, office: Office, change: UnitChange, now: datetime) -> Outcome:
    """Do it now, all of it in one transaction."""
    session.refresh(agency, with_for_update=True)
    work = Work(session, agency, office, change, now)
    match change.kind:
        case ChangeKind.RENAME:
            work.rename()
        case ChangeKind.MERGE:
            work.merge()
        case ChangeKind.SPLIT:
            work.split()
        case ChangeKind.CLOSE:
            work.close()
    change.state, change.done_at, change.did = ChangeState.DONE, now, work.did
    trail.note(session, now, "unit_change_done", agency, change=change.id, kind=change.kind.value)
    session.add(change)
    session.flush()
    if change.kind in (ChangeKind.MERGE, ChangeKind.SPLIT):
        work.outcome.made = materialise(session, agency, office, day_of(now))
    return work.outcome


@dataclass
class Work:
    """One change being done; `did` is kept for taking it back."""

    session: Session
    agency: Agency
    office: Office
    change: UnitChange
    now: datetime
    outcome: Outcome = field(default_factory=Outcome)
    did: dict[str, Any] = field(default_factory=dict)

    @property
    def eve(self) -> date:
        """The last day on which it was as before."""
        return self.change.on - timedelta(days=1)

    def rename(self) -> None:
        unit, name = self._unit(self.change.unit_ids[0]), self.change.names[0]
        taken = [each for each in known_units(self.session, unit.agency_id) if fold(each.name) == fold(name)]
        if any(each.id != unit.id for each in taken):
            raise DutyError(wording.name_taken(name))
        self._note("renamed", unit.id or 0, unit.name)
        # renamed twice from one day on, what counts is the name before both
        insert_once(
            self.session,
            FormerName(agency_id=unit.agency_id, unit_id=unit.id or 0, name=unit.name, until=self.eve),
        )
        rename_unit(self.session, unit, name)

    def merge(self) -> None:
        heir = self._made(self.change.names[0])
        gone = [self._unit(each) for each in self.change.unit_ids if each != heir.id]
        for unit in gone:
            self._follow(unit, [heir], stays=False)
            unit.valid_to, unit.successor_id = self.eve, heir.id
            self.session.add(unit)
        self.session.flush()
        self._pass(self._open_of(gone), heir)

    def split(self) -> None:
        unit = self._unit(self.change.unit_ids[0])
        heirs = {fold(name): self._made(name) for name in self.change.names}
        stays = fold(unit.name) in heirs
        rest = heirs[fold(unit.name)] if stays else list(heirs.values())[-1]
        shares = {int(duty): heirs[fold(name)] for duty, name in self.change.shares.items()}
        self._follow(unit, [heir for heir in heirs.values() if heir.id != unit.id], stays=stays)
        if not stays:
            unit.valid_to, unit.successor_id = self.eve, rest.id
            self.session.add(unit)
        self.did["shares"] = {str(duty): heir.id or 0 for duty, heir in shares.items() if heir.id != rest.id}
        owed = self._open_of([unit])
        for heir in heirs.values():
            own = [each for each in owed if shares.get(each.duty.id or 0, rest).id == heir.id]
            if heir.id != unit.id:
                self._pass(own, heir)

    def close(self) -> None:
        unit = self._unit(self.change.unit_ids[0])
        self._note("ended", unit.id or 0)
        unit.valid_to = self.eve
        self.session.add(unit)

    def _unit(self, unit_id: int) -> Unit:
        return self.session.get_one(Unit, unit_id)

    def _note(self, what: str, *values: int | str) -> None:
        self.did.setdefault(what, []).append(list(values))

    def _made(self, name: str) -> Unit:
        """The unit of that name, which lives from that day on if it is new."""
        query = select(Unit).where(Unit.agency_id == self.agency.id, Unit.name_key == fold(name))
        found = self.session.exec(query).one_or_none()
        if found is not None and found.valid_to is None:
            return found
        if found is not None and found.id not in self.change.unit_ids and found.valid_to != NEVER_LIVED:
            raise DutyError(wording.name_taken(name))
        unit = add_unit(self.session, self.agency.id or 0, name, kind_of(name, self.agency.name))
        unit.valid_from, unit.valid_to, unit.successor_id = self.change.on, None, None
        self.session.add(unit)
        self.session.flush()
        self._note("made", unit.id or 0)
        return unit

    def _follow(self, unit: Unit, heirs: Sequence[Unit], *, stays: bool) -> None:
        """Chats, codes and collective names go with it."""
        ids = [heir.id or 0 for heir in heirs]
        chats = linked_chats(self.session, unit.id or 0)
        for pair in link_instead(self.session, unit.id or 0, ids, stays=stays):
            self._note("linked", *pair)
        for chat_id in chats:
            self.outcome.chats.append((chat_id, [heir.name for heir in heirs]))
            if not stays:
                self._note("unlinked", chat_id, unit.id or 0)
        if not stays:
            self._note("ended", unit.id or 0)
            hand_over_codes(self.session, unit.id or 0, ids[-1])
            mean_instead(self.agency, unit.id or 0, ids)
            self.session.add(self.agency)

    def _open_of(self, units: Sequence[Unit]) -> list[Item]:
        mine = col(Obligation.unit_id).in_([unit.id for unit in units])
        return items(self.session, mine, col(Obligation.is_open).is_(True))

    def _pass(self, owed: Sequence[Item], heir: Unit) -> None:
        """Everything open goes to the heir, of each occurrence one obligation."""
        by_id = {each.id: each for each in owed}
        own = obligations_on(self.session, {each.occurrence.id or 0 for each in owed}, [heir.id or 0])
        values = [_owing(each.obligation) for each in owed] + [_owing(each) for each in own]
        for passed in pass_on(values, heir.id or 0):
            ended = [by_id[each] for each in passed.ends]
            for each in ended:
                self._join(each, heir)
            if passed.is_own:
                self._add_to_own(passed, ended[0], heir)
            else:
                self._change_hands(by_id[passed.stays], heir, passed.bullets)
        self.session.flush()

    def _change_hands(self, owed: Item, heir: Unit, bullets: tuple[int, ...]) -> None:
        row = owed.obligation
        self._note("passed", owed.id, row.unit_id, ",".join(map(str, row.bullets)))
        hand_over_nudges(self.session, [owed.id], row.unit_id, heir.id or 0)
        self._keep_owner(owed)
        row.unit_id, row.bullets = heir.id or 0, list(bullets)
        self.session.add(row)
        self.session.flush()
        moved = Item(row, owed.occurrence, owed.duty, heir)
        settle(self.session, moved, self.office)
        self.outcome.passed.append(moved)

    def _keep_owner(self, owed: Item) -> None:
        mine = (FormerOwner.obligation_id == owed.id, FormerOwner.until == self.eve)
        if self.session.exec(select(FormerOwner).where(*mine)).first() is None:
            self.session.add(
                FormerOwner(
                    agency_id=owed.obligation.agency_id,
                    obligation_id=owed.id,
                    unit_id=owed.obligation.unit_id,
                    until=self.eve,
                )
            )

    def _join(self, owed: Item, heir: Unit) -> None:
        # on its day: what is summed up for a day after it counts the heir's alone
        on_its_day = Heard(min(self.now, datetime.combine(self.change.on, time.min, HANOI)))
        ruled = decide(
            self.session, owed, Ruling.MOVE, on_its_day, self.office, reason="gộp đơn vị", to_unit_id=heir.id
        )
        self._note("decided", ruled.id or 0)
        self.outcome.joined.append(owed)

    def _add_to_own(self, passed: Passed, given: Item, heir: Unit) -> None:
        """The heir owes this occurrence already, or did its part of it: then the rest of it is open again."""
        row = self.session.get_one(Obligation, passed.stays)
        self._note(
            "widened", passed.stays, ",".join(map(str, row.bullets)), int(row.withdrawn_at is not None)
        )
        was_done = row.done_at is not None
        row.withdrawn_at, row.bullets = None, list(passed.bullets)
        self.session.add(row)
        own = give_to(self.session, given, heir, self.agency, self.office, self.now, day_of(self.now))
        if was_done:
            due = max((day for day in (passed.due, row.due) if day), default=None)
            reason = f"nhận thêm phần việc của {given.unit.name}"
            ruled = decide(
                self.session, own, Ruling.RETURN, Heard(self.now), self.office, reason=reason, due=due
            )
            self._note("decided", ruled.id or 0)
            self.outcome.reopened.append(own)


def _owing(row: Obligation) -> Owing:
    return Owing(
        row.id or 0,
        row.occurrence_id,
        row.unit_id,
        tuple(row.bullets),
        row.due,
        row.is_open and row.withdrawn_at is None,
    )


def announce(
    session: Session, change: UnitChange, outcome: Outcome, now: datetime, speaking: int | None = None
) -> None:
    """Each chat hears in one line whom it serves now; the office what was done, but for the chat that is speaking."""
    for chat_id, names in outcome.chats:
        message = wording.chat_serves(change.on, names)
        _tell(session, session.get_one(Chat, chat_id), f"{change.id}:chat", message, now)
    done = wording.done_by_itself(
        change.kind, change.on, unit_names(session, change), change.names, told_of(outcome)
    )
    for office in chats_of_role(session, change.agency_id, ChatRole.OFFICE):
        if office.id != speaking:
            _tell(session, office, f"{change.id}:done", done, now)


def _tell(session: Session, chat: Chat, what: str, message: Message, now: datetime) -> None:
    put_letter(session, chat, f"notice:units:{what}", LetterKind.NOTICE, now, message)


def told_of(outcome: Outcome) -> wording.Told:
    """The outcome in numbers, and by the codes of what is open again."""
    reopened = [f"#{each.obligation.short_code}" for each in outcome.reopened]
    return wording.Told(len(outcome.passed), len(outcome.joined), reopened, outcome.made)


def unit_names(session: Session, change: UnitChange) -> list[str]:
    """What the units that change are called, by the names they had before."""
    was: dict[int, str] = dict(change.did.get("renamed", []))
    return [was.get(unit_id) or session.get_one(Unit, unit_id).name for unit_id in change.unit_ids]
