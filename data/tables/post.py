"""What came in and what goes out."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from data.tables.kinds import LetterKind, LetterState, one_of, structured


class Inbox(SQLModel, table=True):
    """Everything that came in, stored before it is acknowledged; unique by the platform's id, handled once in effect.

    `edits_id`: the message whose words its sender changed afterwards; `sender_id`: the person, as the platform names them.
    `let_go_at`: its words and file were kept long enough, or their sender asked to have them forgotten.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "bot", "platform_id"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str = ""
    platform_id: str
    address: str
    topic: str = ""
    sender: str = ""
    sender_id: str = ""
    text: str = ""
    album: str = ""
    file_name: str = ""
    file: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    quoted_letter_id: int | None = None
    edits_id: int | None = Field(default=None, foreign_key="inbox.id")
    received_at: datetime
    handled_at: datetime | None = Field(default=None, index=True)
    failed: bool = False
    let_go_at: datetime | None = None


class PlatformUpdate(SQLModel, table=True):
    """What a platform handed us, as it came: stored before it is acknowledged, understood afterwards, in order."""

    __tablename__ = "platform_update"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "platform_id"),
        Index("ix_platform_update_waiting", "channel", "bot", "handled_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    platform_id: str
    body: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    received_at: datetime
    handled_at: datetime | None = None
    tries: int = 0


class Allowance(SQLModel, table=True):
    """When a bot, or one of its chats, may be written to again; shared by every process. `name` says which and of what."""

    __tablename__ = "allowance"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    next_allowed_at: datetime


UNSENT = "state IN ('waiting', 'sending')"
LOST = "state IN ('failed', 'unknown')"


class Letter(SQLModel, table=True):
    """One Message to one chat, unique by (chat, key). `listed`: the obligations behind its numbers.

    `follows_id`: it goes on where that one ended, and comes before all else that waits for the chat. `edit_at`: its
    words changed after it was sent, and the chat is to be shown them. `file_id`: the document it carries.
    `let_go_at`: its words were kept long enough.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("chat_id", "key"),
        # what is still to be sent is little beside all that was sent: in the order of the queue, and by chat
        Index("ix_letter_queue", "kind", "id", sqlite_where=text(UNSENT), postgresql_where=text(UNSENT)),
        Index("ix_letter_unsent", "chat_id", "id", sqlite_where=text(UNSENT), postgresql_where=text(UNSENT)),
        # the newest first, of an agency and of a chat; what did not arrive is little beside what did
        Index("ix_letter_put", "agency_id", "put_at"),
        Index("ix_letter_talk", "chat_id", "put_at"),
        Index("ix_letter_lost", "agency_id", "put_at", sqlite_where=text(LOST), postgresql_where=text(LOST)),
    )
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    chat_id: int = Field(foreign_key="chat.id")
    key: str
    kind: LetterKind = Field(sa_column=one_of(LetterKind))
    state: LetterState = Field(default=LetterState.WAITING, sa_column=one_of(LetterState))
    body: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    listed: list[int] = Field(default_factory=list, sa_column=structured())
    follows_id: int | None = Field(default=None, foreign_key="letter.id")
    put_at: datetime
    next_try_at: datetime
    lease_until: datetime | None = None
    attempts: int = 0
    maybe_twice: bool = False
    sent_at: datetime | None = None
    platform_id: str | None = None
    edit_at: datetime | None = Field(default=None, index=True)
    file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    file_name: str = ""
    failure: str = ""
    let_go_at: datetime | None = None


class LetterSubject(SQLModel, table=True):
    """An obligation that a letter speaks of; `rung`: the one it told, where it is a reminder.

    It stays when the letter did not arrive, while the nudge goes on to the next letter: so both can be told later.
    """

    __tablename__ = "letter_subject"
    __table_args__ = (UniqueConstraint("letter_id", "obligation_id"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    letter_id: int = Field(foreign_key="letter.id", ondelete="CASCADE")
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    rung: str = ""


class MonthlyCount(SQLModel, table=True):
    """How many messages a bot sent in a month ("2026-06"), where its platform counts them."""

    __tablename__ = "monthly_count"
    __table_args__ = (UniqueConstraint("channel", "bot", "month"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    month: str
    sent: int = 0


class Alarm(SQLModel, table=True):
    """Something the auditor found wrong: told once while it lasts, closed when it is found well again."""

    __tablename__ = "alarm"
    __table_args__ = (Index("ix_alarm_open", "agency_id", "about", "closed_at"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    about: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    repaired: int = 0
    found_at: datetime
    told_at: datetime | None = None
    closed_at: datetime | None = None


class Heartbeat(SQLModel, table=True):
    """When something that goes on and on, such as the polling of a bot, was last well."""

    __tablename__ = "heartbeat"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    at: datetime
