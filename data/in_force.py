"""What makes an obligation count, as conditions of a query that joins it with its plan."""

from sqlmodel import col

from data.tables import Obligation, Plan, PlanState

# its plan is confirmed, and it was not withdrawn
IN_FORCE = (col(Plan.state) == PlanState.CONFIRMED, col(Obligation.withdrawn_at).is_(None))
# a unit is still to report it, and the office need not say first whether it was done before
AWAITED = (*IN_FORCE, col(Obligation.is_open), ~col(Obligation.held))
