"""Intents: what a person wants, as values. `replies.py` reads them out of words; `bot/commands` carries them out."""

from dataclasses import dataclass, field

from duties.intents.calendar import (
    CalendarIntent,
    ChangeDays,
    ForgetDays,
    SetCultureDay,
    SetLeniency,
    SetWindows,
    ShowDaysOff,
    YearAnnounced,
)
from duties.intents.decisions import (
    Approve,
    DecisionIntent,
    GiveTo,
    NotApplicable,
    Pending,
    Refuse,
    SendBack,
)
from duties.intents.files import (
    CalendarWanted,
    DemandEvidence,
    DropEvidence,
    FileIntent,
    NewCalendarAddress,
    SendEvidence,
    ShowEvidence,
    TickDeliverables,
    WithdrawCalendar,
)
from duties.intents.people import (
    AddUnit,
    Announce,
    AskAnnouncement,
    DropAnnouncement,
    Invite,
    NudgeNow,
    Pause,
    PeopleIntent,
    Preview,
    RenameUnit,
    Resume,
    SendAnnouncement,
    Units,
)
from duties.intents.plans import (
    ConfirmPlan,
    CorrectDeadline,
    DropPlan,
    ForgetEvent,
    LeaveOut,
    PastDates,
    PlanIntent,
    Plans,
    RecordEvent,
    SettlePast,
)
from duties.intents.policy import (
    DropMilestone,
    Number,
    PolicyIntent,
    ResetPolicy,
    SetMilestone,
    SetPolicy,
    ShowMilestones,
    ShowPolicy,
)
from duties.intents.reports import (
    AskExtension,
    Done,
    InProgress,
    MaybeDone,
    Note,
    NotOurs,
    NotYet,
    Obstacle,
    Report,
    ShowItem,
    ShowMine,
    Skip,
    Snooze,
    Stop,
    UnitIntent,
    Which,
)
from duties.intents.summaries import (
    Close,
    Document,
    DocumentWanted,
    FormField,
    Reopen,
    SetForm,
    ShowForm,
    SummaryIntent,
)
from duties.intents.talk import (
    Chat,
    Chatter,
    Doubtful,
    EveryonesIntent,
    Help,
    Link,
    SummaryWanted,
    Unclear,
    Undo,
)
from duties.intents.targets import (
    DutyCode,
    Everything,
    Position,
    ShortCode,
    Target,
    Targets,
)

Intent = (
    UnitIntent
    | DecisionIntent
    | PeopleIntent
    | PlanIntent
    | CalendarIntent
    | PolicyIntent
    | SummaryIntent
    | FileIntent
    | EveryonesIntent
)


@dataclass(frozen=True)
class Reply:
    """All that one message asks for, in its order; never empty."""

    intents: tuple[Intent, ...] = field(default=(Unclear(),))


__all__ = [
    "AddUnit",
    "Announce",
    "Approve",
    "AskAnnouncement",
    "AskExtension",
    "CalendarIntent",
    "CalendarWanted",
    "ChangeDays",
    "Chat",
    "Chatter",
    "Close",
    "ConfirmPlan",
    "CorrectDeadline",
    "DecisionIntent",
    "DemandEvidence",
    "Document",
    "DocumentWanted",
    "Done",
    "Doubtful",
    "DropAnnouncement",
    "DropEvidence",
    "DropMilestone",
    "DropPlan",
    "DutyCode",
    "EveryonesIntent",
    "Everything",
    "FileIntent",
    "ForgetDays",
    "ForgetEvent",
    "FormField",
    "GiveTo",
    "Help",
    "InProgress",
    "Intent",
    "Invite",
    "LeaveOut",
    "Link",
    "MaybeDone",
    "NewCalendarAddress",
    "NotApplicable",
    "NotOurs",
    "NotYet",
    "Note",
    "NudgeNow",
    "Number",
    "Obstacle",
    "PastDates",
    "Pause",
    "Pending",
    "PeopleIntent",
    "PlanIntent",
    "Plans",
    "PolicyIntent",
    "Position",
    "Preview",
    "RecordEvent",
    "Refuse",
    "RenameUnit",
    "Reopen",
    "Reply",
    "Report",
    "ResetPolicy",
    "Resume",
    "SendAnnouncement",
    "SendBack",
    "SendEvidence",
    "SetCultureDay",
    "SetForm",
    "SetLeniency",
    "SetMilestone",
    "SetPolicy",
    "SetWindows",
    "SettlePast",
    "ShortCode",
    "ShowDaysOff",
    "ShowEvidence",
    "ShowForm",
    "ShowItem",
    "ShowMilestones",
    "ShowMine",
    "ShowPolicy",
    "Skip",
    "Snooze",
    "Stop",
    "SummaryIntent",
    "SummaryWanted",
    "Target",
    "Targets",
    "TickDeliverables",
    "Unclear",
    "Undo",
    "UnitIntent",
    "Units",
    "Which",
    "WithdrawCalendar",
    "YearAnnounced",
]
