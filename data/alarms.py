"""What the auditor found wrong: one open alarm for each thing, told once, closed when it is well again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from data.tables import Alarm
from duties.wording.alarms import Trouble


@dataclass(frozen=True)
class Finding:
    """Something wrong: how much of it, how much of that is mended, and with whom where that helps."""

    trouble: Trouble
    count: int
    repaired: int = 0
    channel: str = ""
    names: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        return f"{self.trouble}:{self.channel}" if self.channel else self.trouble.value


def trouble_of(alarm: Alarm) -> tuple[Trouble, str]:
    """What an alarm is about, and of which channel."""
    trouble, _, channel = alarm.about.partition(":")
    return Trouble(trouble), channel


def open_alarms(session: Session, agency_id: int) -> Sequence[Alarm]:
    query = select(Alarm).where(Alarm.agency_id == agency_id, col(Alarm.closed_at).is_(None))
    return session.exec(query.order_by(col(Alarm.id))).all()


def all_is_well(session: Session) -> bool:
    """Whether no alarm of any agency is open."""
    return session.exec(select(func.count()).where(col(Alarm.closed_at).is_(None))).one() == 0


def raise_alarm(session: Session, agency_id: int, finding: Finding, now: datetime) -> Alarm:
    """The open alarm about this, made if there is none; what was mended is counted."""
    mine = (Alarm.agency_id == agency_id, Alarm.about == finding.about, col(Alarm.closed_at).is_(None))
    alarm = session.exec(select(Alarm).where(*mine)).first()
    if alarm is None:
        alarm = Alarm(agency_id=agency_id, about=finding.about, found_at=now)
    alarm.detail = {"count": finding.count}
    alarm.repaired += finding.repaired
    session.add(alarm)
    session.flush()
    return alarm


def was_told(session: Session, agency_id: int, about: str, since: datetime) -> bool:
    """Whether the office heard of the same thing since then: trouble that comes and goes is told once."""
    query = select(Alarm.id).where(
        Alarm.agency_id == agency_id, Alarm.about == about, col(Alarm.told_at) >= since
    )
    return session.exec(query).first() is not None
