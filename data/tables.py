"""The tables, with the unique keys that make repeating harmless. Everything belongs to an agency."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Enum, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from duties.deadline import Reading
from duties.dialogue import Asks
from duties.nudging import Audience
from duties.plan import DutyKind, Role, UnitKind
from duties.progress import Ruling, Said
from duties.rights import ChatRole as ChatRole


def one_of(kind: type[StrEnum], *, index: bool = False) -> Column[Any]:
    """A closed choice, stored by its value in a plain text column, so that a new member needs no ALTER TYPE."""
    stored = Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=24,
        values_callable=lambda k: [m.value for m in k],
    )
    return Column(stored, nullable=False, index=index)


def structured() -> Column[Any]:
    """JSON that is replaced as a whole, never changed in place."""
    return Column(JSON, nullable=False)


class PlanState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class LetterKind(StrEnum):
    """A slot letter is composed when it is claimed; the others are written when they are put."""

    SLOT = "slot"
    REPLY = "reply"
    NOTICE = "notice"


class LetterState(StrEnum):
    """`EMPTY`: at the moment of sending nothing was left to say, so nothing was sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EMPTY = "empty"


class Agency(SQLModel, table=True):
    """A Sở, ban or commune. `settings` holds only what differs from the defaults; `codes_given` counts short codes."""

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
    """`name_key` is the folded name. A unit that ends names its successor; history keeps the name of its day."""

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


class UnitAlias(SQLModel, table=True):
    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("agency_id", "alias_key"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    alias: str
    alias_key: str


class Plan(SQLModel, table=True):
    """`notes` keeps the doubts and what was left out, as they were read."""

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
    put_by_chat_id: int | None = Field(default=None, foreign_key="chat.id")
    created_at: datetime
    confirmed_at: datetime | None = None


class Duty(SQLModel, table=True):
    """`place` is its key in the file (codes repeat). `reading` and `dues` are what `phrase` was understood to mean."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("plan_id", "place"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    plan_id: int = Field(foreign_key="plan.id", index=True)
    place: str
    position: int
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


class Occurrence(SQLModel, table=True):
    """One due instance of a duty. `last_day` None: an ongoing duty's report window, named in `window`."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("duty_id", "period_key"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    duty_id: int = Field(foreign_key="duty.id", index=True)
    period_key: str
    stated: date | None = None
    last_day: date | None = None
    at: time | None = None
    period_start: date | None = None
    period_end: date | None = None
    window: str | None = None


class Obligation(SQLModel, table=True):
    """An occurrence × the unit that answers for it.

    From `due` on the columns are what `progress.standing` says of the answers and decisions, kept here to be asked
    quickly; `data.obligations.settle` is the one place that writes them. `since`: rungs before that day are never sent.
    `withdrawn_at`: its duty no longer means it and nobody had answered; it comes back when it is meant again.
    `freed_by_inbox_id`: the office's message after which it was no longer `held`; taking that back holds it again.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "unit_id"),
        UniqueConstraint("agency_id", "short_code"),
        Index("ix_obligation_next_rung", "agency_id", "next_rung_on"),
        Index("ix_obligation_open", "unit_id", "is_open"),
    )
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    short_code: str
    bullets: list[int] = Field(default_factory=list, sa_column=structured())
    since: date
    starts: date
    held: bool = False
    freed_by_inbox_id: int | None = Field(default=None, foreign_key="inbox.id", index=True)
    snoozed_until: date | None = None
    withdrawn_at: datetime | None = None
    due: date | None = None
    done_at: datetime | None = None
    is_open: bool = True
    in_progress: bool = False
    obstacle: str = ""
    asked_answer_id: int | None = None
    not_applicable: bool = False
    next_rung_on: date | None = None


class Answer(SQLModel, table=True):
    """What a unit said, never overwritten; `undone_at` takes it back. One message says one thing of one obligation once."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("inbox_id", "obligation_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    sender: str = ""
    kind: Said = Field(sa_column=one_of(Said))
    text: str = ""
    wanted_due: date | None = None
    claimed_on: date | None = None
    links: list[str] = Field(default_factory=list, sa_column=structured())
    documents: list[str] = Field(default_factory=list, sa_column=structured())
    quantities: dict[str, int] = Field(default_factory=dict, sa_column=structured())
    at: datetime
    undone_at: datetime | None = None


class Decision(SQLModel, table=True):
    """What the office decided about an obligation, often about one answer."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("inbox_id", "obligation_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    sender: str = ""
    kind: Ruling = Field(sa_column=one_of(Ruling))
    reason: str = ""
    due: date | None = None
    to_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    at: datetime
    undone_at: datetime | None = None


class Chat(SQLModel, table=True):
    """A linked place to talk: (channel, bot, chat, topic). `left_at`: unlinked or gone.

    `lost`: gone because the platform refused us (blocked, removed): it comes back when we are let in again.
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


class Dialogue(SQLModel, table=True):
    """The guided questions that a chat is being asked about one obligation, and the one that waits for its answer."""

    __tablename__ = "dialogue"
    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", unique=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    asks: Asks = Field(sa_column=one_of(Asks))
    asked_at: datetime


class ChatUnit(SQLModel, table=True):
    """A unit that a chat serves."""

    __tablename__ = "chat_unit"
    __table_args__ = (UniqueConstraint("chat_id", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)


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


class Inbox(SQLModel, table=True):
    """Everything that came in, stored before it is acknowledged; unique by the platform's id, handled once in effect."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "bot", "platform_id"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str = ""
    platform_id: str
    address: str
    topic: str = ""
    sender: str = ""
    text: str = ""
    file_name: str = ""
    file: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    quoted_letter_id: int | None = None
    received_at: datetime
    handled_at: datetime | None = Field(default=None, index=True)
    failed: bool = False


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


class Letter(SQLModel, table=True):
    """One Message to one chat, unique by (chat, key). `listed`: the obligations behind its numbers.

    `edit_at`: its words changed after it was sent, and the chat is to be shown them.
    """

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("chat_id", "key"), Index("ix_letter_state", "state", "next_try_at"))
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    chat_id: int = Field(foreign_key="chat.id")
    key: str
    kind: LetterKind = Field(sa_column=one_of(LetterKind))
    state: LetterState = Field(default=LetterState.WAITING, sa_column=one_of(LetterState))
    body: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    listed: list[int] = Field(default_factory=list, sa_column=structured())
    put_at: datetime
    next_try_at: datetime
    lease_until: datetime | None = None
    attempts: int = 0
    maybe_twice: bool = False
    sent_at: datetime | None = None
    platform_id: str | None = None
    edit_at: datetime | None = Field(default=None, index=True)
    failure: str = ""


class Nudge(SQLModel, table=True):
    """One rung told (or about to be told, while `letter_id` is None) for one obligation.

    `partner_id` is set when the one told is a partner, once, with the lead's first rung; else 0. `dropped`: what it
    was about was answered, held or given another date before its letter went out.
    """

    __tablename__ = "nudge"
    __table_args__ = (UniqueConstraint("obligation_id", "reckoned_from", "rung", "partner_id"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    reckoned_from: date
    rung: str
    partner_id: int = 0
    audience: Audience = Field(sa_column=one_of(Audience))
    on: date
    letter_id: int | None = Field(default=None, foreign_key="letter.id", index=True)
    dropped: bool = False


class Trail(SQLModel, table=True):
    """Who did what, in order; refusals too."""

    __tablename__ = "trail"
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    chat_id: int | None = None
    sender: str = ""
    action: str
    refused: bool = False
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=structured())
    at: datetime
