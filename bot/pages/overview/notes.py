"""What concerns the whole agency and is dealt with elsewhere: a pause, a draft, duties nobody can be told of."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.pages.overview.picks import Pick, picked
from bot.pages.overview.readings import Read
from bot.pages.overview.view import LIST, View
from data.plans import drafts
from data.tables import Agency
from data.unwatched import unwatched_in
from duties.wording.dates import day
from duties.wording.entries import shortened
from duties.wording.unwatched import lacking_line


@dataclass(frozen=True)
class Note:
    """Something about the whole agency, with a link to where it is dealt with."""

    words: str
    link: str = ""
    goes_to: str = ""


def notes(session: Session, found: Read, view: View) -> tuple[Note, ...]:
    """What concerns the whole agency, the most pressing first."""
    return (
        *_paused(found.agency, found.known.today),
        *_drafts(session, found.agency.id or 0),
        *_held(found, view),
        *_lacking(session, found, view),
        *_unannounced(found),
    )


def _drafts(session: Session, agency_id: int) -> list[Note]:
    return [
        Note(
            f"Kế hoạch {plan.number or shortened(plan.title, 80)} đang chờ xác nhận.",
            "Xem và xác nhận",
            f"/ke-hoach/{plan.id}",
        )
        for plan in drafts(session, agency_id)
    ]


def _held(found: Read, view: View) -> list[Note]:
    held = len(picked(found.known, Pick.HELD))
    words = f"{held} phần việc đã qua hạn khi xác nhận kế hoạch, chờ Văn phòng cho biết: đã xong, vẫn nhắc hay không tính."
    return [Note(words, "Xem danh sách", view.address(LIST, muc=Pick.HELD.value))] if held else []


def _lacking(session: Session, found: Read, view: View) -> list[Note]:
    """Duties that nobody can be told of: a part of the agency is not asked about them."""
    if view.is_part:
        return []
    states = unwatched_in(session, found.agency.id or 0, view.window, found.known.today)
    lacking = lacking_line([state.in_words for state in states])
    words = f"Nhiệm vụ chưa nhắc được ai: {lacking[:1].lower()}{lacking[1:]}"
    return [Note(words, "Xem kế hoạch", "/ke-hoach")] if lacking else []


def _paused(agency: Agency, today: date) -> list[Note]:
    if agency.paused_at is None or (agency.paused_until is not None and agency.paused_until < today):
        return []
    until = f" đến hết ngày {day(agency.paused_until)}" if agency.paused_until else ""
    return [Note(f"Đang tạm dừng gửi tin nhắc{until}.", "Xem tin nhắc", "/tin-nhac")]


NEXT_YEAR_FROM = 12


def _unannounced(found: Read) -> list[Note]:
    """From December on the next year's calendar matters too."""
    today, calendar = found.known.today, found.office.calendar
    years = [today.year, *([today.year + 1] if today.month >= NEXT_YEAR_FROM else [])]
    return [
        Note(
            f"Chưa có thông báo lịch nghỉ năm {year}; ngày làm việc đang tính theo luật.",
            "Xem lịch làm việc",
            "/lich-lam-viec",
        )
        for year in years
        if not calendar.is_announced(year)
    ]
