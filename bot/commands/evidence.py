"""`/minhchung`, `/nop`: what proves an obligation: seen, sent, taken back, ticked off, demanded."""

from datetime import datetime

from bot.aim import waiting_drafts
from bot.commands.meanings import duty_meant, named_in
from bot.filing import PLACE, deliverables_line, pending, place
from bot.targets import find, find_asked
from bot.turn import AskBack, Turn
from data.access_links import address_of, has_pages, link_life, make_link
from data.evidence import evidence_of, size_of, ticked
from data.obligations import Item, standing_of
from data.questions import draft_duties, duties_in_force, told_of
from data.tables import Duty, Evidence, LinkPurpose
from duties.errors import DutyError, NotFound
from duties.intents import (
    DemandEvidence,
    DropEvidence,
    DutyCode,
    PlanRow,
    SendEvidence,
    ShowEvidence,
    Target,
    TickDeliverables,
)
from duties.message import Attached, Line, Look, Message
from duties.progress import Said
from duties.wording import answers, lists
from duties.wording import files as wording
from duties.wording.entries import spoken

MOST_SENT = 10
DROPPED_FROM = "Bỏ tệp của việc nào:"


def show_evidence(turn: Turn, said: ShowEvidence) -> list[Message]:
    """The files of each obligation that is meant, listed and handed out."""
    found = find(turn, said.targets, "minh chứng {}")
    return [message for each in found[:3] for message in _shown(turn, each)]


def _shown(turn: Turn, each: Item) -> list[Message]:
    rows = evidence_of(turn.session, each.id)
    filed = [
        wording.Filed(n, row.file_name, size_of(turn.session, row.file_id), row.sender, row.at)
        for n, row in enumerate(rows, start=1)
    ]
    answers_given = told_of(turn.session, each.id)
    others = [paper for answer in answers_given for paper in (*answer.documents, *answer.links)]
    told = wording.shown(turn.entry(each), filed, list(dict.fromkeys(others)))
    sent = [_handed_out(n, row) for n, row in enumerate(rows[:MOST_SENT], start=1)]
    more = len(rows) - MOST_SENT
    return [told, *sent, *([wording.more_files(more)] if more > 0 else [])]


def _handed_out(number: int, row: Evidence) -> Message:
    file = Attached(row.file_id, row.file_name)
    return Message((Line(f"{number}. {row.file_name}", Look.QUIET),), file=file)


def send_evidence(turn: Turn, said: SendEvidence) -> list[Message]:
    """Put what waits where it belongs; when nothing does, tell how to send it."""
    found = find_asked(turn, said.targets, PLACE)
    if pending(turn):
        return [place(turn, found)]
    return [_how_to_send(turn, each) for each in found[:3]]


def _how_to_send(turn: Turn, each: Item) -> Message:
    entry = turn.entry(each)
    if not entry.is_owed:
        raise DutyError(answers.closed(entry))
    link, until = upload_link(turn, each)
    return wording.how_to_send(entry, link, until)


def upload_link(turn: Turn, each: Item) -> tuple[str, datetime | None]:
    """An address where files for the obligation may be brought, if our pages have one."""
    if not has_pages(turn.agency):
        return "", None
    life = link_life(turn.agency)
    token = make_link(turn.session, turn.chat, LinkPurpose.UPLOAD, turn.now, life, obligation_id=each.id)
    return address_of(turn.agency, LinkPurpose.UPLOAD, token), turn.now + life


def drop_evidence(turn: Turn, said: DropEvidence) -> list[Message]:
    """Take files back by their numbers; what the office accepted, only the office takes back."""
    numbers = " ".join(str(number) for number in said.numbers)
    found = find_asked(turn, said.targets, f"bỏ tệp {numbers} của {{}}".replace("  ", " "))
    if len(found) > 1:
        says = f"bỏ tệp {numbers} của {{}}"
        raise AskBack(lists.which_one(turn.entries(found), turn.today, says, DROPPED_FROM))
    each, entry = found[0], turn.entry(found[0])
    if turn.is_unit and standing_of(turn.session, each).accepted:
        raise DutyError(wording.stays(entry))
    rows = evidence_of(turn.session, each.id)
    numbered = said.numbers or ((1,) if len(rows) == 1 else ())
    if not numbered or max(numbered) > len(rows):
        raise NotFound(wording.no_such_file(entry, len(rows)))
    chosen = [rows[number - 1] for number in numbered]
    for row in chosen:
        row.removed_at = turn.now
        turn.session.add(row)
        turn.note("evidence_dropped", each, file=row.file_name)
    turn.session.flush()
    return [wording.dropped(entry, [row.file_name for row in chosen])]


def tick_deliverables(turn: Turn, said: TickDeliverables) -> list[Message]:
    """“Đã nộp sản phẩm 1, 2 của #A3”: tick the expected papers off by their numbers, or take that back."""
    [each, *others] = find(turn, said.targets, "đã nộp sản phẩm {}")
    entry, papers = turn.entry(each), each.duty.deliverables
    if others or not papers or max(said.numbers) > len(papers):
        raise NotFound(wording.no_such_deliverable(entry, papers))
    if said.handed_in:
        answer = turn.answer(each, Said.NOTE)
        assert answer is not None
        answer.deliverables = sorted({*said.numbers} - ticked(turn.session, each.id))
    else:
        for row in told_of(turn.session, each.id):
            row.deliverables = [n for n in row.deliverables if n not in said.numbers]
            turn.session.add(row)
    turn.session.flush()
    return [wording.ticked(entry, deliverables_line(turn, each))]


def demand_evidence(turn: Turn, said: DemandEvidence) -> list[Message]:
    """From now on “xong” of these duties is asked for what proves it, or no longer."""
    duties = {duty.id: duty for target in said.targets for duty in _meant(turn, target)}
    changed = [duty for duty in duties.values() if duty.needs_evidence is not said.is_needed]
    for duty in changed:
        duty.needs_evidence = said.is_needed
        turn.session.add(duty)
        turn.note("demand_evidence", duty=duty.id, needed=said.is_needed)
    names = [spoken(duty.code, duty.content, 60, kind=duty.kind) for duty in duties.values()]
    again = "không bắt buộc" if said.is_needed else "bắt buộc"
    words = [f"{again} minh chứng {named_in(turn, duty)}" for duty in changed]
    about = f"needs_evidence:{','.join(str(duty_id) for duty_id in duties)}"
    plans = {duty.plan_id for duty in changed}
    turn.can_undo(about, "yêu cầu minh chứng", words, plan_id=next(iter(plans)) if len(plans) == 1 else None)
    return [wording.demanded(names, said.is_needed)]


def _meant(turn: Turn, target: Target) -> list[Duty]:
    waiting = waiting_drafts(turn)
    if isinstance(target, PlanRow) or (
        isinstance(target, DutyCode)
        and waiting
        and draft_duties(turn.session, waiting[0].id or 0, target.code)
    ):
        return [duty_meant(turn, target)]
    if isinstance(target, DutyCode):
        in_force = duties_in_force(turn.session, turn.agency_id, target.code)
        duties = [duty for duty in in_force if turn.plan_id in (None, duty.plan_id)]
        if not duties:
            raise NotFound(f"Không có nhiệm vụ nào mang số {target.code} trong kế hoạch đang thực hiện.")
        return duties
    return [each.duty for each in find(turn, (target,), "bắt buộc minh chứng {}")]
