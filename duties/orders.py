"""Orders: what is asked for as a whole, by a slash command or its words: lists, summaries, plans, people."""

import re
from collections.abc import Callable

from duties.intents import (
    AddUnit,
    Announce,
    AskAgain,
    AskAnnouncement,
    Chat,
    Chatter,
    ConfirmPlan,
    CorrectContent,
    CorrectDeadline,
    Doubtful,
    DropPlan,
    GiveTo,
    Help,
    Intent,
    Invite,
    LeaveOut,
    Link,
    NudgeNow,
    PastDates,
    Pause,
    Pending,
    Plans,
    Preview,
    Report,
    Resume,
    SettlePast,
    ShowDaysOff,
    ShowMine,
    ShowPolicy,
    Skip,
    Stop,
    SummaryWanted,
    Unclear,
    Undo,
    Units,
    Which,
)
from duties.mentions import Typed, typed
from duties.row_orders import read_rows_order
from duties.verbs import ONE, read_targets

Reader = Callable[[str], Intent | None]

# A command that needs numbers is the same as its words: “/xong 2 5” is “xong 2 5”.
SAME_AS = {
    "xong": "xong", "hoanthanh": "xong", "danglam": "đang làm", "vuongmac": "vướng", "vuong": "vướng",
    "giahan": "xin gia hạn", "khongphai": "không phải việc", "duyet": "duyệt", "dongy": "đồng ý", "tralai": "trả lại",
    "tuchoi": "từ chối", "khongtinh": "không tính", "chuyen": "chuyển", "chitiet": "chi tiết", "nhaclai": "nhắc lại",
    "ghichu": "ghi chú",
}  # fmt: skip
COMMAND = re.compile(r"/(?P<name>[a-z_]+)(?:@\w+)?(?P<rest>(?:\s.*)?)\Z", re.DOTALL)
SNOOZED_FOR = re.compile(r"\s*(#?[a-z]{0,2}\d{1,3})[ ,]+(\d{1,2})\s*")


def _month(words: str) -> Intent | None:
    found = re.fullmatch(r"thang (\d{1,2})", words)
    return ShowMine(month=int(found[1])) if found and 1 <= int(found[1]) <= 12 else None


FRIENDLY = re.compile("[\\s\ufe0f\u200d\U0001f3fb-\U0001f3ff👍👌🙏❤♥💕💖😊😀😃😄😁🙂☺😍🥰🤝👏💪🌹🌸🌷🎉💐]+")
WINDOW = r"(?:quy ?(?:[1-4]|iv|i{1,3}|nay|truoc)|(?:6|9) thang(?: (?:dau|cuoi))?|thang (?:nay|truoc)|nam (?=nay|20))(?: ?(?:/|nam)? ?20[0-9]{2}| nam| nam nay| ?nay)?"
ALL = r"(?:tat ca|tatca|toan bo|ca nam)"


def _mine(words: str) -> Intent | None:
    match words:
        case "":
            return ShowMine()
        case "quahan" | "qua han" | "tre" | "tre han":
            return ShowMine(Which.OVERDUE)
        case "da xong" | "xong" | "daxong":
            return ShowMine(Which.DONE)
        case _ if re.fullmatch(ALL, words):
            return ShowMine(Which.ALL)
        case _ if re.fullmatch(WINDOW, words):
            return ShowMine(window=words)
        case _:
            return _month(words)


def _link(words: str) -> Intent:
    return Link(words.upper()) if words else Unclear(Doubtful.COMMAND, "dangky")


def _start(words: str) -> Intent:
    return Link(words.upper()) if words else Help()


def _days_off(words: str) -> Intent | None:
    if not words:
        return ShowDaysOff()
    return ShowDaysOff(int(words)) if re.fullmatch(r"20\d\d", words) else None


