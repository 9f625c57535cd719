"""The office stops every reminder: until it says so, or until a day it named."""

from datetime import date, datetime

from data.tables import Agency
from duties.workdays import day_of


def is_paused(agency: Agency, now: datetime) -> bool:
    """Whether nothing but answers goes out at this moment."""
    if agency.paused_at is None:
        return False
    return agency.paused_until is None or day_of(now) <= agency.paused_until


def pause(agency: Agency, now: datetime, until: date | None) -> None:
    """Stop from now on; a pause that goes on keeps its beginning."""
    agency.paused_at = agency.paused_at if is_paused(agency, now) else now
    agency.paused_until = until


def resume(agency: Agency) -> None:
    agency.paused_at = agency.paused_until = None
