"""What was kept long enough goes, and nothing that something still stands on."""

import os
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from data import retention, trail
from data.access_links import make_link
from data.chain import verify
from data.engine import transaction
from data.guesses import hold_against
from data.retention import Periods, begins
from data.tables import (
    AccessLink,
    Agency,
    Answer,
    Chat,
    Inbox,
    Invitation,
    Letter,
    LetterState,
    LinkPurpose,
    Plan,
    StoredFile,
    Trail,
    WebSeat,
    WebSession,
    WrongCode,
)
from data.web_sessions import let_in
from duties.wording.keeping import LET_GO
from scheduler.clock import StoppedClock
from scheduler.upkeep import Upkeep
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.keeping import PDF, busy_office

FOREVER = Periods(**dict.fromkeys(asdict(Periods()), 0))
SOON, LATER = hanoi("2022-12-15 09:00"), hanoi("2028-03-20 09:00")


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    """An office whose work of 2022 is partly open, and a file of which has been handed in."""
    return busy_office(engine, tmp_path / "files")


def gone(talk: Conversation, periods: Periods) -> int:
    return Upkeep(talk.engine, talk.files, StoppedClock(LATER), periods).let_go()


def rows(talk: Conversation, kind: type[SQLModel]) -> int:
    with transaction(talk.engine) as session:
        return len(session.exec(select(kind)).all())


def texts(session: Session) -> dict[bool, set[str]]:
    """What is left of the messages, by whether they were let go."""
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for inbox in session.exec(select(Inbox)):
        found[inbox.let_go_at is not None].add(inbox.text)
    return found


@pytest.mark.parametrize(
    ("months", "now", "first"),
    [
        (1, "2026-03-31 00:30", "2026-02-01 00:00"),
        (12, "2026-01-15 09:00", "2025-01-01 00:00"),
        (60, "2026-12-01 09:00", "2021-12-01 00:00"),
    ],
)
def test_months_are_counted_from_the_first_of_a_month(months: int, now: str, first: str) -> None:
    assert begins(months, hanoi(now)) == hanoi(first)


def test_what_is_kept_for_good_has_no_such_day() -> None:
    assert begins(0, LATER) is None


def test_by_default_no_evidence_no_entry_and_no_answer_ever_goes(talk: Conversation) -> None:
    before = rows(talk, Trail), rows(talk, Answer)
    gone(talk, Periods())
    with transaction(talk.engine) as session:
        assert session.exec(select(Trail.action).order_by(col(Trail.id).desc())).first() == "retention"
        assert len(session.exec(select(Trail).where(Trail.action != "retention")).all()) == before[0]
        assert session.exec(select(StoredFile.let_go_at)).all() == [None]
    assert rows(talk, Answer) == before[1]


def test_nothing_goes_before_its_time(talk: Conversation) -> None:
    assert Upkeep(talk.engine, talk.files, StoppedClock(SOON), Periods(codes=0)).let_go() == 0


def test_words_of_messages_go_but_of_those_that_open_work_stands_on(talk: Conversation) -> None:
    gone(talk, replace(FOREVER, messages=60))
    with transaction(talk.engine) as session:
        left = texts(session)
    assert left[True] == {LET_GO}
    assert left[False] == {
        "việc 1 xin lùi đến 20/4 vì chờ số liệu",
        "1 vướng: chưa có kinh phí ở “Phòng”\r\n\ttừ quý I — 100% 😀",
        "duyệt 1",
        "xong 2",
    }


