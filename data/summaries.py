"""Facts for a Summary: every obligation of an agency as it stood on the window's day."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col

from data.obligations import Item, Office, items, standing_of
from data.tables import Agency, Obligation
from duties.progress import value_on
from duties.summary import Fact, Summary, cut_day, summarise
from duties.windows import Window
from duties.workdays import day_of, end_of


def summary_of(
    session: Session, agency: Agency, office: Office, window: Window, today: date, *, unit_ids: Collection[int] | None = None
) -> Summary:
    """The numbers of a window as of its cut-off, or of today before it; of some units only, if they are named."""
    as_of = cut_day(window, today)
    wanted = [col(Obligation.agency_id) == agency.id]
    if unit_ids is not None:
        wanted.append(col(Obligation.unit_id).in_(list(unit_ids)))
    facts = [_fact(session, item, office, as_of) for item in items(session, *wanted)]
    return summarise(window, facts, as_of)
