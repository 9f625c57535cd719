"""A plan copied to another year: which year is asked, the rest is the conversation's."""

from collections.abc import Mapping

from nicegui import ui
from sqlmodel import Session

from bot.pages.asking import Field, ask
from bot.pages.desk import Desk
from bot.pages.plans import words
from data.plans import drafts


def ask_copy(desk: Desk, plan_id: int, year: int) -> None:
    """Ask for the year, copy, and open the copy."""

    async def heard(said: Mapping[str, str]) -> None:
        to = said["nam"]
        before = await desk.read(_newest, desk.reader.agency_id)
        await desk.say(words.about(plan_id, f"sao chép kế hoạch {plan_id} sang năm {to}"))
        after = await desk.read(_newest, desk.reader.agency_id)
        if after != before and after is not None:
            ui.navigate.to(f"/ke-hoach/{after}")

    about = (
        "Bản sao chờ xác nhận như một kế hoạch mới: thời hạn dời sang năm chọn, chỗ chưa chắc được hỏi lại."
    )
    ask(
        desk.aside, "Sao chép kế hoạch", about, [Field("nam", "Sang năm", value=str(year))], "Sao chép", heard
    )


def _newest(session: Session, agency_id: int) -> int | None:
    return next((plan.id for plan in drafts(session, agency_id)), None)
