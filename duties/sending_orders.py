"""Sending orders: “tạm dừng đến 20/6”, “cứ nhắc Phòng …”, “gửi thông báo”: what goes out, and when not."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from duties.intents import (
    AskAnnouncement,
    Doubtful,
    DropAnnouncement,
    Intent,
    NudgeNow,
    Pause,
    SendAnnouncement,
    Unclear,
)
from duties.mentions import Typed
from duties.office_orders import DAY, day_meant
from duties.verbs import read_targets

END = r"[ .!?]*"
UNIT = r"(?:phong|ban|trung tam|van phong|don vi|chi cuc|thanh tra) \S"
CODE = r"#[a-z]{1,2}\d{1,4}"
Reader = Callable[[re.Match[str], Typed, date], Intent]


def read_sending_order(text: Typed, today: date) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    for pattern, read in ORDERS:
        if found := pattern.fullmatch(text.plain):
            return read(found, text, today)
    return None


def _pause(found: re.Match[str], text: Typed, today: date) -> Intent:
    until = day_meant(found["day"], today, timedelta(0))
    return Pause(until) if until else Unclear(Doubtful.WHICH_DAY, text.said)


def _insist(found: re.Match[str], text: Typed, _today: date) -> Intent:
    return NudgeNow(text.words(found.start("unit"), found.end("unit")) if found["unit"] else "", insist=True)


def _nudge(found: re.Match[str], text: Typed, _today: date) -> Intent:
    return NudgeNow(text.words(found.start("unit"), found.end("unit")))


def _of_codes(found: re.Match[str], _text: Typed, _today: date) -> Intent:
    return NudgeNow(insist=found["insist"] is not None, targets=read_targets(found["what"]))


def _always(intent: Intent) -> Reader:
    return lambda _found, _text, _today: intent


_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:/tamdung|tam (?:dung|ngung)(?: nhac| gui)?(?: viec)?)(?: cho)?(?: (?:den|toi))?(?: het)? (?P<day>{DAY})", _pause),
    (rf"(?P<insist>cu )?/?nhac(?: (?:viec|ngay))* (?P<what>{CODE}(?:(?:,| va|, | ) ?{CODE})*)(?: (?:ngay|luon))?", _of_codes),
    (r"cu nhac(?: viec)?(?: (?:tat ca|ngay|het))?", lambda _found, _text, _today: NudgeNow(insist=True)),
    (r"cu nhac (?P<unit>\S.*?)(?: ngay| luon)?", _insist),
    (r"nhac(?: viec)?(?: tat ca)?(?: cac) (?:don vi|phong)(?: ngay| di)?", _always(NudgeNow())),
    (rf"nhac (?P<unit>{UNIT}.*?) (?:ngay|luon)", _nudge),
    (r"gui thong bao(?: (?:nay|di|luon|ngay))?", _always(SendAnnouncement())),
    (r"(?:bo|huy|xoa|thoi khong gui|khong gui)(?: bo)? thong bao(?: nay)?", _always(DropAnnouncement())),
    (r"thong bao (?:da )?(?:gui )?(?:den dau|toi dau|the nao|gui den dau)(?: roi)?", _always(AskAnnouncement())),
    (r"(?:da )?gui thong bao (?:chua|den dau|xong chua)(?: roi)?|tien do thong bao", _always(AskAnnouncement())),
)  # fmt: skip
ORDERS = [(re.compile(pattern + END, re.DOTALL), read) for pattern, read in _PATTERNS]
