"""Obligations as we speak of them, read from the database: in a turn of the conversation, and on pages."""

from collections.abc import Sequence

from sqlmodel import Session

from data.evidence import evidence_of, has_proof
from data.obligations import Item, Office, standing_of, standings_of, still_on_time
from duties.progress import Said, Standing
from duties.windows import window_of_key
from duties.wording.dates import period_name
from duties.wording.entries import Entry


def entry_of(session: Session, item: Item, office: Office) -> Entry:
    """One obligation as it stands now."""
    return _entry(session, item, standing_of(session, item), office)


def entries_of(session: Session, items: Sequence[Item], office: Office) -> list[Entry]:
    """Each of them, in their order."""
    return [
        _entry(session, item, state, office)
        for item, state in zip(items, standings_of(session, items), strict=True)
    ]


def _entry(session: Session, item: Item, state: Standing, office: Office) -> Entry:
    asked = state.asked
    return Entry(
        id=item.id,
        short_code=item.obligation.short_code,
        code=item.duty.code,
        content=item.duty.content,
        unit=item.unit.name,
        period=period_name(item.period) if item.period and item.recurs else "",
        due=state.due,
        first_due=state.first_due,
        at=item.occurrence.at,
        window=window_of_key(item.occurrence.window).name if item.occurrence.window else "",
        phrase=item.duty.phrase,
        set_to=_set_to(item),
        done_on=state.done_on,
        in_progress=state.in_progress,
        obstacle=state.obstacle,
        on_behalf=state.on_behalf,
        returned=state.returned,
        noted=state.noted,
        held=item.obligation.held,
        asked_due=asked.wanted_due if asked else None,
        is_asked=asked is not None,
        disowned=asked is not None and asked.kind is Said.NOT_OURS,
        not_applicable=state.not_applicable,
        moved=state.moved_to is not None,
        kind=item.duty.kind,
        receiver=item.duty.receiver,
        files=len(evidence_of(session, item.id)) if state.is_reported else 0,
        lacks_proof=state.is_done and item.duty.needs_evidence and not has_proof(session, item.id),
        until=still_on_time(item, state.due, office) if state.due else None,
    )


def _set_to(item: Item) -> str:
    """The office's words for the deadline, where it corrected the plan's."""
    meant = str(item.duty.deadline.get("phrase", ""))
    return "" if meant == item.duty.phrase else meant
