"""What the office closed and how its report looks."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from data.tables.kinds import structured


class Freeze(SQLModel, table=True):
    """A window whose numbers were closed: `facts` are what was counted, kept as they stood. One is in force at a time."""

    __tablename__ = "freeze"
    __table_args__ = (Index("ix_freeze_window", "agency_id", "window_key"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    window_key: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    sender: str = ""
    at: datetime
    withdrawn_at: datetime | None = None


class ReportForm(SQLModel, table=True):
    """The office's own Word form with named places; the newest is used, the older are kept."""

    __tablename__ = "report_form"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    file_name: str
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    sender: str = ""
    at: datetime
    withdrawn_at: datetime | None = None
