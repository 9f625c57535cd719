"""Verbs: the words by which people report, ask and decide, and the numbers and codes by which they point."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from duties.intents import DutyCode, Everything, PlanRow, Position, ShortCode, Target, Targets


class Verb(StrEnum):
    """What a word does. The order is that in which they are tried: what denies comes before what affirms."""

    NOT_OURS = "not_ours"
    DISMISS = "dismiss"
    REFUSE = "refuse"
    CLEARED = "cleared"
    NO_OBSTACLE = "no_obstacle"
    NOT_YET = "not_yet"
    NEARLY = "nearly"
    DOING = "doing"
    UNSNOOZE = "unsnooze"
    SNOOZE = "snooze"
    EXTEND = "extend"
    OBSTACLE = "obstacle"
    SEND_BACK = "send_back"
    DONE = "done"
    DELIVERED = "delivered"
    MAYBE = "maybe"
    APPROVE = "approve"
    GIVE = "give"
    SHOW = "show"


NOT = r"(?:khong|ko|kg|hong|chang|chua|chu|k)"
WORK = r"(?:lam|thuc hien|trien khai|xu ly|giai quyet|tien hanh|hoan thien|chuan bi|soan thao|soan|tong hop|viet|ra soat|cho)"
FINISHED = r"(?:xong xuoi|xong|xog|xomg|xonq|hoan thanh|hoan tat|done)"
HANDED = r"(?:nop|gui|bao cao|dang ky)"
OURS = r"(?:phong|don vi|ben|chung toi|chung em|minh|toi|em|trung tam|van phong|ban)"

IN_THE_WAY = r"(?:vuong mac|vuong|kho khan)"

# \b would not do: a mention's sign is a letter too, and “#”, “/” belong to codes and dates.
WORDS: dict[Verb, str] = {
    Verb.NOT_OURS: rf"(?:{NOT}|dau) (?:phai|thuoc)(?: la)?(?: (?:phan )?(?:viec|nhiem vu|nv|trach nhiem|chuc nang|tham quyen))*"
    rf"(?: cua)?(?: {OURS})*(?: {OURS})*|(?:giao|gui|nhac) nham(?: (?:{OURS}))*",
    Verb.DISMISS: r"khong (?:tinh|ap dung)|ko tinh|loai khoi",
    Verb.REFUSE: r"tu choi|(?:khong|ko|chua) (?:dong y|chap nhan|nhat tri)(?: (?:cho )?(?:gia han|lui(?: han)?))?|(?:khong|ko) (?:duyet|gia han|cho lui|cho gia han)",
    Verb.CLEARED: rf"(?<!chua )(?<!chang )(?<!khong )(?<!ko )(?:(?:da |nay )*het|(?:khong|ko|k|chang) con)(?: bi| gap| co)* {IN_THE_WAY}(?: (?:gi|nao|nua|roi|r))*"
    rf"|(?:da (?:giai quyet|thao go|go|khac phuc)(?: xong| duoc)?|(?:giai quyet|thao go|go|khac phuc) (?:xong|duoc)) {IN_THE_WAY}(?: (?:roi|r))?",
    Verb.NO_OBSTACLE: rf"{NOT} (?:co |gap |con |bi |phat sinh )*(?:vuong mac gi|vuong mac|vuong gi|vuong|kho khan gi|kho khan)",
    Verb.NOT_YET: rf"(?:{FINISHED}|{WORK}|{HANDED}|duoc) {NOT}(?: (?:vay|a|the|anh|chi|em))*(?= ?(?:\?|$|\n|(?:viec )?\d))"
    rf"|(?:(?:{WORK}|{HANDED}) )?{NOT} (?:the |kip |duoc |dc |co |lam |da |he |thay |bao cao )*(?:{FINISHED}|{WORK}|{HANDED})(?: (?:duoc|dc|kip))?(?: {FINISHED})?"
    r"|chua(?: (?:dau|nhe|nha|nhen|a|ak|anh|chi|em|oi|duoc|dc))*(?=\s*(?:$|[,;.\n]))",
    Verb.NEARLY: rf"(?:sap|gan|gan nhu)(?: (?:lam|{WORK}))? {FINISHED}(?: roi| r)?",
    Verb.DOING: rf"(?:van |con |vua )?(?:dang|dg) (?:duoc )?{WORK}(?: (?:sap|gan))?(?: {FINISHED})?|dang trinh(?: (?:cap tren|lanh dao|giam doc|ban giam doc|chi cuc truong|so|sep|thu truong|truong phong))?(?: (?:ky|duyet|phe duyet|xem xet|cho y kien))*"
    rf"|(?:(?:da |moi )?(?:{WORK}|{FINISHED}) )?duoc (?:khoang |tam |hon |gan )?\d{{1,2}} ?%(?: (?:roi|r))?|danglam|da bat dau|bat dau lam|dang do dang",
    Verb.UNSNOOZE: r"(?:bo|huy|thoi|khong|ko|khoi) hen(?: nhac)?(?: lai)?(?: nua)?|nhac (?:lai )?(?:nhu |binh )thuong",
    Verb.SNOOZE: r"(?:nhac|hen|bao)(?: toi| em| minh)? lai(?: sau)?|nhaclai",
    Verb.EXTEND: r"(?:de nghi |xin |phep |cho |cho phep )*(?:duoc )?(?:gia han(?: them)?|lui(?: lai| them)?(?: thoi)?(?: han)?|doi (?:thoi )?han|(?<=xin )doi(?: lai)?(?= (?:sang|den|toi|qua))|"
    r"keo dai(?: thoi gian)?|hoan(?: han| lai)?(?! t)|giahan)|xin them|them(?= S)",
    Verb.OBSTACLE: r"(?:dang |co |gap |bi |con )*(?:vuong mac|vuong|kho khan)|vuongmac|bi ket|ket(?= (?:kinh phi|tien|nguoi|nhan su|nhan luc|van ban|so lieu))",
    Verb.SEND_BACK: r"tra lai|tra ve|tralai|chua dat(?: yeu cau)?|yeu cau lam lai|de nghi lam lai|lam lai|de nghi bo sung|yeu cau bo sung",
    Verb.DONE: rf"(?:vua moi |moi |vua |da )*(?:{WORK} |{HANDED} )?{FINISHED}(?: (?:roi|r|xong))?",
    Verb.DELIVERED: rf"da {HANDED}(?: (?:roi|r))?|{HANDED} (?:hom )?(?:D+ )?(?:roi|r)|(?:lam|thuc hien) (?:roi|r)|(?:dc|duoc) (?:roi|r)",
    Verb.MAYBE: rf"da {WORK}(?: (?:roi|r))?|(?:oke|okie|okla|ok)(?: (?:roi|r))?|da (?:trinh|ban hanh|to chuc|dang|phat)(?: (?:roi|r))?|ht",
    Verb.APPROVE: r"(?:phe )?duyet|dong y|chap nhan|nhat tri|thong qua|xac nhan",
    Verb.GIVE: r"(?:chuyen|giao)(?: (?:lai|cho|sang|ve))*",
    Verb.SHOW: r"chi tiet|xem(?: lai)?|noi dung",
}
EVERYTHING = r"(?:tat ca|toan bo)(?: (?:cac|so))?(?: (?:viec|nhiem vu|dau viec))?(?: tren)?|(?:het|ca) (?:cac )?(?:viec|nhiem vu|A+)(?: tren)?"
CALLED = r"(?:(?:cac |nhung |phan |dau |cong )*(?:viec|nhiem vu|nv|cv|muc|stt|ma|so|ke hoach|yeu cau|de nghi)(?: (?:so|ma|thu))?:? )"
CODE = r"#[a-z]{1,2}\d{1,4}|(?!q[1-4]|t[2-9]|t1[0-2])[a-z]{1,2}[1-9]\d?"
ONE = rf"(?:@[1-9]\d{{0,3}}|(?:x{{0,2}}(?:ix|iv|v?i{{1,3}}|v)|x)(?:\.\d{{1,2}})+|{CODE}|\d{{1,2}}(?:\.\d{{1,2}})+|[1-9]\d{{0,2}}|0[1-9]?)(?![\w%]|/\S|\.\d|-\d)"
RANGE = r"[1-9]\d{0,2} ?(?:->?|den|toi) ?[1-9]\d{0,2}(?![\w%/]|[.-]\d)"
AND = r"(?: ?(?:,|;|&|\+|va|voi) ?(?:ca )?| )"
# What makes of a number something else than a place in a list: “quý 2”, “phần 3”.
OTHER_NUMBERS = r"(?<!quy )(?<!thang )(?<!nam )(?<!phan )(?<!buoc )(?<!dot )(?<!lan )(?<!tuan )(?<!khoa )(?<!so luong )(?<!tam )"
NUMBERED = rf"(?:tu )?(?:{CALLED})?{OTHER_NUMBERS}(?<![\w/.#%-])(?:{RANGE}|{ONE})(?:{AND}(?:{CALLED})?(?:{RANGE}|{ONE}))*"

_TARGETS = re.compile(rf"(?<![\w/.#%-])(?:{NUMBERED})")
_EVERYTHING = re.compile(rf"(?<!\w){EVERYTHING}(?!\w)")
_VERBS = re.compile(
    "|".join(rf"(?P<{verb.value}>(?<![\w/])(?:{words})(?!\w))" for verb, words in WORDS.items())
)
_EACH = re.compile(rf"(?P<range>{RANGE})|(?<![\w.#])(?P<one>{ONE})")


@dataclass(frozen=True)
class Token:
    """A verb or a group of targets, and where it stands."""

    start: int
    end: int
    verb: Verb | None = None
    targets: Targets = ()


def tokens(plain: str) -> list[Token]:
    """The verbs and targets of a message, in their order; of two that overlap the verb is kept."""
    verbs = list(_verbs(plain))
    covered = [(verb.start, verb.end) for verb in verbs]
    blanked = _blank(plain, covered)
    groups = [Token(m.start(), m.end(), targets=read_targets(m.group())) for m in _TARGETS.finditer(blanked)]
    wholes = [Token(m.start(), m.end(), targets=(Everything(),)) for m in _EVERYTHING.finditer(blanked)]
    return sorted([*verbs, *groups, *wholes], key=lambda token: token.start)


def _verbs(plain: str) -> Iterator[Token]:
    for match in _VERBS.finditer(plain):
        yield Token(match.start(), match.end(), verb=Verb(match.lastgroup or ""))


def _blank(plain: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        plain = plain[:start] + "V" * (end - start) + plain[end:]
    return plain


def read_targets(group: str) -> Targets:
    """“1-3, việc #A12 và 2.4” as targets, each once."""
    found: list[Target] = []
    for match in _EACH.finditer(group):
        found.extend(_range(match["range"]) if match["range"] else [_one(match["one"])])
    return tuple(dict.fromkeys(found))


def is_one_target(words: str) -> bool:
    """Whether these words alone, such as the printed code of a duty, can be named in a message."""
    return re.fullmatch(ONE, words.lower()) is not None


LONGEST_RANGE = 100


def _range(words: str) -> list[Target]:
    first, last = (int(n) for n in re.findall(r"\d+", words))
    if last < first or last - first > LONGEST_RANGE:
        return [Position(first), Position(last)]
    return [Position(n) for n in range(first, last + 1)]


def _one(words: str) -> Target:
    if words[0] == "@":
        return PlanRow(int(words[1:]))
    if "." in words:
        return DutyCode(words.upper())
    if words[0].isalpha() or words[0] == "#":
        return ShortCode(words.lstrip("#").upper())
    return Position(int(words))
