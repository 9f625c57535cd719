"""A freeze: the numbers of a window as the office closed them, and what changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duties.facts import Fact
from duties.progress import Value


@dataclass(frozen=True)
class Change:
    """An obligation that stands otherwise than when the numbers were closed.

    `then` is None for what was added since, `now` for what is owed no longer.
    """

    then: Fact | None
    now: Fact | None

    @property
    def about(self) -> Fact:
        """The obligation itself, as it is now where it is still owed."""
        about = self.now or self.then
        assert about is not None
        return about

    @property
    def value(self) -> Value | None:
        """What it is now; None where it is not counted any more."""
        return _counted_as(self.now)


@dataclass(frozen=True)
class Frozen:
    """Who closed the numbers of a window, when, and what changed since; the numbers themselves never move."""

    at: datetime
    by: str = ""
    changes: tuple[Change, ...] = ()


def changes_since(then: Iterable[Fact], now: Iterable[Fact]) -> tuple[Change, ...]:
    """What stands otherwise now than then, in the order of the plan; what was added comes last."""
    present = {fact.obligation_id: fact for fact in now}
    old = [Change(fact, present.pop(fact.obligation_id, None)) for fact in then]
    new = [Change(None, fact) for fact in present.values()]
    return tuple(each for each in (*old, *new) if _counted_as(each.then) is not _counted_as(each.now))


def _counted_as(fact: Fact | None) -> Value | None:
    return fact.value if fact and not fact.not_applicable and not fact.ongoing else None
