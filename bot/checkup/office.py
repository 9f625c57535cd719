"""The office's own matters: days off announced, units that nobody can reach, letters that did not go, who plans."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.checkup.finding import Finding, doubtful, named, well, wrong
from bot.health import PLANNED_WITHIN
from data.heartbeats import PLANNER, last_beats
from data.offices import calendar_of
from data.people import chats_of_role, the_agency, units_without_chat
from data.tables import Agency, ChatRole, Letter, LetterState
from duties.workdays import day_of

LATELY, LONG_WAITED = timedelta(days=7), timedelta(hours=1)
# the announcement of a year's days off is mostly made by then
ASKED_FROM_MONTH = 12


def check_office(session: Session, now: datetime) -> Iterator[Finding]:
    """All that is asked of the office in this database."""
    yield check_planner(session, now)
    yield check_letters(session, now)
    agency = the_agency(session)
    if agency is None or agency.id is None:
        yield doubtful("Cơ quan", "chưa có", "chạy nhacviec run rồi mở liên kết dành cho Văn phòng")
        return
    yield from check_days(session, agency, now)
    yield check_people(session, agency.id, now)


def check_planner(session: Session, now: datetime) -> Finding:
    seen = last_beats(session).get(PLANNER)
    if seen is None:
        return doubtful("Lập lịch", "chưa chạy lần nào", "chạy nhacviec run và để chạy liên tục")
    if now - seen > PLANNED_WITHIN:
        when = f"{seen.astimezone(now.tzinfo):%H:%M ngày %d/%m/%Y}"
        return wrong(
            "Lập lịch",
            f"dừng từ {when}: không tin nào được gửi",
            "chạy lại nhacviec run, xem nhật ký vì sao dừng",
        )
    return well("Lập lịch", "đang chạy")


def check_letters(session: Session, now: datetime) -> Finding:
    """Of a week: what was refused, what may not have arrived, and what should have gone an hour ago."""
    counted = (
        select(Letter.state, func.count(col(Letter.id)))
        .where(Letter.put_at > now - LATELY)
        .group_by(col(Letter.state))
    )
    by_state = dict(session.exec(counted).all())
    late = select(func.count(col(Letter.id))).where(
        Letter.state == LetterState.WAITING, Letter.next_try_at < now - LONG_WAITED
    )
    troubles = {
        "không gửi được": by_state.get(LetterState.FAILED, 0),
        "chưa rõ đã tới": by_state.get(LetterState.UNKNOWN, 0),
        "chờ quá một giờ": session.exec(late).one(),
    }
    said = ", ".join(f"{count} tin {what}" for what, count in troubles.items() if count)
    if said:
        return doubtful(
            "Tin nhắn 7 ngày qua",
            said,
            "xem nhật ký và thông báo trong trò chuyện của Văn phòng; /moi để cấp mã mới",
        )
    return well(
        "Tin nhắn 7 ngày qua", f"đã gửi {by_state.get(LetterState.SENT, 0)} tin, không tin nào bị kẹt"
    )


def check_days(session: Session, agency: Agency, now: datetime) -> Iterator[Finding]:
    """This year's days off, and next year's once they should be known."""
    today = day_of(now)
    years = [today.year] + ([today.year + 1] if today.month >= ASKED_FROM_MONTH else [])
    calendar = calendar_of(session, agency, years)
    for year in years:
        if calendar.is_announced(year):
            yield well("Lịch nghỉ", f"đã có lịch nghỉ, làm bù năm {year}")
        else:
            yield doubtful(
                "Lịch nghỉ",
                f"chưa có thông báo nghỉ, hoán đổi năm {year}; đang tính theo luật",
                f"nhập ngày nghỉ rồi chạy: nhacviec calendar announced {year}",
            )


def check_people(session: Session, agency_id: int, now: datetime) -> Finding:
    if not chats_of_role(session, agency_id, ChatRole.OFFICE):
        return doubtful("Người nhận", "Văn phòng chưa vào trò chuyện nào", "chạy: nhacviec invite --office")
    silent = [unit.name for unit in units_without_chat(session, agency_id, day_of(now))]
    if silent:
        return doubtful(
            "Người nhận",
            f"{len(silent)} đơn vị chưa có trò chuyện: {named(silent)}",
            "chạy: nhacviec invite, gửi mã cho từng đơn vị",
        )
    return well("Người nhận", "mọi đơn vị đều có trò chuyện")
