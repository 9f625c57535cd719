"""The guided questions: which is asked, and which comes after it."""

from datetime import timedelta
from enum import StrEnum

GOES_STALE = timedelta(hours=1)


class Asks(StrEnum):
    """The questions, in their order."""

    RESULT = "result"
    COUNTS = "counts"
    PROOF = "proof"
    OBSTACLE = "obstacle"

    @property
    def next(self) -> "Asks | None":
        """The question after this one; None after the last."""
        order = list(Asks)
        at = order.index(self) + 1
        return order[at] if at < len(order) else None
