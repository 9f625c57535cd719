"""A Report → the paper that the office signs, in the form of Nghị định 30/2020/NĐ-CP or in the office's own."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time

from docx.opc.coreprops import CoreProperties

from documents.default_form import SHIPPED
from documents.safe_text import printable
from documents.same_bytes import same_bytes
from documents.word_filling import Filling, fill
from documents.word_form import Place, check_names, open_form
from documents.word_head import addressees, attached_to, foot, head, place_and_day, subject
from documents.word_tables import duties_table, units_table
from duties.errors import UnfitForm
from duties.facts import Numbers
from duties.report import Letterhead, Report
from duties.summary import summarise
from duties.windows import quarter_window
from duties.wording import report as words
from duties.wording.dates import day


def write_docx(report: Report, form: bytes | None = None) -> bytes:
    """The same report in the same form gives the same bytes. A form that cannot be filled in raises UnfitForm."""
    document = open_form(SHIPPED.read_bytes() if form is None else form)
    check_names(document)
    fill(document, fillings(report))
    _name(document.core_properties, report)
    written = io.BytesIO()
    document.save(written)
    return same_bytes(written.getvalue())


def fillings(report: Report) -> Mapping[Place, Filling]:
    """What belongs in each place."""
    letterhead, made_on = report.letterhead, report.made_on
    title = words.title(report)
    return {
        Place.HEAD: Filling(drawn=lambda _: head(letterhead, made_on)),
        Place.SUPERIOR: Filling(letterhead.superior),
        Place.AGENCY: Filling(letterhead.agency),
        Place.SYMBOL: Filling(letterhead.symbol),
        Place.DATED: Filling(place_and_day(letterhead, made_on)),
        Place.SUBJECT: Filling(title, drawn=lambda _: subject(title)),
        Place.WINDOW: Filling(words.window_name(report)),
        Place.DATA_UNTIL: Filling(day(report.summary.as_of)),
        Place.ADDRESSEES: Filling(drawn=lambda _: addressees(letterhead.addressed_to)),
        Place.OPENING: Filling(lines=tuple(words.opening(report))),
        Place.GUIDANCE: Filling(lines=tuple(words.guidance(report))),
        Place.NUMBERS: Filling(lines=tuple(words.numbers(report))),
        Place.RESULTS: Filling(lines=tuple(words.results(report))),
        Place.AMOUNTS: Filling(lines=tuple(words.amounts(report))),
        Place.SHORTCOMINGS: Filling(lines=tuple(words.shortcomings(report))),
        Place.COMING: Filling(lines=tuple(words.coming(report))),
        Place.PROPOSALS: Filling(lines=tuple(words.proposals(report))),
        Place.CLOSING: Filling(lines=tuple(words.closing(report))),
        Place.FOOT: Filling(drawn=lambda _: foot(letterhead)),
        Place.SIGNER: Filling(letterhead.signer),
        Place.ATTACHED: Filling(attached_to(letterhead, made_on)),
        Place.DUTIES: Filling(drawn=lambda room: duties_table(report, room)),
        Place.UNITS: Filling(drawn=lambda room: units_table(report, room)),
    }


def _name(properties: CoreProperties, report: Report) -> None:
    """The day of the report, not the hour of writing."""
    properties.title = printable(words.title(report))[:255]
    properties.author = properties.last_modified_by = printable(report.letterhead.agency)[:255]
    properties.created = properties.modified = datetime.combine(report.made_on, time(), UTC)
    properties.revision = 1


def check_form(form: bytes) -> None:
    """Refuse a form in one line that says what is wrong with it; the best proof that it can be filled in is filling it."""
    window = quarter_window(2026, 1)
    nothing = summarise(window, Numbers(window.cut_off))
    try:
        write_docx(Report(Letterhead(agency=""), nothing, made_on=window.cut_off), form)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UnfitForm from None
