"""Values as people read them in a table, none of which a spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum

from data.tables import ChangeState, ChatRole, LetterKind, LetterState, PlanState
from duties.deadline import Reading
from duties.nudging import Audience
from duties.plan import DutyKind, Role, UnitKind
from duties.progress import Ruling, Said
from duties.unit_changes import ChangeKind
from duties.wording.dates import day
from duties.workdays import HANOI

# What Excel and LibreOffice begin a formula with, also after blanks that they skip.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BOM = "\ufeff"
# by kind: members of two kinds may have one value
WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    UnitKind: {
        UnitKind.DEPARTMENT: "phòng",
        UnitKind.AFFILIATE: "đơn vị trực thuộc",
        UnitKind.UNION: "đoàn thể",
        UnitKind.BOARD: "ban",
        UnitKind.OUTSIDE: "ngoài cơ quan",
    },
    Role: {
        Role.LEAD: "chủ trì",
        Role.PARTNER: "phối hợp",
    },
    DutyKind: {
        DutyKind.TASK: "nhiệm vụ",
        DutyKind.REPORT: "báo cáo",
    },
    ChatRole: {
        ChatRole.UNIT: "đơn vị",
        ChatRole.OFFICE: "Văn phòng",
        ChatRole.LEADER: "lãnh đạo",
        ChatRole.ADMIN: "quản trị",
    },
    PlanState: {
        PlanState.DRAFT: "chờ xác nhận",
        PlanState.CONFIRMED: "đang thực hiện",
        PlanState.MERGED: "đã ghép vào kế hoạch được điều chỉnh",
        PlanState.WITHDRAWN: "đã rút",
    },
    Reading: {
        Reading.DATED: "có ngày",
        Reading.ONGOING: "thường xuyên",
        Reading.ON_REQUEST: "khi có yêu cầu",
        Reading.AFTER_EVENT: "sau sự kiện",
        Reading.OTHER_PLAN: "theo kế hoạch khác",
        Reading.UNREAD: "chưa hiểu",
    },
    Said: {
        Said.DONE: "hoàn thành",
        Said.IN_PROGRESS: "đang làm",
        Said.OBSTACLE: "vướng mắc",
        Said.CLEARED: "hết vướng mắc",
        Said.EXTENSION: "xin lùi hạn",
        Said.NOT_OURS: "không thuộc đơn vị",
        Said.NOTE: "bổ sung",
    },
    Ruling: {
        Ruling.ACCEPT: "chấp nhận",
        Ruling.RETURN: "trả lại",
        Ruling.EXTEND: "cho lùi hạn",
        Ruling.REFUSE: "không đồng ý",
        Ruling.NOT_APPLICABLE: "không tính",
        Ruling.MOVE: "chuyển đơn vị",
    },
    LetterKind: {
        LetterKind.SLOT: "nhắc việc",
        LetterKind.REPLY: "trả lời",
        LetterKind.NOTICE: "thông báo",
    },
    LetterState: {
        LetterState.DRAFTED: "đang soạn",
        LetterState.WAITING: "chờ gửi",
        LetterState.SENDING: "đang gửi",
        LetterState.SENT: "đã gửi",
        LetterState.FAILED: "không gửi được",
        LetterState.UNKNOWN: "chưa rõ đã đến chưa",
        LetterState.EMPTY: "không còn gì để gửi",
    },
    ChangeState: {
        ChangeState.SHOWN: "chờ xác nhận",
        ChangeState.CONFIRMED: "đã xác nhận",
        ChangeState.DONE: "đã thực hiện",
        ChangeState.DROPPED: "đã bỏ",
    },
    ChangeKind: {
        ChangeKind.RENAME: "đổi tên",
        ChangeKind.MERGE: "sáp nhập",
        ChangeKind.SPLIT: "chia tách",
        ChangeKind.CLOSE: "giải thể",
    },
    Audience: {
        Audience.UNIT: "đơn vị",
        Audience.OFFICE: "Văn phòng",
        Audience.LEADER: "lãnh đạo",
    },
}


def readable(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case datetime():
            return f"{value.astimezone(HANOI):%d/%m/%Y %H:%M}"
        case date():
            return day(value)
        case time():
            return f"{value:%H:%M}"
        case StrEnum():
            return WORDS[type(value)][value]
        case list():
            return "; ".join(map(readable, value))
        case dict():
            return "; ".join(f"{readable(amount)} {name}" for name, amount in value.items())
        case int():
            return str(value)
        case _:
            return harmless(str(value))


def harmless(text: str) -> str:
    """The text with an apostrophe before what would be reckoned."""
    clean = text.replace("\0", "")
    return f"'{clean}" if clean.lstrip(" \t\r\n\v\f\u00a0\ufeff").startswith(FORMULA) else clean


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[bytes]:
    """The lines of a table as UTF-8 with the mark by which Excel knows it."""
    yield (BOM + _line(headings)).encode()
    for row in rows:
        yield _line([readable(value) for value in row]).encode()


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
