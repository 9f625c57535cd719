"""Targets: the numbers and codes by which a message points at obligations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Position:
    """A number in a list that the chat was shown."""

    number: int


@dataclass(frozen=True)
class ShortCode:
    """“#A12”: one obligation, for ever."""

    code: str


@dataclass(frozen=True)
class DutyCode:
    """“2.4”: a duty as the plan prints it."""

    code: str


@dataclass(frozen=True)
class PlanRow:
    """“@17”: the 17th duty of a plan in its file's order; for duties whose code is missing or is not the only one."""

    number: int


@dataclass(frozen=True)
class Everything:
    """“Tất cả”: every number of the list; asked back before anything is recorded."""


Target = Position | ShortCode | DutyCode | PlanRow | Everything

Targets = tuple[Target, ...]