# Commands that stand for a whole order; what follows is handed on as typed.
COMMANDS: dict[str, Reader] = {
    "viec": _mine, "quahan": lambda _: ShowMine(Which.OVERDUE), "hoantac": lambda _: Undo(),
    "tonghop": SummaryWanted, "trogiup": lambda _: Help(), "help": lambda _: Help(), "dangky": _link, "start": _start,
    "choduyet": lambda _: Pending(), "kehoach": lambda _: Plans(), "xacnhan": lambda _: ConfirmPlan(),
    "huykehoach": lambda _: DropPlan(), "donvi": lambda _: Units(), "moi": Invite, "themdonvi": AddUnit,
    "thongbao": lambda words: Announce(words) if words else AskAnnouncement(), "nhac": NudgeNow,
    "lichnhac": lambda _: ShowPolicy(), "lichnghi": _days_off, "baocao": lambda words: Report(read_targets(words)), "sapgui": lambda _: Preview(), "tamdung": lambda _: Pause(), "tieptuc": lambda _: Resume(),
}  # fmt: skip
FOLDED_ARGUMENT = {"viec", "quahan", "baocao"}

PAST: dict[str, PastDates] = {
    "da xong": PastDates.DONE,
    "van nhac": PastDates.STILL_OWED,
    "khong tinh": PastDates.NOT_COUNTED,
}
ME = r"(?: cua (?:toi|minh|em|chung toi|phong(?: \w+){0,6}|don vi(?: \w+){0,6}|ben (?:minh|em|toi)))?"
A_UNIT = r"(?:phong|ban|trung tam|van phong|chi cuc|thanh tra)(?! (?:nao|ban$|(?:cua )?(?:toi|em|minh|chung)\b)) \S.*"
ASK = r"(?:(?:cho|xin|xem|lay|gui|nho|em|toi|minh|phong|don vi|hoi|anh|chi|da|vui long|ban|bot|oi|,) ?)*"
PLEASE = r"(?: (?:nhe|nha|a|voi|di|gium|giup|dum|ho|ban|bot|vay|nhi|the|ha|em|anh|chi|oi))*"

