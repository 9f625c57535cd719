"""An obligation as a summary counts it: one of the second quarter, still open."""

from datetime import date

from duties.facts import Fact
from duties.progress import Value
from duties.windows import quarter_window

FACT = Fact(
    obligation_id=1,
    occurrence_id=1,
    duty_id=1,
    unit_id=1,
    unit="Văn phòng Sở",
    code="1.1",
    content="Phát hành tin, bài",
    due=date(2022, 6, 30),
    original_last_day=date(2022, 6, 30),
    period=quarter_window(2022, 2).span,
    value=Value.OPEN,
)
