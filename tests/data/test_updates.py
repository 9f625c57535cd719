"""Updates are kept as they came, each once, and handled in order."""

from datetime import timedelta

from sqlmodel import Session

from data.updates import KEPT_FOR, TRIES, mark_failed, mark_handled, next_update, store_updates
from tests.conftest import NOW

BOT = ("telegram", "71")


def keep(session: Session, *ids: str, after: timedelta = timedelta()) -> int:
    return store_updates(session, *BOT, [(each, {"n": each}) for each in ids], NOW + after)


def next_id(session: Session) -> str:
    update = next_update(session, *BOT)
    return update.platform_id if update else ""


def handle(session: Session) -> None:
    update = next_update(session, *BOT)
    assert update is not None
    assert update.id is not None
    mark_handled(session, update.id, NOW)


def test_each_is_kept_once(session: Session) -> None:
    assert [keep(session, "1", "2"), keep(session, "2", "3")] == [2, 1]


def test_they_are_handled_in_the_order_they_came(session: Session) -> None:
    keep(session, "9", "4")
    handle(session)
    assert next_id(session) == "4"


def test_of_what_was_handled_only_the_number_stays(session: Session) -> None:
    keep(session, "1")
    update = next_update(session, *BOT)
    handle(session)
    assert update is not None
    assert update.body == {}


def test_another_bot_s_are_another_s(session: Session) -> None:
    keep(session, "1")
    assert next_update(session, "telegram", "72") is None


def test_what_fails_again_and_again_no_longer_holds_up_the_rest(session: Session) -> None:
    keep(session, "1", "2")
    update = next_update(session, *BOT)
    assert update is not None
    assert update.id is not None
    for _ in range(TRIES):
        mark_failed(session, update.id, NOW)
    assert next_id(session) == "2"


def test_a_number_that_comes_anew_after_a_quiet_week_is_new(session: Session) -> None:
    keep(session, "1")
    handle(session)
    assert keep(session, "1", after=KEPT_FOR + timedelta(minutes=1)) == 1


def test_what_was_not_handled_is_never_forgotten(session: Session) -> None:
    keep(session, "1")
    keep(session, "2", after=KEPT_FOR * 10)
    assert next_id(session) == "1"
