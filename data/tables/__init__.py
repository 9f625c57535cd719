"""The tables, with the unique keys that make repeating harmless. Everything belongs to an agency."""

from data.tables.changes import Change
from data.tables.chats import AccessLink, Chat, ChatUnit, Dialogue, Invitation, WrongCode
from data.tables.evidence import Evidence, StoredFile, WaitingFile
from data.tables.house import Agency, DayOff, FormerName, Unit, UnitAlias, UnitChange
from data.tables.kinds import ChangeState, LetterKind, LetterState, LinkPurpose, PlanState
from data.tables.plans import Duty, DutyEvent, DutyUnit, Milestone, Plan, PlanFile
from data.tables.post import (
    Alarm,
    Allowance,
    Heartbeat,
    Inbox,
    Letter,
    LetterSubject,
    MonthlyCount,
    PlatformUpdate,
)
from data.tables.reports import Freeze, ReportForm
from data.tables.trail import Trail
from data.tables.web import WebSeat, WebSession
from data.tables.work import Answer, Decision, FormerOwner, Nudge, Obligation, Occurrence
from duties.rights import ChatRole

__all__ = [
    "AccessLink",
    "Agency",
    "Alarm",
    "Allowance",
    "Answer",
    "Change",
    "ChangeState",
    "Chat",
    "ChatRole",
    "ChatUnit",
    "DayOff",
    "Decision",
    "Dialogue",
    "Duty",
    "DutyEvent",
    "DutyUnit",
    "Evidence",
    "FormerName",
    "FormerOwner",
    "Freeze",
    "Heartbeat",
    "Inbox",
    "Invitation",
    "Letter",
    "LetterKind",
    "LetterState",
    "LetterSubject",
    "LinkPurpose",
    "Milestone",
    "MonthlyCount",
    "Nudge",
    "Obligation",
    "Occurrence",
    "Plan",
    "PlanFile",
    "PlanState",
    "PlatformUpdate",
    "ReportForm",
    "StoredFile",
    "Trail",
    "Unit",
    "UnitAlias",
    "UnitChange",
    "WaitingFile",
    "WebSeat",
    "WebSession",
    "WrongCode",
]
