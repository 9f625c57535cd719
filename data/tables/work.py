"""What is owed, what was answered and decided, and which rungs were told."""

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from data.tables.kinds import one_of, structured
from duties.nudging import Audience
from duties.progress import Ruling, Said


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
        Index(
            "ix_obligation_next_rung",
            "agency_id",
            "next_rung_on",
            "next_slot",
            sqlite_where=text("next_rung_on IS NOT NULL"),
            postgresql_where=text("next_rung_on IS NOT NULL"),
        ),
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
    next_slot: int = 1


class FormerOwner(SQLModel, table=True):
    """Who answered for an obligation up to and with `until`, before its unit was merged or split."""

    __tablename__ = "former_owner"
    __table_args__ = (UniqueConstraint("obligation_id", "until"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    unit_id: int = Field(foreign_key="unit.id")
    until: date


class Answer(SQLModel, table=True):
    """What a unit said, never overwritten; `undone_at` takes it back. One message says one thing of one obligation once.

    `deliverables`: the positions in the duty's list of what was handed in. `sender_id`: the person, as the platform names them.
    `on_behalf`: the office said it for the unit.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("inbox_id", "obligation_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    sender: str = ""
    sender_id: str = ""
    kind: Said = Field(sa_column=one_of(Said))
    text: str = ""
    wanted_due: date | None = None
    claimed_on: date | None = None
    links: list[str] = Field(default_factory=list, sa_column=structured())
    documents: list[str] = Field(default_factory=list, sa_column=structured())
    quantities: dict[str, int] = Field(default_factory=dict, sa_column=structured())
    deliverables: list[int] = Field(default_factory=list, sa_column=structured())
    on_behalf: bool = False
    at: datetime
    undone_at: datetime | None = None


class Decision(SQLModel, table=True):
    """What the office decided about an obligation, often about one answer."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("inbox_id", "obligation_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    chat_id: int | None = Field(default=None, foreign_key="chat.id")
    inbox_id: int | None = Field(default=None, foreign_key="inbox.id")
    sender: str = ""
    sender_id: str = ""
    kind: Ruling = Field(sa_column=one_of(Ruling))
    reason: str = ""
    due: date | None = None
    to_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    at: datetime
    undone_at: datetime | None = None


class Nudge(SQLModel, table=True):
    """One rung told (or about to be told, while `letter_id` is None) for one obligation.

    `partner_id` is set when the one told is a partner, once, with the lead's first rung; else 0. `to_unit_id`: whom the
    unit's audience is, the partner or who answers for it. `dropped`: what it was about was answered, held or given
    another date before its letter went out.
    """

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("obligation_id", "reckoned_from", "rung", "partner_id"),
        # what waits to be told is little beside all that was told
        Index(
            "ix_nudge_pending",
            "agency_id",
            "audience",
            "to_unit_id",
            "partner_id",
            "rung",
            sqlite_where=text("letter_id IS NULL AND dropped = 0"),
            postgresql_where=text("letter_id IS NULL AND NOT dropped"),
        ),
        Index(
            "ix_nudge_letter",
            "letter_id",
            sqlite_where=text("letter_id IS NOT NULL"),
            postgresql_where=text("letter_id IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id")
    obligation_id: int = Field(foreign_key="obligation.id")
    reckoned_from: date
    rung: str
    partner_id: int = 0
    audience: Audience = Field(sa_column=one_of(Audience))
    to_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    on: date
    letter_id: int | None = Field(default=None, foreign_key="letter.id")
    dropped: bool = False
