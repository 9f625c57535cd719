"""Facts for a Summary: every obligation of an agency as it stood on the window's day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.obligations import Item, Office, as_answer, as_decision, items
from data.tables import Agency, Answer, Decision, Obligation
from duties.progress import Standing, standing, value_on
from duties.summary import Counted, Fact, Summary, cut_day, summarise
from duties.windows import Window
from duties.wording.dates import period_name
from duties.workdays import day_of, end_of


def summary_of(
    session: Session,
    agency: Agency,
    office: Office,
    window: Window,
    today: date,
    *,
    unit_ids: Collection[int] | None = None,
) -> Summary:
    """The numbers of a window as of its cut-off, or of today before it; of some units only, if they are named."""
    assert agency.id is not None
    as_of = cut_day(window, today)
    wanted = [col(Obligation.agency_id) == agency.id]
    if unit_ids is not None:
        wanted.append(col(Obligation.unit_id).in_(list(unit_ids)))
    histories = _Histories(session, agency.id, end_of(as_of))
    found = sorted(items(session, *wanted), key=lambda item: (item.duty.plan_id, item.duty.position, item.id))
    states = [(item, histories.standing(item)) for item in found]
    facts = [_fact(item, state, office, as_of) for item, state in states]
    told = [each for item, state in states if state.counts for each in histories.counted(item)]
    return summarise(window, facts, as_of, told)


class _Histories:
    """Every answer and decision of an agency, read in two questions instead of two for each obligation."""

    def __init__(self, session: Session, agency_id: int, as_of: datetime) -> None:
        self._as_of = as_of
        self._answers, self._decisions = defaultdict(list), defaultdict(list)
        self._counted: dict[int, list[Counted]] = defaultdict(list)
        for answer in session.exec(
            select(Answer).where(Answer.agency_id == agency_id, col(Answer.at) <= as_of)
        ):
            self._answers[answer.obligation_id].append(as_answer(answer))
            if answer.quantities and (answer.undone_at is None or answer.undone_at > as_of):
                counted = Counted(day_of(answer.at), answer.quantities)
                self._counted[answer.obligation_id].append(counted)
        query = select(Decision).where(Decision.agency_id == agency_id, col(Decision.at) <= as_of)
        for decision in session.exec(query):
            self._decisions[decision.obligation_id].append(as_decision(decision))

    def counted(self, item: Item) -> list[Counted]:
        """What the answers in force count."""
        return self._counted[item.id]

    def standing(self, item: Item) -> Standing:
        return standing(
            item.occurrence.last_day, self._answers[item.id], self._decisions[item.id], as_of=self._as_of
        )


def _fact(item: Item, state: Standing, office: Office, as_of: date) -> Fact:
    occurrence, duty = item.occurrence, item.duty
    value = value_on(
        state, as_of, office.calendar, stated=occurrence.stated, lenient=office.lenient, at=occurrence.at
    )
    return Fact(
        obligation_id=item.id,
        occurrence_id=occurrence.id or 0,
        duty_id=duty.id or 0,
        unit_id=item.unit.id or 0,
        unit=item.unit.name,
        code=duty.code,
        content=duty.content,
        kind=duty.kind,
        receiver=duty.receiver,
        period_name=period_name(item.period) if item.period and item.recurs else "",
        group=duty.heading,
        due=state.due,
        original_last_day=occurrence.last_day,
        stated=occurrence.stated,
        period=item.period,
        value=value,
        done_on=state.done_on,
        in_progress=state.in_progress,
        obstacle=state.obstacle,
        extended=state.extended,
        returned=state.returned,
        waiting=state.asked is not None,
        ongoing=occurrence.window is not None,
        window=occurrence.window,
        reported=state.is_reported,
        not_applicable=not state.counts,
    )
