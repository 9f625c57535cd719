"""`/viec`: what a unit owes, and one thing in full."""

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col

from bot.commands.people import unit_named
from bot.targets import find
from bot.turn import Turn
from data.evidence import evidence_of, ticked
from data.obligations import Item, by_urgency, items, open_items, still_on_time
from data.plans import confirmed_plans, units_of_duty
from data.questions import told_of
from data.tables import Obligation
from duties.errors import NotFound
from duties.intents import ShowItem, ShowMine, Which
from duties.message import Message
from duties.plan import Role
from duties.progress import Said
from duties.rights import Action
from duties.summary import added_up
from duties.windows import Window, read_window, window_at, window_of_key
from duties.wording import lists
from duties.wording.entries import counted, shortened

FEW = 5  # so few are shown whole, whenever they are due


def show_list(turn: Turn, wanted: ShowMine) -> list[Message]:
    """The units' own list; the office and the leader see everybody's."""
    if turn.is_office and not confirmed_plans(turn.session, turn.agency_id):
        return [lists.no_plan_yet()]
    only = [unit_named(turn, wanted.unit)] if wanted.unit and not turn.is_unit else []
    owed = [each for each in _owed(turn, wanted) if not only or each.unit.id == only[0].id]
    found = _of_now(turn, owed) if replace(wanted, unit="") == ShowMine() else owed
    shown = turn.entries(found[: lists.MOST])
    names = [unit.name for unit in only or turn.units] or list(dict.fromkeys(entry.unit for entry in shown))
    window = _window(turn, wanted).name if wanted.window else ""
    span = lists.Span(wanted.which, wanted.month, window, later=len(owed) - len(found))
    return [lists.my_duties(shown, len(found), names, turn.today, span, may_answer=turn.may(Action.REPORT))]


def _of_now(turn: Turn, owed: list[Item]) -> list[Item]:
    """Of a long list, what is late or belongs to the report window that closes next."""
    until = window_at(turn.today, turn.office.windows).span.end
    now = [each for each in owed if _last_day(turn, each) <= until]
    return now if now and len(owed) > FEW else owed


def _is_late(turn: Turn, item: Item) -> bool:
    due = item.obligation.due
    return due is not None and still_on_time(item, due, turn.office) < turn.today


def _last_day(turn: Turn, item: Item) -> date:
    """Its due date, or the end of the report window it is asked about."""
    if item.obligation.due is not None:
        return item.obligation.due
    key = item.occurrence.window
    return window_of_key(key, turn.office.windows).span.end if key else date.max


def _window(turn: Turn, wanted: ShowMine) -> Window:
    window = read_window(wanted.window, turn.today, turn.office.windows)
    if window is None:
        raise NotFound(lists.no_such_window(wanted.window))
    return window


def _owed(turn: Turn, wanted: ShowMine) -> list[Item]:
    if wanted.which is Which.DONE:
        done = items(turn.session, _mine(turn), col(Obligation.done_at).is_not(None))
        return sorted(done, key=lambda each: each.obligation.done_at or turn.now, reverse=True)
    found = [each for each in _open(turn) if not each.obligation.held]
    if wanted.which is Which.OVERDUE:
        return [each for each in found if _is_late(turn, each)]
    if wanted.month:
        return [each for each in found if each.obligation.due and each.obligation.due.month == wanted.month]
    if wanted.window:
        window = _window(turn, wanted)
        return [each for each in found if window.contains(_last_day(turn, each))]
    return found


def _open(turn: Turn) -> list[Item]:
    if turn.is_unit:
        return open_items(turn.session, turn.unit_ids)
    return sorted(items(turn.session, _mine(turn), col(Obligation.is_open).is_(True)), key=by_urgency)


def _mine(turn: Turn) -> ColumnElement[bool]:
    if turn.is_unit:
        return col(Obligation.unit_id).in_(turn.unit_ids)
    return col(Obligation.agency_id) == turn.agency_id


def show_items(turn: Turn, wanted: ShowItem) -> list[Message]:
    """Each obligation meant, in full."""
    return [_in_full(turn, each) for each in find(turn, wanted.targets, "chi tiết {}")[:5]]


def _in_full(turn: Turn, item: Item) -> Message:
    forms = item.duty.forms or item.duty.deliverables
    own = [forms[n - 1] for n in item.obligation.bullets if 0 < n <= len(forms)] or list(forms)
    named = units_of_duty(turn.session, item.duty.id or 0)
    partners = [name.printed for name in named if name.role is Role.PARTNER]
    return lists.one_item(turn.entry(item), turn.today, own, partners, _told(turn, item))


def _told(turn: Turn, item: Item) -> str:
    """“8 tin, 4 bài; công văn số 12/BC-VP; 1 liên kết; “đã họp …””: all that was added to it so far."""
    said = told_of(turn.session, item.id)
    papers = list(dict.fromkeys(paper for each in said for paper in each.documents))
    links = {link for each in said for link in each.links}
    words = [f"“{shortened(each.text, 120)}”" for each in said if each.kind is Said.NOTE and each.text]
    counts = counted(added_up(each.quantities for each in said))
    files = len(evidence_of(turn.session, item.id))
    handed_in, expected = len(ticked(turn.session, item.id)), len(item.duty.deliverables)
    attached = (
        f"{len(links)} liên kết" if links else "",
        f"{files} tệp" if files else "",
        f"{handed_in}/{expected} sản phẩm" if handed_in else "",
    )
    parts = (counts, *papers, *attached, *words[-2:])
    return "; ".join(part for part in parts if part)
