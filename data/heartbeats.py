"""When something that goes on and on was last seen to be well: asked after a silence how long it was."""

from datetime import datetime

from sqlmodel import Session, select

from data.once import insert_once
from data.tables import Heartbeat

# a round of planning was done; a process began its first one, which takes a while in a large office
PLANNER, BEGUN = "planner", "planner-begun"


def polling(channel: str, bot_id: str) -> str:
    """The name under which the polling of a bot beats."""
    return f"{channel}-polling-{bot_id}"


def last_beats(session: Session) -> dict[str, datetime]:
    """When each was last well."""
    return {row.name: row.at for row in session.exec(select(Heartbeat))}


def beat(session: Session, name: str, now: datetime) -> datetime:
    """Note that it is well now; when it was before, or now if it never was."""
    query = select(Heartbeat).where(Heartbeat.name == name).with_for_update()
    row = session.exec(query).one_or_none()
    if row is None:
        insert_once(session, Heartbeat(name=name, at=now))
        return now
    before, row.at = row.at, now
    session.add(row)
    return before
