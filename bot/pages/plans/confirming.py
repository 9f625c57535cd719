"""Before a draft is confirmed: what will happen, by doing it and taking it back; then the words that do it."""

from collections.abc import Mapping
from dataclasses import dataclass

from nicegui import ui
from sqlmodel import Session

from bot.commands.link_chat import turn_of
from bot.commands.load_plan import put_in_force
from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.plans import words
from bot.pages.plans.sheet import Sheet, plan_of
from bot.pages.reader import Reader
from bot.turn import AskBack
from data.people import living_units, units_without_chat
from data.questions import held_items, owed_of_plan
from data.tables import Chat, Inbox
from data.unwatched import unwatched_of
from duties.errors import DutyError

PAST = (
    ("", "Để sau: tạm giữ, chưa nhắc"),
    ("đã xong", "Đã xong đúng hạn"),
    ("vẫn nhắc", "Vẫn phải làm, nhắc ngay"),
    ("không tính", "Không tính"),
)


@dataclass(frozen=True)
class Foretold:
    """What confirming would do; `refused`: why it cannot be done yet."""

    duties: int = 0
    owed: int = 0
    units: int = 0
    new_units: tuple[str, ...] = ()
    without_chat: tuple[str, ...] = ()
    past: int = 0
    dateless: int = 0
    unitless: int = 0
    refused: str = ""


def foretold(session: Session, reader: Reader, plan_id: int) -> Foretold:
    """Confirm the draft, count, and leave everything as it was."""
    attempt = session.begin_nested()
    try:
        return _counted(session, reader, plan_id)
    except AskBack as asked:
        return Foretold(refused=asked.message.lines[0].text)
    except DutyError as refused:
        return Foretold(refused=str(refused))
    finally:
        attempt.rollback()
        session.expire_all()


def _counted(session: Session, reader: Reader, plan_id: int) -> Foretold:
    plan = plan_of(session, reader.agency_id, plan_id)
    before = {unit.name for unit in living_units(session, reader.agency_id, reader.today)}
    turn = turn_of(session, session.get_one(Chat, reader.chat_id), _unsaid(reader), reader.now)
    put_in_force(turn, plan)
    about = plan.edition_of_id or plan_id
    owed, lacking = owed_of_plan(session, about), unwatched_of(session, plan, reader.today)
    theirs = {each.unit.name for each in owed}
    after = [unit.name for unit in living_units(session, reader.agency_id, reader.today)]
    silent = {unit.name for unit in units_without_chat(session, reader.agency_id, reader.today)}
    return Foretold(
        duties=len({each.duty.id for each in owed} | {each.duty.id for each in lacking}),
        owed=len(owed),
        units=len(theirs),
        new_units=tuple(name for name in after if name not in before),
        without_chat=tuple(sorted(theirs & silent)),
        past=len(held_items(session, reader.agency_id, about)),
        dateless=sum(not each.has_date for each in lacking),
        unitless=sum(not each.has_unit for each in lacking),
    )


def _unsaid(reader: Reader) -> Inbox:
    """Nobody has said it: no message stands behind what is tried."""
    return Inbox(**reader.place._asdict(), platform_id="", received_at=reader.now)


class Confirming:
    """The dialog of a draft that may be confirmed."""

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        self.desk, self.sheet = desk, sheet

    async def open(self) -> None:
        """Reckon what it means, show it, ask."""
        found = await self.desk.read(foretold, self.desk.reader, self.sheet.id)
        with self.desk.aside:
            dialog = ui.dialog().props("aria-label='Xác nhận kế hoạch'")
        with dialog, Tag("div", classes="q-card"), Tag("form", classes="ask pl-confirm") as form:
            Tag("h2", "Xác nhận kế hoạch")
            if found.refused:
                Tag("p", found.refused, "pl-lacks")
                with Tag("div", classes="row-end"):
                    button("Đóng", "main").on("click", dialog.close)
            else:
                self._draw(found)
                with Tag("div", classes="row-end"):
                    button("Chưa").on("click", dialog.close)
                    Tag("button", "Xác nhận", "button main", type="submit")

        async def take(event: object) -> None:
            said: Mapping[str, str] = getattr(event, "args", None) or {}
            dialog.close()
            await self._confirm(said.get("qua", ""))

        form.on("submit", take, js_handler=GATHER, throttle=2, trailing_events=False)
        dialog.on("hide", dialog.delete)
        dialog.open()

    def _draw(self, found: Foretold) -> None:
        with Tag("ul", classes="pl-notes"):
            if self.sheet.changes:
                Tag(
                    "li",
                    f"Điều chỉnh kế hoạch {self.sheet.changes.called}: báo cáo, minh chứng và mã việc đã có được giữ.",
                )
            Tag("li", f"{found.duties} nhiệm vụ thành {found.owed} phần việc của {found.units} đơn vị.")
            if found.new_units:
                Tag(
                    "li",
                    f"Cơ quan chưa có đơn vị nào: lập {len(found.new_units)} đơn vị theo kế hoạch: "
                    f"{'; '.join(found.new_units)}. Nếu có tên không phải đơn vị, xin chọn lại ở đầu trang rồi mới xác nhận.",
                )
            if unknown := self.sheet.unmatched if self.sheet.units else ():
                Tag(
                    "li",
                    f"{len(unknown)} tên chưa khớp với đơn vị nào nên chưa ai được nhắc: "
                    f"{'; '.join(each.name for each in unknown)}.",
                )
            if found.without_chat:
                Tag(
                    "li",
                    f"{len(found.without_chat)} đơn vị chưa có kênh nhận tin: {'; '.join(found.without_chat)}. "
                    "Văn phòng sẽ được báo; gửi mã mời sau khi xác nhận.",
                )
            if found.dateless or found.unitless:
                parts = [f"{found.dateless} nhiệm vụ chưa có hạn"] if found.dateless else []
                parts += [f"{found.unitless} nhiệm vụ chưa có đơn vị"] if found.unitless else []
                Tag("li", f"Chưa nhắc được: {', '.join(parts)}; bổ sung lúc nào cũng được.")
            if left := len(self.sheet.open_questions):
                Tag("li", f"Còn {left} câu chưa trả lời: giữ như đã hiểu.")
        if found.past:
            with Tag("fieldset", classes="pl-choose"):
                Tag("legend", f"{found.past} phần việc đã qua hạn trước hôm nay:")
                for value, label in PAST:
                    with Tag("label"):
                        Tag("input", type="radio", name="qua", value=value, checked=not value)
                        Tag("span", label)
        back = "rút bản điều chỉnh" if self.sheet.changes else "rút kế hoạch"
        Tag("p", f"Đơn vị có phần việc được báo một tin. Nhầm thì {back}.", "fine")

    async def _confirm(self, past: str) -> None:
        about = self.sheet.changes.id if self.sheet.changes else self.sheet.id
        said = await self.desk.say(words.about(self.sheet.id, "xác nhận"))
        if past and not said.is_refused:
            await self.desk.say(words.about(about, f"kỳ đã qua: {past}"))
