"""Who may do what: role × action, one table."""

from collections.abc import Mapping
from enum import StrEnum

from duties.intents import (
    AddUnit,
    Announce,
    Approve,
    AskAnnouncement,
    AskExtension,
    CalendarWanted,
    ChangeDays,
    Chatter,
    Close,
    ConfirmPlan,
    CorrectDeadline,
    DemandEvidence,
    DocumentWanted,
    Done,
    DropAnnouncement,
    DropChat,
    DropEvidence,
    DropMilestone,
    DropPlan,
    ForgetDays,
    ForgetEvent,
    GiveTo,
    Help,
    InProgress,
    Intent,
    Invite,
    LeaveOut,
    Link,
    MaybeDone,
    MeanUnits,
    MoveChat,
    NewCalendarAddress,
    NotApplicable,
    Note,
    NotOurs,
    NotYet,
    NudgeNow,
    Obstacle,
    Pause,
    Pending,
    Plans,
    Preview,
    PutFirst,
    RecordEvent,
    Refuse,
    RenameUnit,
    Reopen,
    Report,
    ResetPolicy,
    Resume,
    SendAnnouncement,
    SendBack,
    SendEvidence,
    SetCultureDay,
    SetForm,
    SetLeniency,
    SetMilestone,
    SetPolicy,
    SettlePast,
    SetWindows,
    ShowDaysOff,
    ShowEvidence,
    ShowForm,
    ShowItem,
    ShowMilestones,
    ShowMine,
    ShowPolicy,
    ShowUnit,
    Skip,
    Snooze,
    Stop,
    StopHere,
    SummaryWanted,
    TellApart,
    TickDeliverables,
    Unclear,
    Undo,
    Units,
    WithdrawCalendar,
    WithdrawCodes,
    YearAnnounced,
)


class ChatRole(StrEnum):
    """Who speaks in a chat: what each may do is the table below."""

    UNIT = "unit"
    OFFICE = "office"
    LEADER = "leader"
    ADMIN = "admin"


class Action(StrEnum):
    """What may be asked, in the order of the handbook."""

    TALK = "talk"
    LINK = "link"
    SEE_OWN = "see_own"
    SEE_ALL = "see_all"
    REPORT = "report"
    REQUEST = "request"
    UNDO = "undo"
    SUMMARISE = "summarise"
    SEE_PLANS = "see_plans"
    SEE_CALENDAR = "see_calendar"
    DECIDE = "decide"
    CHANGE_PLAN = "change_plan"
    CHANGE_CALENDAR = "change_calendar"
    CHANGE_POLICY = "change_policy"
    CLOSE = "close"
    CHANGE_FORM = "change_form"
    MANAGE_UNITS = "manage_units"
    SEND = "send"
    PAUSE = "pause"


EVERYONE = frozenset({Action.TALK, Action.LINK, Action.SUMMARISE, Action.SEE_CALENDAR})
UNIT = EVERYONE | {Action.SEE_OWN, Action.REPORT, Action.REQUEST, Action.UNDO}
LEADER = EVERYONE | {Action.SEE_ALL, Action.SEE_PLANS}
# The office reports for a unit that has no chat; it asks itself for nothing.
OFFICE = LEADER | {
    Action.REPORT,
    Action.UNDO,
    Action.DECIDE,
    Action.CHANGE_PLAN,
    Action.CHANGE_CALENDAR,
    Action.CHANGE_POLICY,
    Action.CLOSE,
    Action.CHANGE_FORM,
    Action.MANAGE_UNITS,
    Action.SEND,
    Action.PAUSE,
}
# Who keeps the machine links people and stops the letters; what is owed is none of their business.
ADMIN = EVERYONE | {Action.SEE_PLANS, Action.MANAGE_UNITS, Action.PAUSE, Action.UNDO}

TABLE: Mapping[ChatRole, frozenset[Action]] = {
    ChatRole.UNIT: UNIT,
    ChatRole.OFFICE: OFFICE,
    ChatRole.LEADER: LEADER,
    ChatRole.ADMIN: ADMIN,
}

