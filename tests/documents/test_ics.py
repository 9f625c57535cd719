"""A calendar of due dates that every telephone reads, and that no words of a plan can break."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Component

from documents.ics import Deadline, write_calendar
from tests.conftest import NOW

DUE = Deadline("a1.1@nhacviec", date(2022, 3, 31), "Hạn: 1.1 Tuyên truyền (#A1)", "Đơn vị: Phòng", NOW)


def event(deadline: Deadline) -> Component:
    [found] = Calendar.from_ical(write_calendar("Hạn CCHC", [deadline])).walk("VEVENT")
    return found


def test_a_due_date_is_a_whole_day() -> None:
    assert event(DUE).decoded("dtstart") == date(2022, 3, 31)
    assert event(DUE).decoded("dtend") == date(2022, 4, 1)


def test_an_hour_is_told_in_the_world_s_time() -> None:
    at_four = event(replace(DUE, at=time(16)))
    assert at_four.decoded("dtstart") == datetime(2022, 3, 31, 9, tzinfo=UTC)


def test_it_rings_at_eight_the_day_before_and_on_the_day() -> None:
    triggers = [alarm.decoded("trigger") for alarm in event(DUE).walk("VALARM")]
    assert triggers == [timedelta(hours=-16), timedelta(hours=8)]


def test_with_an_hour_it_still_rings_at_eight() -> None:
    triggers = [alarm.decoded("trigger") for alarm in event(replace(DUE, at=time(16))).walk("VALARM")]
    assert triggers == [timedelta(hours=-32), timedelta(hours=-8)]


def test_what_is_done_or_void_rings_no_more() -> None:
    done, void = event(replace(DUE, done=True)), event(replace(DUE, cancelled=True))
    assert (done.walk("VALARM"), void.walk("VALARM")) == ([], [])
    assert (done["status"], void["status"]) == ("CONFIRMED", "CANCELLED")


def test_the_same_dates_are_the_same_bytes() -> None:
    assert write_calendar("Hạn", [DUE]) == write_calendar("Hạn", [DUE])


def test_it_has_what_the_standard_asks_for() -> None:
    calendar = Calendar.from_ical(write_calendar("Hạn CCHC", [DUE]))
    assert (calendar["version"], bool(calendar["prodid"])) == ("2.0", True)
    assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"} <= set(event(DUE))


def test_every_line_ends_and_folds_as_the_standard_asks() -> None:
    written = write_calendar("Hạn CCHC", [replace(DUE, about="đề nghị báo cáo kết quả " * 40)])
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75


HOSTILE = [
    "Hạn\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:giả",
    "a;b,c\\d\nBEGIN:VALARM",
    "x\x00\x07\u2028BEGIN:VEVENT\u2029y\x85z",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_start_no_line_of_their_own(words: str) -> None:
    written = write_calendar(words, [replace(DUE, title=words, about=words)])
    calendar = Calendar.from_ical(written)
    assert len(calendar.walk("VEVENT")) == 1
    assert len(calendar.walk("VALARM")) == 2


def test_no_dates_are_a_calendar_too() -> None:
    assert Calendar.from_ical(write_calendar("Hạn CCHC", [])).walk("VEVENT") == []
