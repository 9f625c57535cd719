"""Reports that wait in a list, accepted together: asked about with their number, said as one message, taken back as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.pages.asking import ask
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from data.evidence import lacking_proof
from data.obligations import items_by_code
from duties.facts import Fact
from duties.rights import Action
from duties.wording.numbers import whole

# One message, one transaction: so many are accepted, and taken back, within about a second.
MOST = 200


@dataclass(frozen=True)
class Reports:
    """Of `count` reports in a list the first that can be accepted at once: their codes, and of how many units they are.

    `requests`: what waits beside them and is decided one by one.
    """

    codes: tuple[str, ...] = ()
    count: int = 0
    units: int = 0
    requests: int = 0

    @property
    def rest(self) -> int:
        return self.count - len(self.codes)


NO_REPORTS = Reports()


def reports_of(waiting: Sequence[Fact]) -> Reports:
    """What is reported as done of what waits; a request is decided by itself."""
    reported = [fact for fact in waiting if not fact.waiting]
    first = reported[:MOST]
    codes = tuple(fact.short_code for fact in first)
    units = len({fact.unit_id for fact in first})
    return Reports(codes, len(reported), units, len(waiting) - len(reported))


def draw_accept_all(desk: Desk, found: Reports) -> None:
    """The button, for whoever may decide, where there is more than one report."""
    if len(found.codes) < 2 or not desk.reader.may(Action.DECIDE):
        return

    async def press() -> None:
        lacking = await desk.read(_lacking, desk.reader.agency_id, found.codes)
        _ask(desk, found, lacking)

    with Tag("div", classes="row ov-accept"):
        button(f"{_label(found)}…").on("click", press, throttle=1, trailing_events=False)
        if found.requests:
            Tag("span", f"Còn {whole(found.requests)} đề nghị của đơn vị, quyết định từng việc.", "fine")


def _lacking(session: Session, agency_id: int, codes: Sequence[str]) -> int:
    return len(lacking_proof(session, agency_id, codes))


def still_reports(session: Session, agency_id: int, codes: Sequence[str]) -> list[str]:
    """Without what asks for something since it was shown: “duyệt” would grant what nobody has looked at."""
    now = items_by_code(session, agency_id, codes)
    return [code for code in codes if code not in now or now[code].obligation.asked_answer_id is None]


def _label(found: Reports) -> str:
    number = whole(len(found.codes))
    return f"Chấp nhận {number} báo cáo đầu" if found.rest else f"Chấp nhận cả {number} báo cáo"


def _ask(desk: Desk, found: Reports, lacking: int) -> None:
    async def accept(_: Mapping[str, str]) -> None:
        codes = await desk.read(still_reports, desk.reader.agency_id, found.codes)
        # without a code “duyệt” would be about whatever else waits
        await (desk.say(f"duyệt {' '.join(f'#{code}' for code in codes)}") if codes else desk.renew())

    number = f"{whole(len(found.codes))} báo cáo"
    ask(desk.aside, f"Chấp nhận {number}?", about(found, lacking), [], f"Chấp nhận {number}", accept)


def about(found: Reports, lacking: int) -> str:
    """What is accepted, what is not, and that it can be taken back."""
    said = [f"Báo cáo hoàn thành của {whole(found.units)} đơn vị, trong danh sách đang xem."]
    if found.rest:
        rest = whole(found.rest)
        said.append(
            f"Mỗi lần chấp nhận tối đa {MOST} báo cáo, báo trước làm trước; còn {rest} báo cáo để lần sau."
        )
    if lacking:
        said.append(f"{whole(lacking)} báo cáo chưa có minh chứng mà nhiệm vụ bắt buộc phải có.")
    return " ".join([*said, "Nếu nhầm, bấm “Hoàn tác” trong 24 giờ: cả lần chấp nhận này được rút lại."])
