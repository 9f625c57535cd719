"""The scribe: writes the documents that were asked for; a letter goes when it has its document.

Reading is one short transaction and keeping another: while a document is being written, nobody waits for the database.
"""

import asyncio
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlmodel import Session

from data.engine import transaction
from data.errands import Errand, errand_done, take_errand
from data.files import MEGABYTE, FilesFolder, keep_own
from data.offices import office_of
from data.report_forms import form_of
from data.reports import report_of
from data.tables import Agency, Chat, ChatRole, Letter
from documents.draw_png import draw_png
from documents.write_docx import write_docx
from documents.write_pack import PackFile, write_pack
from documents.write_xlsx import write_xlsx
from duties.errors import DutyError
from duties.intents import Document
from duties.report import Report
from duties.windows import window_of_key
from duties.wording import documents as wording
from duties.workdays import day_of
from scheduler.clock import Clock

log = logging.getLogger(__name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    Document.WORD: (".docx", WORD),
    Document.EXCEL: (".xlsx", EXCEL),
    Document.PICTURE: (".png", "image/png"),
    Document.EVIDENCE: (".zip", "application/zip"),
}


# What a chat can still be handed; the program writes packs of any size.
MOST_PACKED = 200 * MEGABYTE


class PackTooBig(DutyError):
    """bộ minh chứng lớn hơn 200 MB; xin chọn kỳ ngắn hơn hoặc từng đơn vị (“minh chứng quý 2 Phòng …”), hoặc nhờ quản trị chạy “nhacviec summary --zip”"""


@dataclass(frozen=True)
class Order:
    """An errand with all that its document is written from."""

    letter_id: int
    agency_id: int
    errand: Errand
    report: Report
    form: bytes | None


async def write_documents(
    engine: Engine, files: FilesFolder, clock: Clock, *, is_closing: Callable[[], bool] = lambda: False
) -> int:
    """Write every document that waits; how many letters may go now."""
    written = 0
    while not is_closing() and await asyncio.to_thread(_write_one, engine, files, clock):
        written += 1
    return written


def _write_one(engine: Engine, files: FilesFolder, clock: Clock) -> bool:
    with transaction(engine) as session:
        taken = take_errand(session, clock.now())
        if taken is None:
            return False
        letter, errand = taken
        letter_id, agency_id = letter.id or 0, letter.agency_id
    try:
        order = _read(engine, letter_id, agency_id, errand, clock.now())
        content = written(errand.document, order.report, order.form, files)
    except DutyError as refused:
        _give_up(engine, letter_id, errand, str(refused), clock.now())
    except Exception:  # one document that cannot be written must not keep the others from being written
        log.exception("not written letter=%s document=%s", letter_id, errand.document)
        _give_up(engine, letter_id, errand, "", clock.now())
    else:
        _hand_in(engine, files, order, content, clock.now())
    return True


def _read(engine: Engine, letter_id: int, agency_id: int, errand: Errand, now: datetime) -> Order:
    with transaction(engine) as session:
        agency, today = session.get_one(Agency, agency_id), day_of(now)
        office = office_of(session, agency, today)
        window = window_of_key(errand.window, office.windows)
        report = report_of(session, agency, office, window, today, errand.scope, errand.of)
        return Order(letter_id, agency_id, errand, report, _form(session, agency_id))


def _form(session: Session, agency_id: int) -> bytes | None:
    form = form_of(session, agency_id)
    return form.source if form else None


def written(document: Document, report: Report, form: bytes | None, files: FilesFolder) -> bytes:
    """The document's bytes; DutyError where the office can do something about it."""
    match document:
        case Document.WORD:
            return write_docx(report, form)
        case Document.EXCEL:
            return write_xlsx(report)
        case Document.PICTURE:
            return draw_png(report)
        case Document.EVIDENCE:
            return _packed(report, files)


def _packed(report: Report, files: FilesFolder) -> bytes:
    found = proofs(report, files)
    if sum(file.proof.size for file in found) > MOST_PACKED:
        raise PackTooBig
    packed = io.BytesIO()
    write_pack(packed, report, found)
    return packed.getvalue()


def proofs(report: Report, files: FilesFolder) -> list[PackFile]:
    """Every file that was handed in, with how to open it."""
    rows = (*report.rows, *report.carried_over)
    return [
        PackFile(row, proof, partial(_opened, files.place(proof.sha256)))
        for row in rows
        for proof in row.files
    ]


def _opened(place: Path) -> BinaryIO:
    return place.open("rb")


def _hand_in(engine: Engine, files: FilesFolder, order: Order, content: bytes, now: datetime) -> None:
    errand, report = order.errand, order.report
    ending, media_type = KINDS[errand.document]
    name = wording.file_name(errand.document, report.window, report.of, ending)
    with transaction(engine) as session:
        file = keep_own(session, files, order.agency_id, name, content, media_type, now)
        for_office = _is_for_office(session, order.letter_id)
        told = wording.here_is(errand.document, report, for_office=for_office)
        errand_done(session, order.letter_id, now, told, file)
    log.info("written letter=%s document=%s bytes=%s", order.letter_id, errand.document, len(content))


def _is_for_office(session: Session, letter_id: int) -> bool:
    chat = session.get_one(Chat, session.get_one(Letter, letter_id).chat_id)
    return chat.role is ChatRole.OFFICE


def _give_up(engine: Engine, letter_id: int, errand: Errand, why: str, now: datetime) -> None:
    with transaction(engine) as session:
        errand_done(session, letter_id, now, wording.not_written(errand.document, why))
