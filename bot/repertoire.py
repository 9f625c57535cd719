"""The repertoire: which command carries out which intent. A new command is a line here."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.commands import (
    announce,
    ask_extension,
    calendar,
    chats,
    check_draft,
    close_window,
    copy_plan,
    correct_plan,
    decide,
    documents,
    draft_rows,
    editions,
    evidence,
    guide,
    help,
    in_progress,
    link_chat,
    load_plan,
    meanings,
    milestones,
    my_duties,
    note,
    nudge_now,
    nudge_policy,
    office_calendar,
    pause,
    people,
    preview,
    rename_unit,
    report_done,
    report_form,
    snooze,
    state_obstacle,
    summary,
    undo,
    unit_changes,
    unit_names,
    web,
    withdraw_plan,
)
from bot.turn import Turn
from duties import intents as say
from duties.message import Message
from duties.rights import Action, may
from duties.wording.undo import can_be_undone

# each takes the intent of its own line: a test holds them to it
Command = Callable[[Turn, Any], list[Message]]


def perform(turn: Turn, intent: say.Intent) -> list[Message]:
    """Carry out one intent; what changed something that can be put back says how."""
    turn.undoable = False
    told = REPERTOIRE[type(intent)](turn, intent)
    return [can_be_undone(told[0]), *told[1:]] if turn.undoable and told else told


def _alone(command: Callable[[Turn], list[Message]]) -> Command:
    """A command that needs no more than to be named."""
    return lambda turn, _: command(turn)


def _extend(turn: Turn, said: say.AskExtension) -> list[Message]:
    """The same words are a request of a unit and a decision of the office."""
    decides = may(turn.chat.role.value, Action.DECIDE)
    return (decide.grant_extension if decides else ask_extension.ask_extension)(turn, said)


def _give(turn: Turn, said: say.GiveTo) -> list[Message]:
    """A duty of a draft, a duty that nobody owes, or what a unit owes."""
    if correct_plan.is_about_draft(turn, said):
        return correct_plan.give_lead(turn, said)
    if correct_plan.is_about_unowed(turn, said):
        return correct_plan.give_unowed(turn, said)
    return decide.move(turn, said)


REPERTOIRE: Mapping[type[say.Intent], Command] = {
    say.ShowMine: my_duties.show_list,
    say.ShowItem: my_duties.show_items,
    say.Done: report_done.report_done,
    say.MaybeDone: report_done.ask_whether_done,
    say.NotYet: report_done.not_yet,
    say.InProgress: in_progress.report_in_progress,
    say.Note: note.add_note,
    say.Report: guide.start,
    say.Skip: guide.not_asked,
    say.Stop: guide.not_asked,
    say.Obstacle: state_obstacle.state_obstacle,
    say.AskExtension: _extend,
    say.NotOurs: ask_extension.disown,
    say.Snooze: snooze.snooze,
    say.ShowEvidence: evidence.show_evidence,
    say.SendEvidence: evidence.send_evidence,
    say.DropEvidence: evidence.drop_evidence,
    say.TickDeliverables: evidence.tick_deliverables,
    say.DemandEvidence: evidence.demand_evidence,
    say.CalendarWanted: _alone(calendar.give_calendar),
    say.NewCalendarAddress: _alone(calendar.change_address),
    say.WithdrawCalendar: _alone(calendar.withdraw_calendar),
    say.Undo: lambda turn, _: undo.undo(turn, perform),
    say.SummaryWanted: summary.summarise,
    say.DocumentWanted: documents.send_document,
    say.Close: close_window.close_window,
    say.Reopen: close_window.reopen,
    say.ShowForm: report_form.show_form,
    say.SetForm: report_form.set_form,
    say.DropForm: _alone(report_form.drop_form),
    say.Help: _alone(help.help_for),
    say.Link: link_chat.link_again,
    say.Chatter: help.small_talk,
    say.Unclear: help.unclear,
    say.Pending: _alone(decide.pending),
    say.Approve: decide.approve,
    say.SendBack: decide.send_back,
    say.Refuse: decide.refuse,
    say.NotApplicable: decide.dismiss,
    say.GiveTo: _give,
    say.ShowUnit: chats.show_unit,
    say.WithdrawCodes: chats.withdraw_codes,
    say.MoveChat: chats.move_chat,
    say.DropChat: chats.drop_chat,
    say.PutFirst: chats.put_first,
    say.StopHere: chats.stop_here,
    say.OpenWeb: _alone(web.give_link),
    say.ShowSessions: _alone(web.show_sessions),
    say.CloseSessions: web.close_sessions,
    say.TellApart: unit_names.tell_apart,
    say.MeanUnits: unit_names.mean_units,
    say.CallUnit: unit_names.call_unit,
    say.DropName: unit_names.drop_name,
    say.Units: _alone(people.show_units),
    say.Invite: people.invite_units,
    say.AddUnit: people.add,
    say.RenameFrom: unit_changes.rename,
    say.MergeUnits: unit_changes.merge,
    say.SplitUnit: unit_changes.split,
    say.CloseUnit: unit_changes.close,
    say.ConfirmUnits: _alone(unit_changes.confirm),
    say.DropUnits: unit_changes.drop,
    say.ShowUnitChanges: _alone(unit_changes.show_changes),
    say.RenameUnit: rename_unit.rename,
    say.Announce: announce.look_at,
    say.SendAnnouncement: _alone(announce.send),
    say.DropAnnouncement: _alone(announce.drop),
    say.AskAnnouncement: _alone(announce.progress),
    say.NudgeNow: nudge_now.nudge_now,
    say.Preview: _alone(preview.show_preview),
    say.Pause: pause.pause,
    say.Resume: _alone(pause.resume),
    say.CopyPlan: copy_plan.copy,
    say.WithdrawEdition: _alone(editions.withdraw),
    say.WithdrawPlan: withdraw_plan.withdraw,
    say.RestorePlan: withdraw_plan.restore,
    say.Plans: _alone(load_plan.show_plans),
    say.ConfirmPlan: _alone(load_plan.confirm_draft),
    say.DropPlan: _alone(load_plan.drop_draft),
    say.SettlePast: load_plan.settle_past,
    say.LeaveOut: correct_plan.leave_out,
    say.MergeRows: draft_rows.merge,
    say.PartRows: draft_rows.part_rows,
    say.TakeInRow: draft_rows.take_in_row,
    say.CorrectContent: correct_plan.correct_content,
    say.AskAgain: check_draft.ask_again,
    say.CorrectDeadline: meanings.correct_deadline,
    say.RecordEvent: meanings.record,
    say.ForgetEvent: meanings.forget,
    say.ShowDaysOff: office_calendar.show_days_off,
    say.ChangeDays: office_calendar.change,
    say.ForgetDays: office_calendar.forget,
    say.SetLeniency: office_calendar.set_leniency,
    say.SetCultureDay: office_calendar.set_culture_day,
    say.YearAnnounced: office_calendar.set_announced,
    say.SetWindows: office_calendar.set_windows,
    say.ShowPolicy: nudge_policy.show_policy,
    say.SetPolicy: nudge_policy.set_policy,
    say.ResetPolicy: nudge_policy.reset_policy,
    say.ShowMilestones: milestones.show_milestones,
    say.SetMilestone: milestones.mark,
    say.DropMilestone: milestones.unmark,
}
