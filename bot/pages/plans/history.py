"""The history of a plan: who sent, corrected, confirmed, withdrew it, and when; from the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.commands.meanings import AS_PRINTED
from bot.pages.desk import Desk
from bot.pages.html import Tag
from bot.pages.plans.parts import Part
from data.tables import Chat, Duty, Plan, Trail
from duties.workdays import HANOI

MOST = 200


def _of(detail: Mapping[str, Any], words: Mapping[str, Any], name: str) -> str:
    found = words.get(name, detail.get(name, ""))
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)


# what each entry of the trail says of a plan; `{code}` is the duty it is about
SAID: Mapping[str, str] = {
    "load_plan": "nạp tệp {file}",
    "join_files": "thêm tệp {files}",
    "take_out_file": "tách tệp {file}",
    "read_plan_anew": "đọc lại theo năm {years}",
    "number_plan": "ghi số {number}",
    "date_plan": "ghi ngày ban hành",
    "settle_doubts": "trả lời “đúng” câu {numbers}",
    "ask_again": "hỏi lại câu {numbers}",
    "leave_out": "{leave_out} nhiệm vụ {codes}",
    "merge_rows": "gộp dòng khác vào {code}",
    "part_rows": "tách {code} như trước khi gộp",
    "take_in_row": "lấy lại dòng không tính thành {code}",
    "correct_content": "sửa nội dung {code}",
    "give_lead": "giao {code} cho {to}",
    "correct_deadline": "sửa hạn {code} {became}",
    "record_event": "ghi sự kiện của {code}",
    "forget_event": "bỏ sự kiện của {code}",
    "set_milestone": "đặt mốc của {code}",
    "drop_milestone": "bỏ mốc của {code}",
    "demand_evidence": "đổi yêu cầu minh chứng của {code}",
    "edition_of": "ghi là bản điều chỉnh",
    "own_plan": "ghi là kế hoạch riêng",
    "edition_pair": "ghép nhiệm vụ của bản điều chỉnh",
    "edition_rest": "trả lời về nhiệm vụ không nêu",
    "copy_plan": "sao chép thành kế hoạch năm {year}",
    "confirm_plan": "xác nhận kế hoạch",
    "merge_edition": "áp dụng bản điều chỉnh",
    "withdraw_edition": "rút bản điều chỉnh",
    "withdraw_plan": "rút kế hoạch",
    "restore_plan": "khôi phục kế hoạch",
}


@dataclass(frozen=True)
class Step:
    at: datetime
    who: str
    what: str


def history(session: Session, agency_id: int, plan_id: int) -> tuple[Step, ...]:
    """What was done with the plan and its duties, the newest first."""
    codes = {
        duty.id: duty.code or f"@{duty.position}"
        for duty in session.exec(select(Duty).where(Duty.plan_id == plan_id))
    }
    titles = {chat.id: chat.title for chat in session.exec(select(Chat).where(Chat.agency_id == agency_id))}
    query = select(Trail).where(
        Trail.agency_id == agency_id, col(Trail.action).in_(list(SAID)), col(Trail.refused).is_(False)
    )
    plan = session.get_one(Plan, plan_id)
    found = session.exec(query.where(Trail.at >= plan.created_at).order_by(col(Trail.id).desc()))
    mine = (row for row in found if _is_about(row, plan_id, codes))
    return tuple(
        Step(row.at, row.sender or titles.get(row.chat_id, "") or "Chương trình", _told(row, codes))
        for row, _ in zip(mine, range(MOST), strict=False)
    )


def _is_about(row: Trail, plan_id: int, codes: Mapping[int | None, str]) -> bool:
    about = row.detail
    return plan_id in (about.get("plan"), about.get("of")) or about.get("duty") in codes


def _told(row: Trail, codes: Mapping[int | None, str]) -> str:
    said = _Said(row, codes)
    return SAID[row.action].format_map(said)


class _Said(dict[str, str]):
    """What an entry says, by name; what was erased or never said is “…”."""

    def __init__(self, row: Trail, codes: Mapping[int | None, str]) -> None:
        super().__init__()
        self._row, self._codes = row, codes

    def __missing__(self, name: str) -> str:
        detail, words = self._row.detail, self._row.words
        match name:
            case "leave_out":
                return "lấy lại" if detail.get("back") else "bỏ"
            case "became":
                phrase = _of(detail, words, "phrase") or "…"
                return f"về {AS_PRINTED}" if phrase == AS_PRINTED else f"thành “{phrase}”"
            case "code":
                return self._codes.get(detail.get("duty"), "") or _of(detail, words, "codes") or "…"
            case _:
                return _of(detail, words, name) or "…"


async def draw_history(desk: Desk, plan_id: int) -> None:
    """The history in a fold at the page's end."""
    with Tag("details", classes="panel pl-fold"):
        Tag("summary", "Lịch sử của kế hoạch")
        part: Part[tuple[Step, ...]] = Part(_draw_steps)
    await desk.live(lambda session: _history(session, desk, plan_id), part.show, "gone")


def _history(session: Session, desk: Desk, plan_id: int) -> tuple[Step, ...]:
    is_there = session.get(Plan, plan_id) is not None
    return history(session, desk.reader.agency_id, plan_id) if is_there else ()


def _draw_steps(steps: tuple[Step, ...]) -> None:
    if not steps:
        Tag("p", "Chưa có thay đổi nào được ghi.", "nothing")
        return
    with Tag("ol", classes="pl-notes"):
        for step in steps:
            with Tag("li"):
                Tag(
                    "time",
                    f"{step.at.astimezone(HANOI):%H:%M %d/%m/%Y}",
                    "fine",
                    datetime=step.at.isoformat(),
                )
                Tag("span", f" {step.who}: {step.what}")
