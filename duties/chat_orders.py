"""Chat orders: “thu hồi mã Phòng …”, “chuyển kênh của … sang …”, “ngừng nhận tin ở đây”, “các phòng gồm: …”."""

import re
from collections.abc import Callable

from duties.intents import (
    CallUnit,
    DropChat,
    DropName,
    Intent,
    MeanUnits,
    MoveChat,
    PutFirst,
    ShowUnit,
    StopHere,
    TellApart,
    WithdrawCodes,
)
from duties.mentions import Typed

END = r"[ .!]*"
QUOTES = "“”\"'"
QUOTE = rf"[{QUOTES}]"
CHAT = r"(?:kenh|noi nhan|nhom)"
UNIT = r"(?:phong|van phong|ban|trung tam|thanh tra|chi cuc|to|doan|cong doan|hoi|so|uy ban)"
COLLECTIVE = r"(?:cac|nhung) (?:phong|don vi|ban|doan the|to chuc|chi cuc|trung tam)[^:“”\"]*?"
Said = Callable[[str], str]


def read_chat_order(text: Typed) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    for pattern, read in ORDERS:
        if found := pattern.fullmatch(text.plain):
            return read(found, _as_typed(found, text))
    return None


def _as_typed(found: re.Match[str], text: Typed) -> Said:
    return lambda group: text.said[found.start(group) : found.end(group)].strip(f" .!,;:{QUOTES}\n")


def _number(found: re.Match[str]) -> int | None:
    return int(found["n"]) if found["n"] else None


def _mean(found: re.Match[str], said: Said) -> Intent:
    names = (name.strip(f" .,{QUOTES}") for name in re.split(r"[;\n]", said("units")))
    return MeanUnits(said("name"), tuple(name for name in names if name))


_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], Said], Intent]], ...] = (
    (r"(?:/donvi|xem don vi|thong tin don vi) (?P<name>\S.*)", lambda _, said: ShowUnit(said("name"))),
    (r"(?:/thuhoi|(?:thu hoi|huy|rut)(?: lai)? (?:cac )?ma(?: moi)?)(?: (?:cua|cho))? (?:tat ca|het|moi don vi)",
     lambda *_: WithdrawCodes(everybody=True)),
    (r"/thuhoi|(?:thu hoi|huy|rut)(?: lai)? (?:cac )?ma(?: moi)?", lambda *_: WithdrawCodes()),
    (r"(?:/thuhoi|(?:thu hoi|huy|rut)(?: lai)? (?:cac )?ma(?: moi)?)(?: (?:cua|cho))? (?P<name>\S.*)",
     lambda _, said: WithdrawCodes(said("name"))),
    (rf"chuyen {CHAT}(?: (?P<n>\d))? (?:cua )?(?P<name>\S.*?) (?:sang|qua|cho) (?P<to>\S.*)",
     lambda found, said: MoveChat(said("name"), said("to"), _number(found))),
    (rf"(?:bo|go|xoa|ngat) {CHAT}(?: (?P<n>\d))? (?:cua )?(?P<name>\S.*)",
     lambda found, said: DropChat(said("name"), _number(found))),
    (rf"{CHAT} (?P<n>\d) (?:cua )?(?P<name>\S.*?) (?:nhan (?:tin )?truoc|la (?:kenh )?chinh)",
     lambda found, said: PutFirst(said("name"), int(found["n"]))),
    (r"(?:/ngung|(?:ngung|dung|thoi|khong)(?: muon)? nhan (?:tin|nhac)(?: viec)?(?: (?:o day|o nhom nay|nua|nhom nay))*)"
     r"(?P<sure>[, ]*(?:chac chan|dong y|xac nhan))?", lambda found, _: StopHere(found["sure"] is not None)),
    (rf"{QUOTE}?(?P<one>\S.*?){QUOTE}? (?:va|khac(?: voi)?) {QUOTE}?(?P<other>\S.*?){QUOTE}? la (?:hai|2) don vi(?: khac nhau)?",
     lambda _, said: TellApart(said("one"), said("other"))),
    (rf"{QUOTE}?(?P<name>{COLLECTIVE}){QUOTE}? (?:gom|bao gom)(?: co)?:? (?P<units>\S.*)", _mean),
    (rf"{QUOTE}?(?P<name>{COLLECTIVE}){QUOTE}? (?:hieu |nhu )*(?:nhu )?(?:mac dinh|ban dau)",
     lambda _, said: MeanUnits(said("name"))),
    (rf"(?:goi|hieu) (?!(?:dien|dt|lai|cho|roi|nhau|ra)\b){QUOTE}?(?P<one>\S.{{0,80}}?){QUOTE}? (?:la|nghia la|tuc la) (?P<other>{QUOTE}\S.*|{UNIT} \S.*)",
     lambda _, said: CallUnit(said("one"), said("other"))),
    (rf"(?:bo|xoa|go)(?: bo)? ten (?:goi|khac|goi khac) {QUOTE}?(?P<name>\S.*)", lambda _, said: DropName(said("name"))),
)  # fmt: skip
ORDERS = [(re.compile(pattern + END, re.DOTALL), read) for pattern, read in _PATTERNS]