ACTIONS: Mapping[type[Intent], frozenset[Action]] = {
    ShowMine: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    ShowItem: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    Done: frozenset({Action.REPORT}),
    MaybeDone: frozenset({Action.REPORT}),
    NotYet: frozenset({Action.REPORT}),
    InProgress: frozenset({Action.REPORT}),
    Note: frozenset({Action.REPORT}),
    Obstacle: frozenset({Action.REPORT}),
    Report: frozenset({Action.REPORT}),
    Skip: frozenset({Action.TALK}),
    Stop: frozenset({Action.TALK}),
    ShowEvidence: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    SendEvidence: frozenset({Action.REPORT}),
    DropEvidence: frozenset({Action.REPORT}),
    TickDeliverables: frozenset({Action.REPORT}),
    DemandEvidence: frozenset({Action.CHANGE_PLAN}),
    CalendarWanted: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    NewCalendarAddress: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    WithdrawCalendar: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    AskExtension: frozenset({Action.REQUEST, Action.DECIDE}),
    NotOurs: frozenset({Action.REQUEST}),
    Snooze: frozenset({Action.REQUEST}),
    Undo: frozenset({Action.UNDO}),
    SummaryWanted: frozenset({Action.SUMMARISE}),
    DocumentWanted: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    Close: frozenset({Action.CLOSE}),
    Reopen: frozenset({Action.CLOSE}),
    ShowForm: frozenset({Action.CHANGE_FORM}),
    SetForm: frozenset({Action.CHANGE_FORM}),
    Help: frozenset({Action.TALK}),
    Chatter: frozenset({Action.TALK}),
    Unclear: frozenset({Action.TALK}),
    Link: frozenset({Action.LINK}),
    Pending: frozenset({Action.DECIDE}),
    Approve: frozenset({Action.DECIDE}),
    SendBack: frozenset({Action.DECIDE}),
    Refuse: frozenset({Action.DECIDE}),
    NotApplicable: frozenset({Action.DECIDE}),
    GiveTo: frozenset({Action.DECIDE}),
    NudgeNow: frozenset({Action.SEND}),
    Announce: frozenset({Action.SEND}),
    SendAnnouncement: frozenset({Action.SEND}),
    DropAnnouncement: frozenset({Action.SEND}),
    AskAnnouncement: frozenset({Action.SEND}),
    Preview: frozenset({Action.SEND}),
    Pause: frozenset({Action.PAUSE}),
    Resume: frozenset({Action.PAUSE}),
    Units: frozenset({Action.MANAGE_UNITS}),
    ShowUnit: frozenset({Action.MANAGE_UNITS}),
    WithdrawCodes: frozenset({Action.MANAGE_UNITS}),
    MoveChat: frozenset({Action.MANAGE_UNITS}),
    DropChat: frozenset({Action.MANAGE_UNITS}),
    PutFirst: frozenset({Action.MANAGE_UNITS}),
    StopHere: frozenset({Action.LINK}),
    TellApart: frozenset({Action.MANAGE_UNITS}),
    MeanUnits: frozenset({Action.MANAGE_UNITS}),
    Invite: frozenset({Action.MANAGE_UNITS}),
    AddUnit: frozenset({Action.MANAGE_UNITS}),
    RenameUnit: frozenset({Action.MANAGE_UNITS}),
    Plans: frozenset({Action.SEE_PLANS}),
    ConfirmPlan: frozenset({Action.CHANGE_PLAN}),
    DropPlan: frozenset({Action.CHANGE_PLAN}),
    SettlePast: frozenset({Action.CHANGE_PLAN}),
    LeaveOut: frozenset({Action.CHANGE_PLAN}),
    CorrectDeadline: frozenset({Action.CHANGE_PLAN}),
    RecordEvent: frozenset({Action.CHANGE_PLAN}),
    ForgetEvent: frozenset({Action.CHANGE_PLAN}),
    ShowDaysOff: frozenset({Action.SEE_CALENDAR}),
    ChangeDays: frozenset({Action.CHANGE_CALENDAR}),
    ForgetDays: frozenset({Action.CHANGE_CALENDAR}),
    SetLeniency: frozenset({Action.CHANGE_CALENDAR}),
    SetCultureDay: frozenset({Action.CHANGE_CALENDAR}),
    YearAnnounced: frozenset({Action.CHANGE_CALENDAR}),
    SetWindows: frozenset({Action.CHANGE_CALENDAR}),
    ShowPolicy: frozenset({Action.SEE_PLANS}),
    SetPolicy: frozenset({Action.CHANGE_POLICY}),
    ResetPolicy: frozenset({Action.CHANGE_POLICY}),
    ShowMilestones: frozenset({Action.SEE_PLANS}),
    SetMilestone: frozenset({Action.CHANGE_POLICY}),
    DropMilestone: frozenset({Action.CHANGE_POLICY}),
}


def may(role: str, action: Action) -> bool:
    """Whether a chat of that role may do it; a role that is not in the table may nothing."""
    return action in TABLE.get(ChatRole(role), frozenset()) if role in set(ChatRole) else False


def may_ask(role: str, intent: Intent) -> bool:
    """Whether a chat of that role may ask for it: any one of the intent's actions is enough."""
    return any(may(role, action) for action in ACTIONS[type(intent)])
