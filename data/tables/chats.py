"""Who talks with us, and by what right."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from data.tables.kinds import LinkPurpose, one_of
from duties.dialogue import Asks
from duties.rights import ChatRole


class Chat(SQLModel, table=True):
    """A linked place to talk: (channel, bot, chat, topic). `left_at`: unlinked or gone.

    `lost`: gone because the platform refused us (blocked, removed): it comes back when we are let in again.
    `companion_of`: the chat elsewhere that this page in the browser belongs to, see `data.companions`.
    """

    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("channel", "bot", "address", "topic"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    channel: str
    bot: str = ""
    address: str
    topic: str = ""
    title: str = ""
    role: ChatRole = Field(sa_column=one_of(ChatRole))
    linked_at: datetime
    left_at: datetime | None = None
    lost: bool = False
    companion_of: int | None = Field(default=None, foreign_key="chat.id", unique=True)


class ChatUnit(SQLModel, table=True):
    """A unit that a chat serves; of a unit's chats the one with the lowest `place` is told, of equals the first linked."""

    __tablename__ = "chat_unit"
    __table_args__ = (UniqueConstraint("chat_id", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    place: int = 0


class Invitation(SQLModel, table=True):
    """A one-time code for a unit or for the office; only its hash is kept."""

    __tablename__ = "invitation"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    code_hash: str = Field(unique=True)
    role: ChatRole = Field(sa_column=one_of(ChatRole))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by_chat_id: int | None = Field(default=None, foreign_key="chat.id")
    withdrawn_at: datetime | None = None


class WrongCode(SQLModel, table=True):
    """A wrong invitation code, by the place it came from, so that guessing is slowed."""

    __tablename__ = "wrong_code"
    id: int | None = Field(default=None, primary_key=True)
    place: str = Field(index=True)
    at: datetime


class Dialogue(SQLModel, table=True):
    """The guided questions that a chat is being asked about one obligation, and the one that waits for its answer."""

    __tablename__ = "dialogue"
    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", unique=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    asks: Asks = Field(sa_column=one_of(Asks))
    asked_at: datetime


class AccessLink(SQLModel, table=True):
    """A secret address that opens one thing until it expires or is withdrawn; only the hash of its token is kept.

    `obligation_id`: what an upload is for; `file_id`: what a download gives. `expires_at` None: until withdrawn.
    """

    __tablename__ = "access_link"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    purpose: LinkPurpose = Field(sa_column=one_of(LinkPurpose))
    token_hash: str = Field(unique=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id")
    file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    file_name: str = ""
    made_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None
