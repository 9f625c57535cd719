"""What people changed that is neither an answer nor a decision, with the words that take it back."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from data.tables.kinds import structured


class Change(SQLModel, table=True):
    """`about` names the thing changed: a later change of it stands in the way. `what` is how we call it to people.

    `undo_by`: messages that, said now, put it back as it was.
    """

    __tablename__ = "change"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    inbox_id: int = Field(foreign_key="inbox.id", index=True)
    about: str = Field(index=True)
    what: str
    undo_by: list[str] = Field(default_factory=list, sa_column=structured())
    at: datetime
    undone_at: datetime | None = None