COURTESY = r"(?: (?:anh|chi|em|a|nhe|nhieu|ban|bot|moi|nguoi|ca|nha|van|phong|cac|dong|lam|oi|rat|vp|da|toi|so|don|vi))*"
# single words only: two ways of reading one stretch would cost time without bound
NOTED = (
    r"(?:da|ok|oke|okie|okay|vang|uh|u|uhm|r|roi|duoc|dc|nhat|tri|ro|biet|hieu|nhan|xem|tot|tuyet|noted|a|nhe|em|anh|chi|phong"
    r"|don|vi|toi|minh|tin|thong)"
)
ANNOUNCED = re.compile(r"thong bao: ?(?=\S)")
ADDED = re.compile(r"them (?:(?:don vi|phong ban)[: ]+(?=\S)|(?=(?:phong|ban|trung tam|chi cuc) \S))")
LONGEST_ORDER = 200
# Said as a whole; `{}` in none of them. What a group catches is handed on as typed.
WHOLE: tuple[tuple[str, Callable[..., Intent]], ...] = (
    (rf"(?:viec|cong viec|nhiem vu)(?: cua)? (?P<u>{A_UNIT})", lambda u: ShowMine(unit=u)),
    (rf"(?P<u>{A_UNIT}?) (?:con |co |dang )+(?:gi|viec gi|nhung viec gi|viec nao|may viec|bao nhieu viec)(?: chua (?:xong|lam|bao cao))?", lambda u: ShowMine(unit=u)),
    (r"(?:(?:nhung |cac )?(?:phong|don vi|ben)(?: nao)?|ai) (?:con |dang |van |da |bi )*(?:chua (?:bao cao|nop|gui|xong|lam|hoan thanh|tra loi|bao)(?: .{0,20})?)", ShowMine),
    (r"(?:(?:nhung |cac )?(?:phong|don vi|ben)(?: nao)?|ai) (?:con |dang |van |da |bi )*(?:cham|tre|qua han|no)(?: (?:bao cao|han|nhat|nhieu|viec))*", lambda: ShowMine(Which.OVERDUE)),
    (rf"(?:danh sach nhiem vu|danh sach|ds|viec|cong viec|cac viec|nhiem vu|list|dau viec|danh sach viec|viec can lam|viec phai lam){ME}", ShowMine),
    (rf"(?:con|co) (?:gi|viec gi|nhung gi|nhung viec gi|may viec|bao nhieu viec|viec nao|no gi)(?: (?:nua|phai lam|chua lam|chua xong|can lam|khong))*{ME}", ShowMine),
    (r"(?:viec|nhiem vu|dau viec)? ?(?:nao )?(?:da |dang |bi )?(?:qua han|tre han|tre)(?: chua xong| cua toi| cua phong| nao| gi)*", lambda: ShowMine(Which.OVERDUE)),
    (r"co (?:viec|nhiem vu)(?: nao| gi)? (?:bi )?(?:qua han|tre han|tre)(?: khong| ko| k)?", lambda: ShowMine(Which.OVERDUE)),
    (rf"(?P<w>(?:thang|quy|nam) nay) (?:con |co )+(?:gi|viec gi|nhung viec gi|viec nao|may viec|bao nhieu viec)(?: phai lam| can lam| nua)*{ME}", lambda w: ShowMine(window=w)),
    (r"(?:viec|nhiem vu|danh sach)(?: nao)? da (?:xong|lam|hoan thanh)", lambda: ShowMine(Which.DONE)),
    (r"(?:viec|nhiem vu|danh sach)(?: cua)? thang (?P<m>1[0-2]|0?[1-9])", lambda m: ShowMine(month=int(m))),
    (rf"(?:viec|nhiem vu|danh sach)(?: cua)? (?P<w>{WINDOW})", lambda w: ShowMine(window=w)),
    (rf"(?:viec|nhiem vu|danh sach) {ALL}|{ALL}(?: cac)? (?:viec|nhiem vu)", lambda: ShowMine(Which.ALL)),
    (r"(?:(?:em |toi )?(?:bam |ghi |go |bao )?nham(?: roi| r)?,? )?(?:hoan tac|(?:bo|huy)(?= (?:giup|gium|dum|ho)))|nham(?: roi| mat| mat roi| r)?|bam nham|go nham|ghi nham|huy(?: lenh| bao cao)? vua roi|undo|bao nham|lam lai buoc truoc|rut lai", Undo),
    (r"tro giup|giup(?: toi| minh| em| do)?|huong dan(?: su dung| dung)?|help|\?+|cach dung|dung the nao|lam (?:sao|the nao)|menu|lenh", Help),
    (rf"(?:(?:vang|da|ok|uh|nhan|duoc|dc|roi|r|biet|em|toi|minh|phong) )*(?:cam on|thank you|thanks|thank|tks|camon){COURTESY}", lambda: Chatter(Chat.THANKS)),
    (rf"(?:xin chao|chao|hello|hi|alo|a lo|kinh chao){COURTESY}", lambda: Chatter(Chat.GREETING)),
    (rf"{NOTED}(?: {NOTED})*", lambda: Chatter(Chat.NOTED)),
    (r"(?:xem |bao cao )?tong hop(?: so lieu| ket qua| tinh hinh)?(?P<w>(?: .*)?)", lambda w: SummaryWanted(w)),
    (r"(?:so lieu|ket qua|tinh hinh|tien do)(?: thuc hien)?(?P<w> (?:quy|thang|nam|6 thang|9 thang|phong|ban|trung tam|van phong).*)", lambda w: SummaryWanted(w)),
    (r"(?:cac viec |viec |nhung gi )?cho (?:phe )?duyet|cho quyet dinh|can duyet|viec can duyet", Pending),
    (r"(?:cac |danh sach |xem )?ke hoach", Plans),
    (r"(?:bao cao|bc)(?: ket qua| tien do| tinh hinh)?", Report),
    (r"bo qua(?: cau nay)?|cau sau", Skip),
    (r"(?:thoi|dung|ngung|ket thuc)(?: (?:hoi|bao cao|o day))?", Stop),
    (r"xac nhan(?: ke hoach| ban nay| du thao)?|dung roi|chot ke hoach", ConfirmPlan),
    (r"(?:huy|bo|xoa)(?: bo)? (?:ke hoach|du thao|ban nay)(?: nay)?", DropPlan),
    (r"(?:ky|han|viec) da qua:? (?:la )?(?P<c>da xong|van nhac|khong tinh)", lambda c: SettlePast(PAST[c])),
    (r"(?:danh sach |cac )(?:don vi|phong|dau moi)", Units),
    (r"moi (?:tat ca|het|cac don vi|cac phong|tat ca cac don vi)", Invite),
    (r"moi (?P<u>(?:phong|ban|trung tam|van phong|don vi|chi cuc|thanh tra|so|lanh dao|doan|cong doan)(?: .*)?)", lambda u: Invite(u)),
    (r"nhac (?P<u>(?:phong|ban|trung tam|van phong|don vi|chi cuc|thanh tra) .+)", lambda u: NudgeNow(u)),
    (r"nhac(?: viec)? (?:ngay|luon|tat ca)(?: di| tat ca)?", NudgeNow),
    (r"sap gui(?: gi)?|sap nhac gi|xem truoc", Preview),
    (r"tam (?:dung|ngung)(?: nhac| gui)?", Pause),
    (r"tiep tuc(?: nhac| gui)?", Resume),
    (r"dang ky:? (?P<k>[a-z0-9][a-z0-9 -]{5,14})", lambda k: Link(k.upper())),
)  # fmt: skip
FOLDED_GROUPS = {"m", "c"}
_WHOLE = [(re.compile(rf"{ASK}(?:{pattern}){PLEASE}[ .!,?]*", re.DOTALL), make) for pattern, make in WHOLE]
NUMBERS = rf"{ONE}(?:(?:,| va | |, ){ONE})*"
DROPPED = re.compile(
    rf"(?P<back>lay lai|giu lai|dua lai|khoi phuc|bo|loai|gach)(?: bo)?(?: nhiem vu| viec| muc)? (?P<what>{NUMBERS})[ .!]*"
)
DEADLINE = re.compile(
    rf"(?:nhiem vu |viec |muc )?(?P<what>{ONE}):? (?:co )?(?:thoi han|han|thoi gian|den han)(?: la| thanh| chot| cuoi)?:? (?P<phrase>\S.*)",
    re.DOTALL,
)
CONTENT = re.compile(rf"(?:nhiem vu |muc )?(?P<what>{ONE}):? noi dung(?: la)?: ?(?P<text>\S.*)", re.DOTALL)
ROW_GIVEN = re.compile(r"(?P<what>@\d{1,4}(?:, ?@\d{1,4})*) giao (?:cho )?(?P<unit>\S.*)", re.DOTALL)
ROW_DEADLINE = re.compile(r"(?P<what>@\d{1,4}) han (?P<phrase>\S.*)", re.DOTALL)
ASKED_AGAIN = re.compile(r"hoi lai cau (?P<numbers>\d{1,3}(?:(?: ?, ?| va | )\d{1,3})*)[ .!]*")
REPORTED = re.compile(
    rf"(?:(?:xin|em|toi|phong|don vi) )*(?:bao cao|bc)(?: ket qua| tien do| tinh hinh)?(?: cho)?(?: nhiem vu| viec| muc)?(?: so)? (?P<what>{NUMBERS})[ .!]*"
)
A_CODE = re.compile(r"(?=.*\d)[ABCDEFGHJKLMNPQRSTUVWXYZ2-9]{4}[ -]?[ABCDEFGHJKLMNPQRSTUVWXYZ2-9]{4}")

