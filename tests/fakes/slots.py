"""A slot planned at one go, as planning does it slice by slice for an agency in a database of its own."""

from datetime import datetime

from sqlmodel import Session

from data.obligations import Office
from data.tables import Agency
from duties.workdays import day_of
from scheduler.nudge import SLICE, open_slot, put_slot_letters, write_slice


def plan_slot(session: Session, agency: Agency, office: Office, now: datetime) -> int:
    """Write every rung reached by now and put the letters that will tell them; how many letters are new."""
    slot = open_slot(agency, office, now)
    if slot is None or agency.id is None:
        return 0
    session.flush()
    while write_slice(session, agency.id, office, day_of(now), slot) == SLICE:
        pass
    session.expire_all()  # slices are written beside the rows that the session remembers
    return put_slot_letters(session, agency.id, slot, now)
