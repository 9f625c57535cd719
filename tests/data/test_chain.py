"""The trail's chain: whatever is done to an entry afterwards is noticed, on both databases."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from data import trail
from data.chain import Fault, Head, NotAHead, Verified, chains_of, read_head, verify
from data.engine import open_engine, transaction
from data.tables import Agency
from data.tables.trail import guard_trail
from tests.conftest import NOW

GUARDS = ("trail_is_fixed", "trail_is_erased_whole", "trail_stays", "trail_is_not_emptied")


@pytest.fixture
def noted(engine: Engine) -> Engine:
    """An agency with six entries."""
    with transaction(engine) as session:
        session.add(Agency(name="Sở Nội vụ", created_at=NOW))
    for number in range(1, 7):
        note(engine, f"done {number}", text=f"lời {number}")
    return engine


def note(engine: Engine, action: str, text: str = "") -> None:
    with transaction(engine) as session:
        trail.note(session, NOW, action, session.get(Agency, 1), sender="Nguyễn Thị Lan", text=text)


def looked_at(engine: Engine, *kept: Head) -> Verified:
    with transaction(engine) as session:
        return verify(session, 1, kept)


@contextmanager
def unguarded(engine: Engine) -> Iterator[Callable[[str], None]]:
    """Whoever owns the database can take its guards away first, and set them again."""
    with engine.begin() as connection:
        for guard in GUARDS:
            if engine.dialect.name == "sqlite":
                connection.execute(text(f"DROP TRIGGER IF EXISTS {guard}"))
            else:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {guard} ON trail"))

        def do(statement: str) -> None:
            connection.execute(text(statement))

        yield do
        guard_trail(connection)


def broken(engine: Engine) -> tuple[int, Fault] | None:
    found = looked_at(engine).broken
    return (found.place, found.fault) if found else None


def test_what_nobody_touched_is_whole(noted: Engine) -> None:
    found = looked_at(noted)
    assert (found.entries, found.broken, found.head.place) == (6, None, 6)


@pytest.mark.parametrize(
    ("statement", "place", "fault"),
    [
        ("UPDATE trail SET action = 'undone' WHERE place = 3", 3, Fault.CHANGED),
        ("UPDATE trail SET sender = 'Trần Văn Minh' WHERE place = 3", 3, Fault.CHANGED),
        ("""UPDATE trail SET words = '{"text": "lời khác"}' WHERE place = 3""", 3, Fault.CHANGED),
        ("UPDATE trail SET at = '2021-01-01 00:00:00' WHERE place = 1", 1, Fault.CHANGED),
        ("UPDATE trail SET agency_id = NULL WHERE place = 2", 2, Fault.CHANGED),
        ("UPDATE trail SET refused = true WHERE place = 6", 6, Fault.CHANGED),
        ("UPDATE trail SET sender = '', words = '{}', salt = '' WHERE place = 3", 3, Fault.ERASED),
        ("UPDATE trail SET salt = '' WHERE place = 3", 3, Fault.CHANGED),
        ("DELETE FROM trail WHERE place = 3", 3, Fault.MISSING),
        ("DELETE FROM trail WHERE place < 3", 1, Fault.MISSING),
        (
            "INSERT INTO trail (agency_id, chain, place, sender, action, refused, detail, words, at, salt, digest, hash)"
            " SELECT agency_id, chain, 7, sender, action, refused, detail, words, at, salt, digest, hash"
            " FROM trail WHERE place = 6",
            7,
            Fault.CHANGED,
        ),
        (
            "INSERT INTO trail (agency_id, chain, sender, action, refused, detail, words, at, salt, digest, hash)"
            " SELECT agency_id, chain, sender, action, refused, detail, words, at, '', '', ''"
            " FROM trail WHERE place = 6",
            7,
            Fault.UNSEALED,
        ),
    ],
)
def test_it_is_noticed_where_it_was_done(noted: Engine, statement: str, place: int, fault: Fault) -> None:
    with unguarded(noted) as do:
        do(statement)
    assert broken(noted) == (place, fault)


def test_two_that_changed_places_are_noticed(noted: Engine) -> None:
    with unguarded(noted) as do:
        for moved in ("99 WHERE place = 3", "3 WHERE place = 4", "4 WHERE place = 99"):
            do(f"UPDATE trail SET place = {moved}")
    assert broken(noted) == (3, Fault.CHANGED)


def test_what_is_cut_off_at_the_end_is_missed_by_a_head_kept_elsewhere(noted: Engine) -> None:
    kept = read_head(str(looked_at(noted).head))
    with unguarded(noted) as do:
        do("DELETE FROM trail WHERE place > 4")
    found = looked_at(noted, kept).broken
    assert found is not None
    assert (found.place, found.fault) == (5, Fault.CUT_OFF)


def test_a_chain_that_was_reckoned_anew_is_another_than_the_head_kept_elsewhere(noted: Engine) -> None:
    kept = read_head(str(looked_at(noted).head))
    with unguarded(noted) as do:
        do("DELETE FROM trail WHERE place > 4")
    for number in range(3):
        note(noted, f"forged {number}")
    assert broken(noted) is None
    found = looked_at(noted, kept).broken
    assert found is not None
    assert (found.place, found.fault) == (6, Fault.CHANGED)


def test_a_head_that_was_kept_is_still_in_the_longer_chain(noted: Engine) -> None:
    kept = read_head(str(looked_at(noted).head))
    note(noted, "done 7")
    assert looked_at(noted, kept).broken is None


@pytest.mark.parametrize("told", ["", "1-2", "1-2-xyz", "một-2-0123456789abcdef", "1-2-0123"])
def test_what_is_no_head_is_refused(told: str) -> None:
    with pytest.raises(NotAHead):
        read_head(told)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET action = 'undone' WHERE place = 3",
        "UPDATE trail SET sender = 'Trần Văn Minh' WHERE place = 3",
        "UPDATE trail SET sender = '' WHERE place = 3",
        "DELETE FROM trail WHERE place = 6",
        "DELETE FROM trail",
    ],
)
def test_the_database_itself_refuses(noted: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="kept as they are"), noted.begin() as connection:
        connection.execute(text(statement))


def test_what_a_savepoint_took_back_has_no_place(noted: Engine) -> None:
    with transaction(noted) as session:
        savepoint = session.begin_nested()
        trail.note(session, NOW, "thought better of", session.get(Agency, 1))
        savepoint.rollback()
        trail.note(session, NOW, "done 7", session.get(Agency, 1))
    found = looked_at(noted)
    assert (found.entries, found.broken) == (7, None)


def test_what_other_hands_put_in_is_given_no_place_by_the_next_entry(noted: Engine) -> None:
    with noted.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO trail (agency_id, chain, sender, action, refused, detail, words, at, salt, digest, hash)"
                " SELECT agency_id, chain, sender, 'extend', refused, detail, words, at, '', '', ''"
                " FROM trail WHERE place = 6"
            )
        )
    note(noted, "done 7")
    assert broken(noted) == (8, Fault.UNSEALED)


def test_a_long_trail_is_not_gone_through_to_lengthen_it(noted: Engine) -> None:
    asked: list[str] = []
    event.listen(noted, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    note(noted, "done 7")
    assert [each for each in asked if " FROM trail" in each and "LIMIT" not in each] == []


def test_what_no_encoding_knows_can_be_noted(noted: Engine) -> None:
    note(noted, "done 7", text="\ud800")
    assert looked_at(noted).broken is None


def test_many_at_once_stand_in_one_unbroken_chain(noted: Engine) -> None:
    others = [open_engine(noted.url.render_as_string(hide_password=False)) for _ in range(4)]

    def write(number: int) -> None:
        for _ in range(5):
            note(others[number % 4], f"by {number}", text="x")

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    for other in others:
        other.dispose()
    found = looked_at(noted)
    assert (found.entries, found.broken, found.head.place) == (46, None, 46)


def test_each_agency_has_a_chain_of_its_own_and_so_has_what_is_nobodys(session: Session) -> None:
    agencies = [Agency(name=name, created_at=NOW) for name in ("Sở Nội vụ", "Sở Tài chính")]
    session.add_all(agencies)
    session.flush()
    for where in (*agencies, None, agencies[0]):
        trail.note(session, NOW, "done", where)
    trail.seal(session)
    found = {chain: verify(session, chain) for chain in chains_of(session)}
    assert [(each.entries, each.broken) for each in found.values()] == [(1, None), (2, None), (1, None)]


def test_nothing_to_tell_is_written_before_the_end_of_the_work(engine: Engine) -> None:
    with transaction(engine) as session:
        trail.note(session, NOW, "done")
        session.flush()
        assert trail.head_of(session, 0) == (0, "")
