"""The line that is added to a letter once it was answered."""

from collections.abc import Sequence
from datetime import datetime

from duties.message import Line, Look
from duties.workdays import HANOI

WHAT = {
    "done": "đã báo hoàn thành",
    "in_progress": "đang làm",
    "obstacle": "đã báo vướng mắc",
    "cleared": "hết vướng mắc",
    "extension": "đã xin lùi hạn",
    "not_ours": "đã báo không thuộc đơn vị",
    "note": "đã bổ sung",
    "accept": "đã duyệt",
    "return": "đã trả lại",
    "extend": "đã lùi hạn",
    "refuse": "không đồng ý lùi hạn",
    "not_applicable": "không tính",
    "move": "đã chuyển đơn vị khác",
    "undo": "đã hoàn tác báo cáo",
    "undo_decision": "đã hoàn tác quyết định",
}
# After these nothing is left to press; the other answers leave the way open to “xong”.
CLOSING = {"done", "not_ours", "accept", "return", "extend", "refuse", "not_applicable", "move"}


def receipt(codes: Sequence[str], action: str, sender: str, at: datetime) -> Line:
    """“✔ #A12: đã báo hoàn thành (Trần Thị Lan, 08:05 ngày 28/02/2022)”"""
    who = f"{sender}, " if sender else ""
    named = ", ".join(f"#{code}" for code in codes)
    mark = "↩" if action.startswith("undo") else "✔"
    return Line(
        f"{mark} {named}: {WHAT[action]} ({who}{at.astimezone(HANOI):%H:%M ngày %d/%m/%Y})", Look.QUIET
    )