def test_letters_say_that_their_words_went(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        for letter in session.exec(select(Letter).where(Letter.put_at < SOON)):
            letter.state = LetterState.SENT
    assert gone(talk, replace(FOREVER, letters=60)) == rows(talk, Letter)
    with transaction(talk.engine) as session:
        assert {letter.body["lines"][0][0] for letter in session.exec(select(Letter))} == {LET_GO}


def test_letters_that_still_wait_stay(talk: Conversation) -> None:
    assert gone(talk, replace(FOREVER, letters=60)) == 0


def test_evidence_of_a_closed_year_goes_and_that_it_was_given_stays(talk: Conversation) -> None:
    talk.say(OFFICE, "duyệt #A1")
    assert gone(talk, replace(FOREVER, evidence=36)) == 1
    with transaction(talk.engine) as session:
        kept = session.exec(select(StoredFile)).one()
    assert (kept.let_go_at, talk.files.is_whole(kept.sha256)) == (LATER, False)


def test_files_go_only_after_it_is_committed_that_they_do(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    talk.say(OFFICE, "duyệt #A1")
    monkeypatch.setattr(trail, "note", fail)
    with pytest.raises(RuntimeError):
        gone(talk, replace(FOREVER, evidence=36))
    with transaction(talk.engine) as session:
        kept = session.exec(select(StoredFile)).one()
    assert (kept.let_go_at, talk.files.is_whole(kept.sha256)) == (None, True)


def test_files_of_a_day_that_was_cut_short_go_on_the_next(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        kept = session.exec(select(StoredFile)).one()
        kept.let_go_at = LATER
    assert gone(talk, FOREVER) == 0
    assert not talk.files.has(kept.sha256)


def test_a_file_that_another_agency_keeps_stays(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        session.add(Agency(id=2, name="Sở Nội vụ", created_at=SOON))
        kept = session.exec(select(StoredFile)).one()
        kept.let_go_at = LATER
        session.flush()
        session.add(
            StoredFile(
                agency_id=2, sha256=kept.sha256, size=kept.size, media_type="application/pdf", stored_at=SOON
            )
        )
    gone(talk, FOREVER)
    assert talk.files.is_whole(kept.sha256)


def test_what_was_half_written_long_ago_goes(talk: Conversation) -> None:
    half = talk.files.path / "ab" / ".new-x1"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    os.utime(half, (SOON.timestamp(), SOON.timestamp()))
    gone(talk, FOREVER)
    assert not half.exists()


def test_what_is_being_written_now_stays(talk: Conversation) -> None:
    half = talk.files.path / "ab" / ".new-x1"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    os.utime(half, (LATER.timestamp(), LATER.timestamp()))
    gone(talk, FOREVER)
    assert half.exists()


def test_the_same_file_may_be_given_again(talk: Conversation) -> None:
    gone(talk, replace(FOREVER, evidence=36))
    talk.say(PLANS, "bổ sung #A1", file_name="bao-cao.pdf", file=PDF)
    with transaction(talk.engine) as session:
        kept = session.exec(select(StoredFile)).one()
    assert (kept.let_go_at, talk.files.is_whole(kept.sha256)) == (None, True)


def test_a_file_that_another_open_work_is_proved_by_stays(talk: Conversation) -> None:
    talk.say(PRESS, "#A3 đang làm", file_name="bao-cao.pdf", file=PDF)
    assert gone(talk, replace(FOREVER, evidence=36)) == 0


def test_browsers_codes_links_and_invitations_that_ended_long_ago_go(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        chat = session.exec(select(Chat)).first()
        assert chat is not None
        hold_against(session, ("web", "", "somewhere"), SOON)
        make_link(session, chat, LinkPurpose.UPLOAD, SOON, timedelta(days=7))
        let_in(session, None, chat, "", "Firefox", SOON)
    talk.code()
    gone(talk, Periods())
    assert [rows(talk, kind) for kind in (WrongCode, AccessLink, WebSession, WebSeat)] == [0, 0, 0, 0]
    with transaction(talk.engine) as session:
        assert None not in session.exec(select(Invitation.used_at)).all()


def test_a_link_that_opens_until_it_is_withdrawn_stays(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        make_link(session, session.get_one(Chat, 1), LinkPurpose.CALENDAR, SOON, None)
    gone(talk, Periods())
    assert rows(talk, AccessLink) == 1


def test_a_plan_that_was_read_and_never_confirmed_goes_wholly(talk: Conversation) -> None:
    talk.say(OFFICE, "sao chép kế hoạch 485 sang năm 2023")
    assert gone(talk, replace(FOREVER, drafts=12)) == 1
    with transaction(talk.engine) as session:
        assert [plan.first_year for plan in session.exec(select(Plan))] == [2022]


@pytest.fixture
def cut(talk: Conversation) -> Conversation:
    """An office whose trail of years ago was let go, but for one entry of last month."""
    with transaction(talk.engine) as session:
        trail.note(session, hanoi("2028-02-15 09:00"), "done", session.exec(select(Chat)).first())
    gone(talk, replace(FOREVER, trail=24))
    return talk


def test_where_all_of_a_trail_goes_it_is_gone_on_with(talk: Conversation) -> None:
    before = rows(talk, Trail)
    gone(talk, replace(FOREVER, trail=24))
    with transaction(talk.engine) as session:
        found = verify(session, 1)
    assert (found.entries, found.cut, found.head.place, found.broken) == (1, before, before + 1, None)


def test_a_long_trail_goes_a_slice_at_a_time(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ENTRIES_AT_ONCE", 3)
    before = rows(talk, Trail)
    assert gone(talk, replace(FOREVER, trail=24)) == before
    with transaction(talk.engine) as session:
        cuts = session.exec(select(Trail.detail).where(Trail.action == "trail_cut").order_by(col(Trail.id)))
        assert [each["through"] for each in cuts] == [*range(3, before, 3), before]
        assert (verify(session, 1).cut, verify(session, 1).broken) == (before, None)


def test_the_rest_of_a_trail_that_was_cut_is_whole(cut: Conversation) -> None:
    with transaction(cut.engine) as session:
        found = verify(session, 1)
    assert (found.entries, found.broken) == (2, None)


def test_more_than_was_said_cannot_go_unnoticed(cut: Conversation) -> None:
    with transaction(cut.engine) as session:
        through = session.exec(select(Trail.detail).where(Trail.action == "trail_cut")).one()["through"]
        first = session.exec(select(Trail.place).where(Trail.action == "done", Trail.place > through)).all()
    assert first == [through + 1]


def test_what_went_is_noted_with_its_count(talk: Conversation) -> None:
    gone(talk, replace(FOREVER, drafts=12, messages=60))
    with transaction(talk.engine) as session:
        noted = session.exec(select(Trail.detail).where(Trail.action == "retention")).all()
    assert [(each["kind"], each["before"]) for each in noted] == [("messages", date(2023, 3, 1).isoformat())]


def test_the_days_work_is_done_once_a_day(talk: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    upkeep = Upkeep(talk.engine, talk.files, StoppedClock(LATER), Periods())
    assert upkeep.look() > 0
    assert upkeep.look() == 0
    assert sum("trail chain=1" in line and "head=1-" in line for line in caplog.messages) == 1


def test_looking_touches_nothing(talk: Conversation) -> None:
    upkeep = Upkeep(talk.engine, talk.files, StoppedClock(LATER), Periods())
    counted = {each.kind: each.count for each in upkeep.old()}
    assert counted["messages"] > 0
    assert {each.kind: each.count for each in upkeep.old()} == counted
    assert upkeep.let_go() == sum(counted.values())
