"""Orders about the page in the browser: “/web”, “mở trang”, “phiên đang mở”, “đóng phiên 2”, “đóng mọi phiên của Phòng …”."""

import re
from collections.abc import Callable

from duties.intents import CloseSessions, Intent, OpenWeb, ShowSessions
from duties.mentions import Typed

PLEASE = r"(?:(?:cho|xin|em|toi|minh|don vi|phong|hay|vui long|de nghi|lai) )*"
LINK = r"(?:link|lien ket|dia chi|duong dan)"
PAGE = r"(?:trang web|web|website|trang)"
SESSION = r"(?:phien|trinh duyet)(?: web)?"
CLOSE = r"(?:dong|ngat|thu hoi|rut|huy)"
NUMBERS = r"(?P<n>\d{1,9}(?:(?:,| va|, | ) ?\d{1,9})*)"
END = r"(?: (?:nhe|a|voi|di|giup))*[ .!?]*"
LONGEST = 200
Said = Callable[[str], str]

_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], Said], Intent]], ...] = (
    (rf"/web(?:@\w+)?|{PLEASE}(?:mo|vao) {PAGE}|{PLEASE}(?:(?:mo|vao|lay|gui|cap)(?: lai)? )?{LINK} (?:vao |mo )?{PAGE}|trang web|web|website",
     lambda *_: OpenWeb()),
    (rf"/phien(?:@\w+)?|(?:xem |cac |nhung )*{SESSION} dang mo|xem (?:cac )?{SESSION}", lambda *_: ShowSessions()),
    (rf"{CLOSE}(?: cac)? {SESSION}(?: so)? {NUMBERS}",
     lambda found, _: CloseSessions(tuple(dict.fromkeys(map(int, re.findall(r"\d+", found["n"])))))),
    (rf"{CLOSE} (?:moi|tat ca|toan bo|het)(?: cac)? {SESSION}(?: (?:o day|nay))?", lambda *_: CloseSessions()),
    (rf"{CLOSE} (?:moi|tat ca|toan bo|het)(?: cac)? {SESSION} (?:cua|o) (?P<whom>\S.*?)",
     lambda _, said: CloseSessions(whom=said("whom"))),
)  # fmt: skip
ORDERS = [(re.compile(rf"(?:{pattern}){END}", re.DOTALL), read) for pattern, read in _PATTERNS]


def read_web_order(text: Typed) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    if len(text.plain) > LONGEST:
        return None
    for pattern, read in ORDERS:
        if found := pattern.fullmatch(text.plain.strip()):
            return read(found, _as_typed(found, text))
    return None


def _as_typed(found: re.Match[str], text: Typed) -> Said:
    return lambda group: text.said[found.start(group) : found.end(group)].strip(" .!,;:“”\"'\n")
