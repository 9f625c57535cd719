"""The private calendar address: what a telephone gets, how often, and until when."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from data.access_links import withdraw_links
from data.engine import transaction
from data.tables import LinkPurpose
from tests.conftest import NOW
from tests.fakes.counter import Counter


@pytest.fixture
def counter(engine: Engine, tmp_path: Path) -> Counter:
    return Counter(engine, tmp_path / "files")


@pytest.fixture
def path(counter: Counter) -> str:
    return f"/lich/{counter.token(LinkPurpose.CALENDAR)}.ics"


def test_a_telephone_reads_the_due_dates(counter: Counter, path: str) -> None:
    answer = counter.get(path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2022, 3, 31)


def test_what_did_not_change_is_not_sent_again(counter: Counter, path: str) -> None:
    tag = counter.get(path).headers["etag"]
    again = counter.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_it_may_be_kept_for_a_while_by_its_reader_alone(counter: Counter, path: str) -> None:
    assert counter.get(path).headers["cache-control"] == "private, max-age=900"


def test_a_withdrawn_address_is_gone(counter: Counter, path: str) -> None:
    with transaction(counter.engine) as session:
        withdraw_links(session, counter.unit_id, LinkPurpose.CALENDAR, NOW)
    assert counter.get(path).status_code == 410


def test_a_forged_address_is_not_there(counter: Counter) -> None:
    assert counter.get(f"/lich/{'x' * 43}.ics").status_code == 404


def test_an_upload_address_is_no_calendar(counter: Counter) -> None:
    assert counter.get(f"/lich/{counter.token(LinkPurpose.UPLOAD)}.ics").status_code == 404
