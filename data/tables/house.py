"""The agency, its calendar's changes and its units."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from data.tables.kinds import ChangeState, one_of, structured
from duties.plan import UnitKind
from duties.unit_changes import ChangeKind


class Agency(SQLModel, table=True):
    """A Sở, ban or commune. `settings` holds only what differs from the defaults; `codes_given` counts short codes.

    `paused_until`: the last day of a pause that ends by itself.
    """

    __tablename__ = "agency"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    superior: str = ""
    place: str = ""
    code: str = ""
    lenient: bool = True
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    codes_given: int = 0
    paused_at: datetime | None = None
    paused_until: date | None = None
    created_at: datetime


class DayOff(SQLModel, table=True):
    """The office's own change to the calendar: a day off, or a weekend day that is worked; who made it last, and when."""

    __tablename__ = "day_off"
    __table_args__ = (UniqueConstraint("agency_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    day: date
    is_off: bool
    note: str = ""
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    sender: str = ""
    at: datetime


class Unit(SQLModel, table=True):
    """`name_key` is the folded name. A unit that ends names its successor; history keeps the name of its day.

    `unreached_at`: when the office was told that it owes something and has no chat; none while it has one.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("agency_id", "name_key"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    name: str
    name_key: str
    kind: UnitKind = Field(sa_column=one_of(UnitKind))
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="unit.id")
    unreached_at: datetime | None = None


class UnitAlias(SQLModel, table=True):
    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("agency_id", "alias_key"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    alias: str
    alias_key: str


class FormerName(SQLModel, table=True):
    """What a unit was called up to and with `until`; today's name is the unit's own."""

    __tablename__ = "former_name"
    __table_args__ = (UniqueConstraint("unit_id", "until"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    name: str
    until: date


class UnitChange(SQLModel, table=True):
    """Units that are renamed, merged, split or closed from a day on: shown, confirmed, then done when that day has come.

    `names`: the units it makes. `shares`: duty → the name of the unit that goes on with it, where one is split.
    `did`: what was done, for taking it back.
    """

    __tablename__ = "unit_change"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    kind: ChangeKind = Field(sa_column=one_of(ChangeKind))
    state: ChangeState = Field(sa_column=one_of(ChangeState))
    on: date
    unit_ids: list[int] = Field(default_factory=list, sa_column=structured())
    names: list[str] = Field(default_factory=list, sa_column=structured())
    shares: dict[str, str] = Field(default_factory=dict, sa_column=structured())
    did: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    sender: str = ""
    at: datetime
    done_at: datetime | None = None
