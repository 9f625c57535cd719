"""Plans as they were read, their duties, and what the office added to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from data.tables.kinds import PlanState, one_of, structured
from duties.deadline import Reading
from duties.plan import DutyKind, Role


class Plan(SQLModel, table=True):
    """`notes` keeps the doubts and what was left out, as they were read. `settings`: where it differs from its agency.

    `edition_of_id`: the plan in force that this one changes ("điều chỉnh, bổ sung").
    """

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("agency_id", "source_hash"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    state: PlanState = Field(sa_column=one_of(PlanState))
    number: str | None = None
    title: str
    first_year: int
    last_year: int
    issued: date | None = None
    signer: str | None = None
    source_name: str
    source_hash: str
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    notes: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    edition_of_id: int | None = Field(default=None, foreign_key="plan.id")
    put_by_chat_id: int | None = Field(default=None, foreign_key="chat.id")
    created_at: datetime
    confirmed_at: datetime | None = None


class Duty(SQLModel, table=True):
    """`place` is its key in the file (codes repeat), `printed` the words that stand there, cell by cell. `reading` and `dues` are what `phrase` was understood to mean."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("plan_id", "place"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    plan_id: int = Field(foreign_key="plan.id", index=True)
    place: str
    position: int
    printed: list[str] = Field(default_factory=list, sa_column=structured())
    code: str
    heading: str = ""
    content: str
    forms: list[str] = Field(default_factory=list, sa_column=structured())
    deliverables: list[str] = Field(default_factory=list, sa_column=structured())
    kind: DutyKind = Field(sa_column=one_of(DutyKind))
    receiver: str = ""
    phrase: str
    reading: Reading = Field(sa_column=one_of(Reading))
    says: str = ""
    deadline: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    notes: str = ""
    needs_evidence: bool = False
    left_out: bool = False


class DutyUnit(SQLModel, table=True):
    """A printed name and what it does; `unit_id` is None for a collective name and for whoever is not of the house."""

    __tablename__ = "duty_unit"
    __table_args__ = (UniqueConstraint("duty_id", "printed", "role"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    duty_id: int = Field(foreign_key="duty.id", index=True)
    printed: str
    role: Role = Field(sa_column=one_of(Role))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    bullets: list[int] = Field(default_factory=list, sa_column=structured())


class DutyEvent(SQLModel, table=True):
    """A day on which the event happened that a duty waits for; who recorded it last, and when.

    `due` is what the office says where the plan counts no days. `withdrawn_at`: it was recorded by mistake.
    """

    __tablename__ = "duty_event"
    __table_args__ = (UniqueConstraint("duty_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    duty_id: int = Field(foreign_key="duty.id", index=True)
    day: date
    due: date | None = None
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    sender: str = ""
    at: datetime
    withdrawn_at: datetime | None = None


class PlanFile(SQLModel, table=True):
    """A further file of one plan (an appendix), as it was sent; the first is kept with the plan itself."""

    __tablename__ = "plan_file"
    __table_args__ = (UniqueConstraint("plan_id", "source_hash"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    plan_id: int = Field(foreign_key="plan.id", index=True)
    source_name: str
    source_hash: str
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime


class Milestone(SQLModel, table=True):
    """A day within a long or ongoing duty on which its units are asked how it goes; it is no due date and is not counted."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("duty_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    duty_id: int = Field(foreign_key="duty.id", index=True)
    day: date
    about: str = ""
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    sender: str = ""
    at: datetime
    withdrawn_at: datetime | None = None
