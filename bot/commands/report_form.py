"""`/mau`: how the agency's report is headed and signed; what nobody entered stays blank for the clerk."""

from bot.turn import Turn
from data.reports import keep_report_settings, letterhead_of, report_settings
from duties.errors import DutyError
from duties.intents import FormField, SetForm, ShowForm
from duties.message import Message
from duties.report_form import changed, code, entered
from duties.wording import report_form as wording


def show_form(turn: Turn, _said: ShowForm) -> list[Message]:
    return [_shown(turn)]


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
