"""A Report of a window, filled in a bounded number of questions however many obligations it holds."""

from collections.abc import Collection, Iterable
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from data.obligations import Office
from data.report_records import records_of
from data.summaries import summary_of
from data.tables import Agency, Nudge, Plan
from data.unwatched import unwatched_in
from duties.facts import WHOLE, Fact, Scope
from duties.nudging import Audience
from duties.report import Letterhead, PlanRef, Report
from duties.report_settings import ReportSettings
from duties.summary import Summary
from duties.thresholds import next_target
from duties.windows import Window
from duties.wording.unwatched import lacking_line

SETTINGS = TypeAdapter(ReportSettings)


def report_settings(agency: Agency) -> ReportSettings:
    """What the agency entered about its reports (`settings["report"]`)."""
    return SETTINGS.validate_python(agency.settings.get("report", {}))


def keep_report_settings(session: Session, agency: Agency, wanted: ReportSettings) -> None:
    """Only what differs from the defaults is kept."""
    plain = SETTINGS.dump_python(wanted, mode="json", exclude_defaults=True)
    agency.settings = {**agency.settings, "report": plain}
    session.add(agency)
    session.flush()


def letterhead_of(agency: Agency) -> Letterhead:
    """The head and the foot of its papers."""
    said = report_settings(agency)
    return Letterhead(
        agency=agency.name,
        superior=agency.superior,
        place=agency.place,
        code=agency.code,
        addressed_to=said.addressed_to,
        recipients=said.recipients,
        authority=said.authority,
        signer=said.signer,
    )


def report_of(
    session: Session,
    agency: Agency,
    office: Office,
    window: Window,
    today: date,
    scope: Scope = WHOLE,
    of: str = "",
) -> Report:
    """All that is written of a window; `of` names the part of the agency that `scope` leaves."""
    assert agency.id is not None
    summary = summary_of(session, agency, office, window, today, scope)
    inside = (*summary.counted, *summary.ongoing, *summary.not_applicable)
    known = (*inside, *summary.carried_over)
    records = records_of(session, agency.id, summary, known)
    return Report(
        letterhead=letterhead_of(agency),
        summary=summary,
        made_on=today,
        plans=_plans(session, agency.id, [fact.plan_id for fact in known]),
        of=of,
        rows=tuple(records.row(n, fact) for n, fact in enumerate(records.in_order(inside), start=1)),
        carried_over=tuple(
            records.row(n, fact) for n, fact in enumerate(summary.carried_over, start=len(inside) + 1)
        ),
        reminders=_reminders(session, agency.id, summary, scope, known),
        documents=tuple(dict.fromkeys(paper for fact in known for paper in records.papers(fact))),
        lacking=_lacking(session, agency.id, window, today) if scope == WHOLE else "",
        target=next_target(summary.counted, summary.occurrences, report_settings(agency).thresholds),
    )


def _lacking(session: Session, agency_id: int, window: Window, today: date) -> str:
    return lacking_line([each.in_words for each in unwatched_in(session, agency_id, window, today)])


def _plans(session: Session, agency_id: int, ids: Iterable[int]) -> tuple[PlanRef, ...]:
    """The plans that are told of, oldest first."""
    query = columns(col(Plan.id), col(Plan.number), col(Plan.title), col(Plan.issued)).where(
        col(Plan.agency_id) == agency_id, col(Plan.id).in_(set(ids))
    )
    found = session.execute(query.order_by(col(Plan.issued), col(Plan.id)))
    return tuple(PlanRef(id, number or "", title, issued) for id, number, title, issued in found)


def _reminders(
    session: Session, agency_id: int, summary: Summary, scope: Scope, known: Collection[Fact]
) -> int:
    """How many times units were reminded while the window's data ran; of a part of the agency, of what is its own."""
    query = select(func.count(col(Nudge.id))).where(
        Nudge.agency_id == agency_id,
        Nudge.audience == Audience.UNIT,
        Nudge.on >= summary.window.data.start,
        Nudge.on <= summary.as_of,
        col(Nudge.letter_id).is_not(None),
    )
    if scope != WHOLE:
        query = query.where(col(Nudge.obligation_id).in_([fact.obligation_id for fact in known]))
    return session.exec(query).one()
