"""A plan file that came; “phụ lục của kế hoạch này”: several files as one plan, one of them taken out again."""

import re
from collections.abc import Sequence

from bot.aim import caption_of, waiting_drafts
from bot.commands import load_plan
from bot.commands.load_plan import ALBUM, describe, note_album
from bot.state_secret import wipe
from bot.turn import Turn
from data.editions import base_of, recognise, set_base
from data.people import known_units
from data.plan_files import add_files, files_of, unread_of_album
from data.plans import SourceFile, drafts, put_draft, throw_away, years_of
from data.tables import Inbox, Plan
from documents.reading import read_bytes
from duties.deadline import Years
from duties.errors import DutyError, NotFound, NothingUnderstood, SecretPaper, YearUnknown
from duties.intake import read_plan
from duties.message import Message
from duties.papers import join
from duties.plan import DraftPlan
from duties.rights import Action, may
from duties.spelling import fold
from duties.wording import draft_pages
from duties.wording import plan_files as wording

_IS_ANNEX = re.compile(
    r"(?:(?:day|tep nay|file nay) )?(?:la )?phu luc(?: (?:cua|kem|kem theo) (?:ke hoach|ban|tep)(?: nay| tren| truoc| do)?)?(?: nhe| a)?[.!]?\Z"
)
_TAKES_OUT = re.compile(r"(?:tach|bo|go) phu luc[.!]?\Z")


def hear(turn: Turn) -> list[Message] | None:
    """The office's word on the file it sent last; None when this is about something else."""
    if not may(turn.chat.role.value, Action.CHANGE_PLAN):
        return None
    said = fold(turn.inbox.text).strip()
    if _IS_ANNEX.match(said):
        return _join_newest(turn)
    return _take_out(turn) if _TAKES_OUT.match(said) else None


def load(turn: Turn) -> list[Message]:
    """Read the file that came with the message; of a secret paper nothing stays."""
    waiting = _of_album(turn) or next(iter(waiting_drafts(turn)), None)
    try:
        if is_annex(caption_of(turn)) and (unread := unread_of_album(turn.session, turn.inbox)):
            return _load_whole(turn, unread)
        if waiting and is_annex(caption_of(turn)):
            return join_file(turn, waiting, SourceFile(turn.inbox.file_name, turn.inbox.file or b""))
        return _with_question(turn, waiting, load_plan.load(turn))
    except SecretPaper as secret:
        return wipe(turn, secret)
    except (NothingUnderstood, YearUnknown) as refused:
        if waiting is None:
            raise
        raise DutyError(wording.maybe_annex(str(refused), describe(turn, waiting))) from None


def _load_whole(turn: Turn, unread: Sequence[Inbox]) -> list[Message]:
    """Files sent together of which none was a plan by itself: the body may hold no table, the appendix no head."""
    files = [SourceFile(each.file_name, each.file or b"") for each in (*unread, turn.inbox)]
    years = next(filter(None, map(load_plan.years_in, (*unread, turn.inbox))), None)
    plan, is_new = load_plan.take_in(turn, files[0], years, files[1:])
    for each in unread:
        each.file = None  # it is kept with the plan
    return load_plan.read_back(turn, plan, is_new=is_new)


def _with_question(turn: Turn, waiting: Plan | None, messages: list[Message]) -> list[Message]:
    """Where another draft waits, this file may be its appendix."""
    newest = next(iter(drafts(turn.session, turn.agency_id)), None)
    if waiting is None or newest is None or newest.id == waiting.id:
        return messages
    return [*messages, wording.is_it_annex(describe(turn, waiting))]


def _of_album(turn: Turn) -> Plan | None:
    """The draft that the first files of the same album gave: others may wait, too."""
    album = turn.inbox.album
    return next((plan for plan in waiting_drafts(turn) if album and plan.notes.get(ALBUM) == album), None)


def is_annex(text: str) -> bool:
    """Whether a caption says that the file belongs to the draft that waits."""
    return bool(_IS_ANNEX.match(fold(text).strip()))


def join_file(turn: Turn, plan: Plan, source: SourceFile) -> list[Message]:
    """A file that was sent as an appendix of the draft that waits."""
    return _joined(turn, plan, [*files_of(turn.session, plan), source])


def join_further(turn: Turn, plan: Plan, further: Sequence[SourceFile]) -> Plan:
    """The draft, read anew with more files."""
    files = [*files_of(turn.session, plan), *further]
    again = _read_anew(turn, plan, files)
    turn.note("join_files", plan=again.id, files=[file.name for file in files])
    return again


def _join_newest(turn: Turn) -> list[Message]:
    waiting = drafts(turn.session, turn.agency_id)
    if len(waiting) < 2:
        raise NotFound(wording.no_two_drafts(has_one=bool(waiting)))
    annex, plan = waiting[0], waiting[1]
    files = [*files_of(turn.session, plan), *files_of(turn.session, annex)]
    throw_away(turn.session, annex)
    return _joined(turn, plan, files)


def _joined(turn: Turn, plan: Plan, files: Sequence[SourceFile]) -> list[Message]:
    new = [file.name for file in files[len(files_of(turn.session, plan)) :]]
    again = join_further(turn, plan, files[len(files_of(turn.session, plan)) :])
    return [wording.joined(new, len(files)), *draft_pages.draft(describe(turn, again))]


def _take_out(turn: Turn) -> list[Message]:
    plan = next(iter(waiting_drafts(turn)), None)
    files = files_of(turn.session, plan) if plan else []
    if plan is None or len(files) < 2:
        raise NotFound(wording.no_annex())
    again = _read_anew(turn, plan, files[:-1])
    turn.note("take_out_file", plan=again.id, file=files[-1].name)
    return [wording.taken_out(files[-1].name), *draft_pages.draft(describe(turn, again))]


def _read_anew(turn: Turn, plan: Plan, files: Sequence[SourceFile]) -> Plan:
    years = years_of(plan)
    draft = read_files(turn, files, years)
    if not draft.duties:
        raise NothingUnderstood()
    again = put_instead(turn, plan, draft, years, files)
    note_album(turn, again)
    return again


def read_files(turn: Turn, files: Sequence[SourceFile], years: Years | None) -> DraftPlan:
    """The files of a plan as one."""
    document = join([read_bytes(file.content, file.name) for file in files])
    return read_plan(document, years=years, known=known_units(turn.session, turn.agency_id))


def put_instead(
    turn: Turn, before: Plan, draft: DraftPlan, years: Years, files: Sequence[SourceFile]
) -> Plan:
    """The draft as it was read anew; what plan it changes was said, or is recognised again."""
    base = base_of(turn.session, before)
    number = before.id
    throw_away(turn.session, before)
    plan = put_draft(turn.session, turn.agency_id, draft, years, files[0], turn.now, turn.chat, number=number)
    add_files(turn.session, plan, files[1:], turn.now)
    if base is None:
        recognise(turn.session, plan)
    else:
        set_base(turn.session, plan, base)
    return plan
