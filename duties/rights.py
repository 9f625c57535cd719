"""Who may do what: role × action, one table."""

from collections.abc import Mapping
from enum import StrEnum

from duties import intents as say
from duties.intents import Intent


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
    say.ShowMine: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.ShowItem: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.Done: frozenset({Action.REPORT}),
    say.MaybeDone: frozenset({Action.REPORT}),
    say.NotYet: frozenset({Action.REPORT}),
    say.InProgress: frozenset({Action.REPORT}),
    say.Note: frozenset({Action.REPORT}),
    say.Obstacle: frozenset({Action.REPORT}),
    say.Report: frozenset({Action.REPORT}),
    say.Skip: frozenset({Action.TALK}),
    say.Stop: frozenset({Action.TALK}),
    say.ShowEvidence: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.SendEvidence: frozenset({Action.REPORT}),
    say.DropEvidence: frozenset({Action.REPORT}),
    say.TickDeliverables: frozenset({Action.REPORT}),
    say.DemandEvidence: frozenset({Action.CHANGE_PLAN}),
    say.CalendarWanted: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.NewCalendarAddress: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.WithdrawCalendar: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.AskExtension: frozenset({Action.REQUEST, Action.DECIDE}),
    say.NotOurs: frozenset({Action.REQUEST}),
    say.Snooze: frozenset({Action.REQUEST}),
    say.Undo: frozenset({Action.UNDO}),
    say.SummaryWanted: frozenset({Action.SUMMARISE}),
    say.DocumentWanted: frozenset({Action.SEE_OWN, Action.SEE_ALL}),
    say.Close: frozenset({Action.CLOSE}),
    say.Reopen: frozenset({Action.CLOSE}),
    say.ShowForm: frozenset({Action.CHANGE_FORM}),
    say.SetForm: frozenset({Action.CHANGE_FORM}),
    say.DropForm: frozenset({Action.CHANGE_FORM}),
    say.Help: frozenset({Action.TALK}),
    say.Chatter: frozenset({Action.TALK}),
    say.Unclear: frozenset({Action.TALK}),
    say.Link: frozenset({Action.LINK}),
    say.Pending: frozenset({Action.DECIDE}),
    say.Approve: frozenset({Action.DECIDE}),
    say.SendBack: frozenset({Action.DECIDE}),
    say.Refuse: frozenset({Action.DECIDE}),
    say.NotApplicable: frozenset({Action.DECIDE}),
    say.GiveTo: frozenset({Action.DECIDE}),
    say.NudgeNow: frozenset({Action.SEND}),
    say.Announce: frozenset({Action.SEND}),
    say.SendAnnouncement: frozenset({Action.SEND}),
    say.DropAnnouncement: frozenset({Action.SEND}),
    say.AskAnnouncement: frozenset({Action.SEND}),
    say.Preview: frozenset({Action.SEND}),
    say.Pause: frozenset({Action.PAUSE}),
    say.Resume: frozenset({Action.PAUSE}),
    say.Units: frozenset({Action.MANAGE_UNITS}),
    say.ShowUnit: frozenset({Action.MANAGE_UNITS}),
    say.WithdrawCodes: frozenset({Action.MANAGE_UNITS}),
    say.MoveChat: frozenset({Action.MANAGE_UNITS}),
    say.DropChat: frozenset({Action.MANAGE_UNITS}),
    say.PutFirst: frozenset({Action.MANAGE_UNITS}),
    say.StopHere: frozenset({Action.LINK}),
    say.OpenWeb: frozenset({Action.LINK}),
    say.ShowSessions: frozenset({Action.LINK}),
    say.CloseSessions: frozenset({Action.LINK}),
    say.TellApart: frozenset({Action.MANAGE_UNITS}),
    say.MeanUnits: frozenset({Action.MANAGE_UNITS}),
    say.CallUnit: frozenset({Action.MANAGE_UNITS}),
    say.DropName: frozenset({Action.MANAGE_UNITS}),
    say.Invite: frozenset({Action.MANAGE_UNITS}),
    say.AddUnit: frozenset({Action.MANAGE_UNITS}),
    say.RenameUnit: frozenset({Action.MANAGE_UNITS}),
    say.Plans: frozenset({Action.SEE_PLANS}),
    say.WithdrawPlan: frozenset({Action.CHANGE_PLAN}),
    say.ConfirmPlan: frozenset({Action.CHANGE_PLAN}),
    say.DropPlan: frozenset({Action.CHANGE_PLAN}),
    say.SettlePast: frozenset({Action.CHANGE_PLAN}),
    say.LeaveOut: frozenset({Action.CHANGE_PLAN}),
    say.MergeRows: frozenset({Action.CHANGE_PLAN}),
    say.PartRows: frozenset({Action.CHANGE_PLAN}),
    say.TakeInRow: frozenset({Action.CHANGE_PLAN}),
    say.CorrectDeadline: frozenset({Action.CHANGE_PLAN}),
    say.CorrectContent: frozenset({Action.CHANGE_PLAN}),
    say.AskAgain: frozenset({Action.CHANGE_PLAN}),
    say.RecordEvent: frozenset({Action.CHANGE_PLAN}),
    say.ForgetEvent: frozenset({Action.CHANGE_PLAN}),
    say.WithdrawEdition: frozenset({Action.CHANGE_PLAN}),
    say.RestorePlan: frozenset({Action.CHANGE_PLAN}),
    say.CopyPlan: frozenset({Action.CHANGE_PLAN}),
    say.RenameFrom: frozenset({Action.CHANGE_PLAN}),
    say.MergeUnits: frozenset({Action.CHANGE_PLAN}),
    say.SplitUnit: frozenset({Action.CHANGE_PLAN}),
    say.CloseUnit: frozenset({Action.CHANGE_PLAN}),
    say.ConfirmUnits: frozenset({Action.CHANGE_PLAN}),
    say.DropUnits: frozenset({Action.CHANGE_PLAN}),
    say.ShowUnitChanges: frozenset({Action.SEE_PLANS}),
    say.ShowDaysOff: frozenset({Action.SEE_CALENDAR}),
    say.ChangeDays: frozenset({Action.CHANGE_CALENDAR}),
    say.ForgetDays: frozenset({Action.CHANGE_CALENDAR}),
    say.SetLeniency: frozenset({Action.CHANGE_CALENDAR}),
    say.SetCultureDay: frozenset({Action.CHANGE_CALENDAR}),
    say.YearAnnounced: frozenset({Action.CHANGE_CALENDAR}),
    say.SetWindows: frozenset({Action.CHANGE_CALENDAR}),
    say.ShowPolicy: frozenset({Action.SEE_PLANS}),
    say.SetPolicy: frozenset({Action.CHANGE_POLICY}),
    say.ResetPolicy: frozenset({Action.CHANGE_POLICY}),
    say.ShowMilestones: frozenset({Action.SEE_PLANS}),
    say.SetMilestone: frozenset({Action.CHANGE_POLICY}),
    say.DropMilestone: frozenset({Action.CHANGE_POLICY}),
}


def may(role: str, action: Action) -> bool:
    """Whether a chat of that role may do it; a role that is not in the table may nothing."""
    return action in TABLE.get(ChatRole(role), frozenset()) if role in set(ChatRole) else False


def may_ask(role: str, intent: Intent) -> bool:
    """Whether a chat of that role may ask for it: any one of the intent's actions is enough."""
    return any(may(role, action) for action in ACTIONS[type(intent)])
