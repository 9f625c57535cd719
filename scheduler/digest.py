"""The window's summary comes by itself: to the office two working days before its report is due and on the day,
to the leader on the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from data.letters import as_message, chats_with, put_letter
from data.obligations import Office
from data.pauses import is_paused
from data.people import chats_of_role
from data.reports import report_settings
from data.summaries import summary_of
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind
from data.unwatched import unwatched_in
from duties.message import Message
from duties.nudging import slot_at
from duties.summary import cut_day, long_overdue
from duties.thresholds import next_target
from duties.windows import Window, report_windows
from duties.wording import summary as wording
from duties.wording.summary import OCCASION_LINE
from duties.wording.unwatched import lacking_line
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
    if is_paused(agency, now) or slot_at(now, office.policy, office.calendar) is None:
        return 0
    today, put = day_of(now), 0
    for window in report_windows(today.year, office.windows):
        reached = {step.role: step for step in steps(window, office.calendar) if _is_now(step, today, office)}
        put += sum(_put(session, agency, office, window, step, now) for step in reached.values())
    return put


def _is_now(step: Step, today: date, office: Office) -> bool:
    return step.on <= today <= office.calendar.shift(step.on, LATEST)


def coming_digests(
    session: Session, agency: Agency, office: Office, first: date, until: date
) -> Iterator[tuple[date, Window, ChatRole]]:
    """The summaries that are to come from `first` on, as things stand; one that was missed comes on that day."""
    for year in range(first.year, until.year + 1):
        for window in report_windows(year, office.windows):
            reached = {
                (max(step.on, first), step.role): step for step in _not_over(window, office, first, until)
            }
            is_empty: dict[date, bool] = {}  # by the day whose numbers are told: it is reckoned once
            for (on, role), step in reached.items():
                if _is_told_to_all(session, agency, window, step):
                    continue
                cut = cut_day(window, on)
                if cut not in is_empty:
                    is_empty[cut] = summary_of(session, agency, office, window, on).is_empty
                if not is_empty[cut]:
                    yield on, window, role


def _not_over(window: Window, office: Office, first: date, until: date) -> Iterator[Step]:
    for step in steps(window, office.calendar):
        if step.on <= until and first <= office.calendar.shift(step.on, LATEST):
            yield step


def _is_told_to_all(session: Session, agency: Agency, window: Window, step: Step) -> bool:
    """Whether somebody is there to be told, and nobody has not been."""
    is_anybody = bool(chats_of_role(session, agency.id or 0, step.role))
    return is_anybody and not _untold(session, agency, window, step)


def _untold(session: Session, agency: Agency, window: Window, step: Step) -> list[Chat]:
    chats = chats_of_role(session, agency.id or 0, step.role)
    told = chats_with(session, [chat.id for chat in chats if chat.id], _key(window, step))
    return [chat for chat in chats if chat.id not in told]


def _key(window: Window, step: Step) -> str:
    return f"digest:{window.key}:{step.key}"


def _put(session: Session, agency: Agency, office: Office, window: Window, step: Step, now: datetime) -> int:
    assert agency.id is not None
    key, chats = _key(window, step), _untold(session, agency, window, step)
    summary = summary_of(session, agency, office, window, day_of(now)) if chats else None
    if summary is None or summary.is_empty:
        return 0
    today = day_of(now)
    lacking = lacking_line([each.in_words for each in unwatched_in(session, agency.id, window, today)])
    is_leader = step.role is ChatRole.LEADER
    message = wording.summary(
        wording.Told(
            summary,
            agency.name,
            wording.small(window.name),
            occasion=_occasion(window, office, today),
            lacking=lacking,
            target=next_target(summary.counted, summary.occurrences, report_settings(agency).thresholds),
            serious=long_overdue(summary, office.calendar, office.policy.leader_after) if is_leader else (),
            serious_after=office.policy.leader_after,
        )
    )
    return sum(
        put_letter(session, chat, key, LetterKind.NOTICE, now, _news(session, chat, window, message))
        is not None
        for chat in chats
    )


def _occasion(window: Window, office: Office, today: date) -> str:
    due = office.calendar.on_or_before(window.report_due)
    return wording.report_due(window.name, due, office.calendar.between(today, due), today)


def _news(session: Session, chat: Chat, window: Window, message: Message) -> Message:
    """The same numbers are not sent twice: where nothing changed since the first telling, that is all it says."""
    first = select(Letter).where(Letter.chat_id == chat.id, Letter.key == f"digest:{window.key}:ahead")
    told = session.exec(first).first()
    if told is None or _numbers(as_message(told.body)) != _numbers(message):
        return message
    return wording.unchanged(message, window.name, day_of(told.put_at))


def _numbers(message: Message) -> list[str]:
    """All but the line that says why it comes."""
    return [line.text for n, line in enumerate(message.lines) if n != OCCASION_LINE]
