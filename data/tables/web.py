"""Browsers that were let in."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class WebSession(SQLModel, table=True):
    """A browser that was let in, until it leaves, is withdrawn, grows too old or rests too long; only its token's hash is kept.

    `name`: what its reader is called; `browser`: what it is, in a few words; `rests_until`: it is shut unless it is used before.
    """

    __tablename__ = "web_session"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    token_hash: str = Field(unique=True)
    name: str = ""
    browser: str = ""
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    rests_until: datetime
    withdrawn_at: datetime | None = None


class WebSeat(SQLModel, table=True):
    """A chat that a browser may open."""

    __tablename__ = "web_seat"
    __table_args__ = (UniqueConstraint("session_id", "chat_id"),)
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="web_session.id")
    chat_id: int = Field(foreign_key="chat.id", index=True)
