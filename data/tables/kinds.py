"""How choices and JSON are kept, and the states that rows go through."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Enum


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
    """`MERGED`: an edition whose changes were made in the plan that it changes, which stays the one in force."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class ChangeState(StrEnum):
    """A change of units is shown, then confirmed, then done when its day has come; or it is let be."""

    SHOWN = "shown"
    CONFIRMED = "confirmed"
    DONE = "done"
    DROPPED = "dropped"


class LetterKind(StrEnum):
    """A slot letter is composed when it is claimed; the others are written when they are put."""

    SLOT = "slot"
    REPLY = "reply"
    NOTICE = "notice"


class LetterState(StrEnum):
    """`EMPTY`: at the moment of sending nothing was left to say, so nothing was sent.

    `DRAFTED`: the document it is to carry is still to be written.
    """

    DRAFTED = "drafted"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EMPTY = "empty"


class LinkPurpose(StrEnum):
    """What a secret address opens: nothing else."""

    UPLOAD = "upload"
    DOWNLOAD = "download"
    CALENDAR = "calendar"
    WEB = "web"
