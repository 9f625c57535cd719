"""Whom a collective name means: by kind, unless the office has said it by name."""

from collections.abc import Iterable
from typing import Protocol

from data.tables import Agency, Unit
from duties.plan import UnitKind
from duties.spelling import fold
from duties.units import is_meant

MEANT = "meant_by"


class Whoever(Protocol):
    """A unit, or a row of one."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> UnitKind: ...


def is_one_of(agency: Agency | None, collective: str, unit: Whoever) -> bool:
    """Whether a unit is one of “các phòng, đơn vị”."""
    named = named_by_office(agency, collective)
    return is_meant(collective, unit.name, unit.kind) if named is None else unit.id in named


def named_by_office(agency: Agency | None, collective: str) -> list[int] | None:
    """The units that the office named; None where it said nothing."""
    return agency.settings.get(MEANT, {}).get(fold(collective)) if agency else None


def mean(agency: Agency, collective: str, units: Iterable[Unit] | None) -> None:
    """From now on the name means these; None: by kind again."""
    said = {name: ids for name, ids in agency.settings.get(MEANT, {}).items() if name != fold(collective)}
    if units is not None:
        said[fold(collective)] = [unit.id for unit in units]
    agency.settings = {**agency.settings, MEANT: said}
