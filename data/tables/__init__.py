"""The tables, with the unique keys that make repeating harmless. Everything belongs to an agency."""

from data.tables.chats import Chat, ChatUnit, Dialogue, Invitation, WrongCode
from data.tables.house import Agency, DayOff, Unit, UnitAlias
from data.tables.kinds import LetterKind, LetterState, PlanState
from data.tables.plans import Duty, DutyEvent, DutyUnit, Plan
from data.tables.post import Allowance, Inbox, Letter, PlatformUpdate, Trail
from data.tables.work import Answer, Decision, Nudge, Obligation, Occurrence
from duties.rights import ChatRole

__all__ = [
    "Agency",
    "Allowance",
    "Answer",
    "Chat",
    "ChatRole",
    "ChatUnit",
    "DayOff",
    "Decision",
    "Dialogue",
    "Duty",
    "DutyEvent",
    "DutyUnit",
    "Inbox",
    "Invitation",
    "Letter",
    "LetterKind",
    "LetterState",
    "Nudge",
    "Obligation",
    "Occurrence",
    "Plan",
    "PlanState",
    "PlatformUpdate",
    "Trail",
    "Unit",
    "UnitAlias",
    "WrongCode",
]
