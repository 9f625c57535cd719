"""The auditor: what should have a next step and has none is mended once, told once, and closed when it is well again."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from data.alarms import Finding, open_alarms, raise_alarm, trouble_of, was_told
from data.engine import transaction
from data.letters import put_letter
from data.obligations import Office
from data.offices import office_of
from data.people import chats_of_role
from data.tables import Agency, Alarm, ChatRole, LetterKind
from duties.message import Message
from duties.nudging import opening
from duties.wording import alarms as wording
from duties.workdays import day_of
from scheduler.clock import Clock
from scheduler.post_check import held_back, overdue_letters, refusing, unheard
from scheduler.rung_check import RungCheck

log = logging.getLogger(__name__)

ROUND_EVERY = timedelta(minutes=10)
TOLD_AGAIN_AFTER = timedelta(days=1)


class Auditor:
    """Goes round one database; one round is no longer good after a few more should have been made."""

    def __init__(self, engine: Engine, clock: Clock, channels: Collection[str]) -> None:
        self._engine, self._clock, self._channels = engine, clock, channels
        self._rungs = RungCheck(engine)
        self._last_round: datetime | None = None

    def look(self) -> list[Finding]:
        """One round: every agency's troubles, mended where we can, told where they are new."""
        now, found = self._clock.now(), []
        for agency_id in self._agencies():
            found += self._look_at(agency_id, now)
        self._last_round = now
        return found

    def has_looked(self) -> bool:
        return self._last_round is not None and abs(self._clock.now() - self._last_round) < 3 * ROUND_EVERY

    def _agencies(self) -> Sequence[int]:
        with transaction(self._engine) as session:
            return [each for each in session.exec(select(Agency.id).order_by(col(Agency.id))) if each]

    def _look_at(self, agency_id: int, now: datetime) -> list[Finding]:
        rungs = [self._rungs.wrong(agency_id, now), self._rungs.late(agency_id, now)]
        with transaction(self._engine) as session:
            agency = session.get_one(Agency, agency_id)
            office = office_of(session, agency, day_of(now))
            post = [
                held_back(session, agency_id, office, now),
                *overdue_letters(session, agency, office, self._channels, now),
                *refusing(session, agency_id, now),
                unheard(session, now),
            ]
            findings = [each for each in (*rungs, *post) if each.count]
            _keep_alarms(session, agency_id, office, findings, now)
        return findings


def _keep_alarms(
    session: Session, agency_id: int, office: Office, findings: Sequence[Finding], now: datetime
) -> None:
    for finding in findings:
        log.warning(
            "audit agency=%s found=%s count=%s repaired=%s",
            agency_id,
            finding.about,
            finding.count,
            finding.repaired,
        )
        known = was_told(session, agency_id, finding.about, now - TOLD_AGAIN_AFTER)
        alarm = raise_alarm(session, agency_id, finding, now)
        if alarm.told_at is None and not known:
            alarm.told_at = now
            said = wording.found(
                finding.trouble, finding.count, finding.repaired, finding.channel, finding.names
            )
            _tell(session, agency_id, office, f"alarm:{alarm.id}", said, now)
    still = {finding.about for finding in findings}
    for alarm in open_alarms(session, agency_id):
        if alarm.about not in still:
            _close(session, alarm, office, now)


def _close(session: Session, alarm: Alarm, office: Office, now: datetime) -> None:
    """Who was told of trouble that we could not mend is told that it is over."""
    alarm.closed_at = now
    session.add(alarm)
    log.info("audit agency=%s well again=%s", alarm.agency_id, alarm.about)
    if alarm.told_at is not None and not alarm.repaired:
        said = wording.well_again(*trouble_of(alarm))
        _tell(session, alarm.agency_id or 0, office, f"alarm-over:{alarm.id}", said, now)


def _tell(
    session: Session, agency_id: int, office: Office, what: str, message: Message, now: datetime
) -> None:
    goes_on = opening(now, office.policy, office.calendar)
    for role in (ChatRole.OFFICE, ChatRole.ADMIN):
        for chat in chats_of_role(session, agency_id, role):
            put_letter(session, chat, f"notice:{what}", LetterKind.NOTICE, now, message, not_before=goes_on)
