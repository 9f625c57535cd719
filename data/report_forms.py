"""The office's own Word forms for its report: the newest in force is used, the older are kept."""

from sqlmodel import Session, col, select

from data.obligations import Heard
from data.tables import ReportForm


def form_of(session: Session, agency_id: int) -> ReportForm | None:
    """The form that the agency's reports are poured into; None where it is the one we ship."""
    query = select(ReportForm).where(
        ReportForm.agency_id == agency_id, col(ReportForm.withdrawn_at).is_(None)
    )
    return session.exec(query.order_by(col(ReportForm.id).desc()).limit(1)).first()


def keep_form(session: Session, agency_id: int, file_name: str, source: bytes, heard: Heard) -> ReportForm:
    """Use another form from now on."""
    row = ReportForm(
        agency_id=agency_id,
        file_name=file_name,
        source=source,
        chat_id=heard.chat.id if heard.chat else None,
        sender=heard.sender,
        at=heard.at,
    )
    session.add(row)
    session.flush()
    return row


def withdraw_form(session: Session, form: ReportForm, heard: Heard) -> ReportForm | None:
    """Go back to the form before this one; what is then in force."""
    form.withdrawn_at = heard.at
    session.add(form)
    session.flush()
    return form_of(session, form.agency_id)
