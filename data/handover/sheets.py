"""The tables for people, all of them, and what is left to programs."""

from data.handover import office_sheets, plan_sheets, post_sheets, work_sheets
from data.handover.sheet import Table
from data.handover.trail_sheet import TrailSheet

ALL: tuple[Table, ...] = (
    *plan_sheets.ALL,
    *work_sheets.ALL,
    *office_sheets.ALL,
    *post_sheets.ALL,
    TrailSheet(),
)
# Wholly in `du-lieu/`: they keep the program going, and tell a reader nothing that stands nowhere else.
FOR_PROGRAMS = frozenset(
    {
        *("access_link", "alarm", "allowance", "change", "dialogue", "heartbeat", "letter_subject"),
        *("monthly_count", "platform_update", "report_form", "web_seat", "web_session", "wrong_code"),
    }
)
