"""The files that prove what was done: each kept once, by its hash, and tied to what it proves."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class StoredFile(SQLModel, table=True):
    """A file in the files' folder, under its SHA-256. `media_type` is what its bytes say, not what its name claims.

    `let_go_at`: it was kept long enough; that it was given stays known.
    """

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("agency_id", "sha256"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    sha256: str
    size: int
    media_type: str
    stored_at: datetime
    let_go_at: datetime | None = None


class Evidence(SQLModel, table=True):
    """A file that a unit gave for an obligation: by which message, under which name; `removed_at` takes it back.

    It goes with its answer: what is undone is no evidence any more.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("obligation_id", "file_id"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    file_id: int = Field(foreign_key="stored_file.id", index=True)
    file_name: str
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    sender: str = ""
    at: datetime
    removed_at: datetime | None = None


class WaitingFile(SQLModel, table=True):
    """A file that came without saying what it proves: kept, until its sender says so."""

    __tablename__ = "waiting_file"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    chat_id: int = Field(foreign_key="chat.id", index=True)
    inbox_id: int = Field(foreign_key="inbox.id", unique=True)
    file_id: int = Field(foreign_key="stored_file.id")
    file_name: str
    sender: str = ""
    at: datetime
    placed_at: datetime | None = None
