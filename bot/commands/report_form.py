"""`/mau`: how the agency's report is headed and signed; what nobody entered stays blank for the clerk."""

from dataclasses import replace

from bot.turn import Turn
from data.file_kinds import safe_name
from data.files import keep_own
from data.report_forms import form_of, keep_form, withdraw_form
from data.reports import keep_report_settings, letterhead_of, report_settings
from documents.default_form import SHIPPED
from documents.write_docx import check_form
from duties.errors import DutyError
from duties.intents import FormField, SetForm, ShowForm
from duties.mentions import typed
from duties.message import Message
from duties.report_form import changed, code, entered
from duties.report_orders import is_a_form
from duties.rights import Action, may
from duties.wording import report_form as wording
from scheduler.scribe import WORD


def show_form(turn: Turn, _said: ShowForm) -> list[Message]:
    """The form in words, and as the file that can be changed in Word and sent back."""
    form = form_of(turn.session, turn.agency_id)
    content = form.source if form else SHIPPED.read_bytes()
    name = form.file_name if form else wording.SHIPPED_NAME
    file = keep_own(turn.session, turn.files, turn.agency_id, name, content, WORD, turn.now)
    return [replace(_shown(turn), file=file)]


def is_form(turn: Turn) -> bool:
    """Whether the office sends its own Word form: a file that says “mẫu”."""
    has_file = bool(turn.inbox.file_name) and turn.inbox.file is not None
    return has_file and may(turn.chat.role.value, Action.CHANGE_FORM) and is_a_form(typed(turn.inbox.text))


def take_form(turn: Turn) -> list[Message]:
    """Use it from now on, if a report can be poured into it."""
    content = turn.inbox.file or b""
    check_form(content)
    keep_form(turn.session, turn.agency_id, safe_name(turn.inbox.file_name), content, turn.heard)
    turn.note("take_form", file=turn.inbox.file_name)
    return [wording.form_taken(turn.inbox.file_name)]


def drop_form(turn: Turn) -> list[Message]:
    form = form_of(turn.session, turn.agency_id)
    if form is None:
        return [wording.is_shipped_form()]
    before = withdraw_form(turn.session, form, turn.heard)
    turn.note("drop_form", file=form.file_name)
    return [wording.form_dropped(form.file_name, before.file_name if before else "")]


def set_form(turn: Turn, said: SetForm) -> list[Message]:
    before = _now(turn, said.field)
    _set(turn, said.field, said.words)
    turn.note("set_form", field=said.field.value, words=said.words[:200])
    return [_shown(turn, wording.has_changed(said.field, before))]


def _set(turn: Turn, field: FormField, words: str) -> None:
    agency = turn.agency
    match field:
        case FormField.AGENCY:
            if not words:
                raise DutyError(wording.name_needed())
            agency.name = entered(words)
        case FormField.SUPERIOR:
            agency.superior = entered(words)
        case FormField.PLACE:
            agency.place = entered(words)
        case FormField.CODE:
            agency.code = code(words)
        case _:
            keep_report_settings(turn.session, agency, changed(report_settings(agency), field, words))
    turn.session.add(agency)
    turn.session.flush()


def _now(turn: Turn, field: FormField) -> str:
    return wording.as_typed(letterhead_of(turn.agency), report_settings(turn.agency).thresholds)[field]


def _shown(turn: Turn, done: str = "") -> Message:
    return wording.form(letterhead_of(turn.agency), report_settings(turn.agency).thresholds, done)
