"""A table for people: its name, what it shows, and how it is read from the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, select
from sqlmodel import col

from data.keeping.snapshot import MANY
from data.tables import (
    Answer,
    Decision,
    Duty,
    Evidence,
    FormerOwner,
    Nudge,
    Obligation,
    Occurrence,
    Plan,
    Unit,
)

Rows = Select[*tuple[Any, ...]]
OfWork = type[Answer | Decision | Evidence | FormerOwner | Nudge]


class Table(Protocol):
    """What is written as one .csv file."""

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> str: ...

    @property
    def headings(self) -> Sequence[str]: ...

    def lines(self, connection: Connection) -> Iterator[Sequence[object]]: ...


@dataclass(frozen=True)
class Sheet:
    """Its headings are the labels of what is selected. `told`: heading → how its values are said, where that is not plain."""

    name: str
    about: str
    rows: Rows
    told: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)

    @property
    def headings(self) -> Sequence[str]:
        return self.rows.selected_columns.keys()

    def lines(self, connection: Connection) -> Iterator[Sequence[object]]:
        ways = [self.told.get(heading, _as_it_is) for heading in self.headings]
        for row in connection.execution_options(yield_per=MANY).execute(self.rows):
            yield [way(value) for way, value in zip(ways, row, strict=True)]


def _as_it_is(value: object) -> object:
    return value


WORK: tuple[ColumnElement[Any], ...] = (
    col(Plan.number).label("Kế hoạch"),
    col(Duty.code).label("Mã nhiệm vụ"),
    col(Duty.content).label("Nhiệm vụ"),
    col(Unit.name).label("Đơn vị"),
    col(Obligation.short_code).label("Mã việc"),
)


def shown(*columns: ColumnElement[Any]) -> Rows:
    """What is selected, each under its own heading."""
    return select(*columns)


def of_work(of: OfWork, *columns: ColumnElement[Any]) -> Rows:
    """What was said, decided, given or told, beside the work that it is about."""
    said = shown(*WORK, *columns).select_from(of).join(Obligation, col(of.obligation_id) == Obligation.id)
    return down_to_the_unit(said).order_by(col(of.id))


def down_to_the_unit(obligations: Rows) -> Rows:
    """With the duty of each obligation, its plan and its unit."""
    return (
        obligations.join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
    )