LOWER_CODE = re.compile(r"(?=.*\d.*\d)(?=.*[a-z].*[a-z])[abcdefghjkmnpqrstuvwxyz2-9]{8}")


def read_order(text: Typed) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    if not text.said:
        return Unclear()
    command = COMMAND.match(text.plain)
    if command:
        return _command(text, command)
    if A_CODE.fullmatch(text.said) or LOWER_CODE.fullmatch(text.said):
        return Link(text.said.upper())
    if FRIENDLY.fullmatch(text.said):
        return Chatter(Chat.NOTED)
    return _whole(text) or _correction(text)


def _command(text: Typed, command: re.Match[str]) -> Intent | None:
    name = command["name"]
    if name in SAME_AS:
        return None
    if name not in COMMANDS:
        return Unclear(Doubtful.COMMAND, name)
    rest = (text.plain if name in FOLDED_ARGUMENT else text.said)[command.start("rest") :].strip()
    return COMMANDS[name](rest) or Unclear(Doubtful.COMMAND, name)


def expand_command(text: Typed) -> Typed:
    """“/xong 2 5” in words; any other message as it is."""
    command = COMMAND.match(text.plain)
    if command is None:
        return text
    rest = text.said[command.start("rest") :]
    if command["name"] == "nhaclai" and (days := SNOOZED_FOR.fullmatch(rest.lower())):
        return typed(f"nhắc lại {days[1]} sau {days[2]} ngày")
    return typed(SAME_AS[command["name"]] + rest)


