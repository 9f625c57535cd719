"""Deadlines as a calendar that any telephone reads (RFC 5545)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from duties.workdays import HANOI

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//Nhắc việc CCHC//VI"
MORNING = time(8)
ASKED_AGAIN_EVERY = timedelta(hours=4)


@dataclass(frozen=True)
class Deadline:
    """One due date; `uid` stays the same for ever, `changed` moves when anything of it does.

    `at`: the hour, where the plan names one. `done`: it is shown as done and rings no more. `cancelled`: it is void.
    """

    uid: str
    due: date
    title: str
    about: str
    changed: datetime
    changes: int = 0
    at: time | None = None
    done: bool = False
    cancelled: bool = False


def write_calendar(name: str, deadlines: Sequence[Deadline]) -> bytes:
    """The same deadlines give the same bytes, so that whoever asks again can be told that nothing changed."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", ASKED_AGAIN_EVERY, parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        calendar.add_component(_event(deadline))
    written: bytes = calendar.to_ical()
    return written


def _event(deadline: Deadline) -> Event:
    event = Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", deadline.changed.astimezone(UTC))
    event.add("last-modified", deadline.changed.astimezone(UTC))
    event.add("sequence", deadline.changes)
    if deadline.at is None:
        event.add("dtstart", deadline.due)
        event.add("dtend", deadline.due + timedelta(days=1))
    else:
        event.add("dtstart", datetime.combine(deadline.due, deadline.at, HANOI).astimezone(UTC))
    event.add("summary", _one_line(deadline.title))
    event.add("description", _plain(deadline.about))
    event.add("status", "CANCELLED" if deadline.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from being invited elsewhere
    if not deadline.done and not deadline.cancelled:
        for alarm in _alarms(deadline):
            event.add_component(alarm)
    return event


def _alarms(deadline: Deadline) -> list[Alarm]:
    """At eight the day before, and on the day itself."""
    morning = timedelta(hours=MORNING.hour)
    start = timedelta(hours=deadline.at.hour, minutes=deadline.at.minute) if deadline.at else timedelta()
    on_the_day = morning - start
    moments = [on_the_day - timedelta(days=1)]
    if deadline.at is None or deadline.at > MORNING:
        moments.append(on_the_day)
    return [_alarm(deadline, before) for before in moments]


def _alarm(deadline: Deadline, moment: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _one_line(deadline.title))
    alarm.add("trigger", moment)
    return alarm


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    """Line ends and other control characters would start a line of the calendar's own."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join("".join(letter for letter in line if letter.isprintable()) for line in lines)
