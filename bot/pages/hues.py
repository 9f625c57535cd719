"""The colour of a state, by the name that the style sheet knows; it is always said in words too."""

from duties.progress import Value

HUES = {Value.ON_TIME: "on-time", Value.LATE: "late", Value.OPEN: "open", Value.OVERDUE: "overdue"}