def _whole(text: Typed) -> Intent | None:
    """An order is short; only an announcement and a list of new units may be long."""
    if found := ANNOUNCED.match(text.plain):
        return Announce(text.words(found.end()))
    if found := ADDED.match(text.plain):
        return AddUnit(text.words(found.end()))
    if len(text.plain) > LONGEST_ORDER:
        return None
    for pattern, make in _WHOLE:
        found = pattern.fullmatch(text.plain)
        if found:
            return make(*(_caught(text, found, name) for name in pattern.groupindex))
    return None


def _caught(text: Typed, found: re.Match[str], name: str) -> str:
    words = text.plain if name in FOLDED_GROUPS else text.said
    return words[found.start(name) : found.end(name)].strip(" .!?,:\n")


def read_row_order(text: Typed) -> Intent | None:
    """What begins with a row of a plan (“@17 giao …”) says all of it of that row, whatever words follow; or of several."""
    if found := ROW_GIVEN.fullmatch(text.plain):
        return GiveTo(read_targets(found["what"]), text.said[found.start("unit") :].strip())
    if found := CONTENT.fullmatch(text.plain):
        return CorrectContent(read_targets(found["what"]), text.said[found.start("text") :].strip())
    if found := ROW_DEADLINE.fullmatch(text.plain):
        return CorrectDeadline(read_targets(found["what"]), text.said[found.start("phrase") :].strip())
    return read_rows_order(text)


def _correction(text: Typed) -> Intent | None:
    """What the office says of a duty in a draft; “báo cáo 2” of a unit that wants to be asked."""
    if found := REPORTED.fullmatch(text.plain):
        return Report(read_targets(found["what"]))
    if found := DROPPED.fullmatch(text.plain):
        return LeaveOut(read_targets(found["what"]), back=found["back"] not in ("bo", "loai", "gach"))
    if found := ASKED_AGAIN.fullmatch(text.plain):
        return AskAgain(tuple(map(int, re.findall(r"\d+", found["numbers"]))))
    if found := DEADLINE.fullmatch(text.plain):
        phrase = text.said[found.start("phrase") :].strip()
        asks = re.match(
            r"(?:la )?(?:khi nao|bao gio|ngay (?:nao|may)|may|den khi|the nao|gi\b)", found["phrase"]
        )
        return None if asks or "?" in phrase else CorrectDeadline(read_targets(found["what"]), phrase)
    return None
