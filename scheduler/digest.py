"""The window's summary comes by itself: to the office two working days before its report is due and on the day,
to the leader on the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from data.letters import put_letter
from data.obligations import Office
from data.people import chats_of_role
from data.summaries import summary_of
from data.tables import Agency, ChatRole, LetterKind
from duties.nudging import slot_at
from duties.windows import Window, report_windows
from duties.wording import summary as wording
from duties.workdays import WorkCalendar, day_of

AHEAD = 2
LATEST = 5  # a digest missed by more working days than this is of no use any more


@dataclass(frozen=True)
class Step:
    """One telling of a window's summary."""

    key: str
    on: date
    role: ChatRole


def steps(window: Window, calendar: WorkCalendar) -> Iterator[Step]:
    """When a window's summary comes by itself, and to whom."""
    due = calendar.on_or_before(window.report_due)
    yield Step("ahead", calendar.shift(due, -AHEAD), ChatRole.OFFICE)
    yield Step("day", due, ChatRole.OFFICE)
    yield Step("leader", due, ChatRole.LEADER)


def put_digests(session: Session, agency: Agency, office: Office, now: datetime) -> int:
    """Put the summaries that are to come by now; how many letters are new. A missed one comes late, but only the last."""
    if agency.paused_at is not None or slot_at(now, office.policy, office.calendar) is None:
        return 0
    today, put = day_of(now), 0
    for window in report_windows(today.year, office.windows):
        reached = {step.role: step for step in steps(window, office.calendar) if _is_now(step, today, office)}
        put += sum(_put(session, agency, office, window, step, now) for step in reached.values())
    return put


def _is_now(step: Step, today: date, office: Office) -> bool:
    return step.on <= today <= office.calendar.shift(step.on, LATEST)


def _put(session: Session, agency: Agency, office: Office, window: Window, step: Step, now: datetime) -> int:
    assert agency.id is not None
    chats = chats_of_role(session, agency.id, step.role)
    summary = summary_of(session, agency, office, window, day_of(now)) if chats else None
    if summary is None or not (summary.obligations.total or summary.ongoing_total or summary.carried_over):
        return 0
    message = wording.summary(summary, agency.name or "cơ quan")
    key = f"digest:{window.key}:{step.key}"
    return sum(put_letter(session, chat, key, LetterKind.NOTICE, now, message) is not None for chat in chats)
