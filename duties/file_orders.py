"""Orders about files and the calendar: “minh chứng 3”, “gửi minh chứng 3”, “bỏ tệp 2 của #A3”, “đổi địa chỉ lịch”."""

import re
from collections.abc import Callable

from duties.intents import (
    CalendarWanted,
    DemandEvidence,
    DropEvidence,
    Intent,
    NewCalendarAddress,
    SendEvidence,
    ShowEvidence,
    Targets,
    TickDeliverables,
    WithdrawCalendar,
)
from duties.mentions import Typed
from duties.verbs import AND, CALLED, ONE, read_targets

PLEASE = r"(?:(?:cho|xin|em|toi|minh|don vi|phong|hay|vui long|de nghi) )*"
PROOF = r"(?:(?:cac|nhung|tat ca) )?(?:(?:tep|file|anh|tai lieu) )?(?:minh chung|bang chung|tep|file|anh|tai lieu|tai lieu kiem chung)"
OF = r"(?: ?(?:cua|cho|o|trong|khoi|vao|voi)(?: (?:nhiem vu|viec|muc))?)?"
WHAT = rf"(?P<what>(?:{CALLED})?{ONE}(?:{AND}(?:{CALLED})?{ONE})*)"
N = r"[1-9]\d?"
NUMBERS = rf"(?:so )?(?P<n>{N}(?:(?:,| va|, | ) ?{N})*)"
END = r"(?: (?:nhe|a|voi|di|giup))*[ .!?]*"

Maker = Callable[[re.Match[str]], Intent]


def _what(found: re.Match[str]) -> Targets:
    words = found.groupdict().get("what")
    return read_targets(words) if words else ()


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", found["n"] or "")))


def _drop(found: re.Match[str]) -> Intent:
    return DropEvidence(_what(found), _numbers(found))


def _tick(found: re.Match[str]) -> Intent:
    return TickDeliverables(_what(found), _numbers(found), handed_in=not found["not"])


def _demand(found: re.Match[str]) -> Intent:
    return DemandEvidence(_what(found), is_needed=not found["not"])


DEMANDED = r"(?:bat buoc|yeu cau)(?: phai)?(?: (?:co|nop|gui))? minh chung"
NOT = r"(?:(?P<not>khong|ko|thoi|bo|chua)(?: con)? )?"
ORDERS: tuple[tuple[str, Maker], ...] = (
    (rf"/?{NOT}{DEMANDED}{OF} ?{WHAT}", _demand),
    (rf"{WHAT}:? {NOT}{DEMANDED}", _demand),
    (rf"/minhchung(?: {WHAT})?|(?:xem )?minh chung", lambda m: ShowEvidence(_what(m))),
    (rf"/nop(?: {WHAT})?", lambda m: SendEvidence(_what(m))),
    (rf"{PLEASE}(?:(?:xem|mo|tai(?: ve| xuong)?|gui lai|lay) )?{PROOF}{OF} {WHAT}", lambda m: ShowEvidence(_what(m))),
    (
        rf"{PLEASE}(?:gui(?: them)?|nop(?: them)?|bo sung|them|dinh kem|tai len|luu|up)(?: len)? {PROOF}(?:{OF} {WHAT})?",
        lambda m: SendEvidence(_what(m)),
    ),
    (rf"{PLEASE}nop(?: cho)? {WHAT}", lambda m: SendEvidence(_what(m))),
    (rf"(?:bo|xoa|go|rut|huy)(?: bo)? (?:tep|file|anh)(?: minh chung)?(?: {NUMBERS})?(?: (?:cua|o|trong|khoi)(?: viec)? {WHAT})?", _drop),
    (rf"(?:bo|xoa|go|rut|huy)(?: bo)? minh chung {NUMBERS} (?:cua|o|trong|khoi)(?: viec)? {WHAT}", _drop),
    (rf"(?:{NOT}(?:da )?(?:nop|gui|co|xong|giao) )?(?:cac )?san pham {NUMBERS} (?:cua|cho|o)(?: viec)? {WHAT}(?: (?:da )?(?:nop|xong|gui)(?: roi)?)?", _tick),
    (rf"/lich|{PLEASE}(?:(?:xem|tai|xuat|lay|gui|them) )?(?:(?:tep|file|dia chi) )?lich(?: (?:viec|cong viec|cua (?:toi|minh|phong|don vi|em)|dien thoai|han))?", lambda _: CalendarWanted()),
    (r"(?:doi|cap lai|lam moi|tao lai)(?: lai)? (?:dia chi|duong dan|lien ket) lich|(?:dia chi|lien ket) lich moi", lambda _: NewCalendarAddress()),
    (r"(?:thu hoi|huy|rut|khoa|tat)(?: (?:dia chi|duong dan|lien ket))? lich", lambda _: WithdrawCalendar()),
)  # fmt: skip
_ORDERS = [(re.compile(rf"(?:{pattern}){END}"), make) for pattern, make in ORDERS]
LONGEST = 120


def read_file_order(text: Typed) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    if len(text.plain) > LONGEST:
        return None
    for pattern, make in _ORDERS:
        if found := pattern.fullmatch(text.plain.strip()):
            return make(found)
    return None
