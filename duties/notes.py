"""Notes: numbers, links, papers and words that a unit adds to an obligation, and that change nothing of how it stands.

“1: 4 tin, 2 bài” is a note; what asks, denies, plans or orders is none, and a number alone only points.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from duties.caution import could_take_it_back, is_empty
from duties.intents import Everything, Note, Position
from duties.mentions import AMOUNT, DAY, LINK, PAPER, DaySaid, Mentions, Typed
from duties.spelling import fold
from duties.verbs import NUMBERED, Token, Verb, read_targets

REACHES_BACK = timedelta(days=180)
# “3 việc” counts what is owed, “2 tệp” what came with a message: neither is a result.
NO_RESULTS = frozenset({"việc", "nhiệm vụ", "đầu việc", "tệp", "trang"})
# Without a number or a code only these speak for themselves: “3 người” may be anything.
SPEAKS_FOR_ITSELF = frozenset(
    {"tin", "bài", "bài viết", "tin bài", "hội nghị", "hội thảo", "lớp tập huấn", "video", "phóng sự", "pano"}
)
_PADDING = """
    đã đăng đưa được viết có tổng cộng số lượng gồm là và với cùng kết quả kỳ này đơn vị phòng tôi em chúng mình báo cáo
    xin ạ dạ vâng nữa thêm hết về tuyên truyền cchc cải cách hành chính tổ chức thực hiện phát dự tham gia trong trên bổ
    sung cập nhật triển khai ban mở làm treo cho bằng liên kết link theo công cổng thông tin điện tử trang web facebook
    fanpage zalo báo đài nộp trình phát truyền hình minh chứng liệu từ đầu đến nay gửi kèm lượt
"""
PADDING = frozenset(_PADDING.split())
_PLAINLY = frozenset(fold(word) for word in PADDING)
_WORD = re.compile(r"[^\W\d_]+")
_WHICH_PERIOD = re.compile(
    r"(?<!\w)(?:quy|thang|nam|tuan) (?:\d{1,4}|[ivx]{1,4})(?: nam \d{4}|/\d{4})?(?!\w)"
)
ADDED = re.compile(
    r"(?:(?:xin|em|toi|cho|phong|don vi) )*(?:ghi chu|ghi them|bo sung|cap nhat)(?: them)?(?: (?:thong tin|ket qua|so lieu))?"
    rf"(?: (?:vao|cho))? (?P<what>{NUMBERED})[\s:,;.-]+(?P<words>\S.*)",
    re.DOTALL,
)
# An answer that offices give every quarter: it adds no number and ends nothing.
NOTHING_AROSE = re.compile(
    rf"(?:(?P<what>{NUMBERED})[\s:,;.-]*)?(?:(?:quy|thang|ky|nam) (?:nay|[1-4]|iv|i{{1,3}})[ ,:]*)?"
    r"(?:(?:da|phong|don vi|ben|em|toi|minh|chung) )*(?:khong|ko)(?: co)? "
    r"(?:phat sinh(?: (?:gi|moi|tin bai|tin|bai|so lieu|hoat dong|van ban|nao|ca|them))*|(?:tin bai|tin|bai|hoat dong) nao)"
    r"(?: (?:a|nhe|ca|het|trong|ky|quy|thang|nay))*[ .!]*"
)
LEADS_UP = re.compile(
    r"(?:^|\W)(?:ket qua|so lieu|bao cao|thong bao|cap nhat|bo sung)(?: \w+){0,6}[\s:,.]*$|:\s*$|^\W*$"
)
PLACES = re.compile(r"(?<!\w)(?:phong|tang|so nha|khoi|to|to dan pho)\s*$")
FRESH = re.compile(r"[\n;,.]\s*(?:(?:con|va|rieng) )?$")
OPENS = re.compile(r"\s*[:–-]|\s*[ALP]| (?:da|co|duoc) ")
TOLD = re.compile(
    r"\s*[:–-]\s*da (?!(?:nhan|xem|doc|ro|biet|hieu|nghe|hoi|yeu cau|giao|qua|tre|het|co|noi)(?!\w))\w+(?: \S+){2,}"
)
ASKS = re.compile(
    r"(?<!\w)(?:ai|gì|gi|nào|đâu|mấy|sao|hả|nhỉ|chứ|à|bao nhiêu|bao nhieu|thế nào|the nao|khi nào|khi nao|bao giờ|bao gio)(?!\w)"
)
# What is asked for or intended was not done, and “4 đến 5 tin” is no count.
PLANNED = re.compile(
    r"(?<!\w)(?:yeu cau|chi tieu|toi thieu|it nhat|phan dau|dinh muc|dang ky|de nghi|bao nhieu|du kien|muc tieu|duoc giao)(?!\w)"
    r"|(?<!\w)(?:ngay|tuan|thang|quy|nam|ky|dot) (?:sau|toi)(?!\w)|\d ?(?:den|toi) ?A"
)
ORDERS = re.compile(r"(?<!\w)(?:nhe|nha|di|giup|ho|gium|voi)\W*$")
# Words that look like denying or putting off, and in a note of what was done are not.
HARMLESS = re.compile(
    r"(?<=A) (?:tham )?du(?!\w| (?:kien|dinh))|(?:tham|nguoi|dai bieu) du(?! (?:kien|dinh))|(?<!\w)dang(?= ?A)"
    r"|(?<!\w)(?:moi|tuan|truoc|phan|mot|lan nua|nua|dot)(?!\w)|\d{1,3}(?:[.,]\d+)? ?%|(?<!\w)bao(?! (?:gio|nhieu|lau))(?!\w)"
    r"|hoi (?:nghi|thi|thao|dong|phu nu|vien|truong|cuu|nong)|(?:truyen|tinh|man|mo|dien|dia) hinh|hinh (?:anh|thuc|thanh)"
    r"|(?:quyet|quy|nghi|on) dinh|dinh ky|tu tuong|thieu (?:nhi|nien)|dau (?:nam|thang|quy|tu|ky|tien|moi)|(?:lan|ban|bat) dau"
)
NO_REPORT = re.compile(r"(?:cong van|cv|van ban|to trinh|ke hoach|quyet dinh)(?!\w)")
NO_GIVING = re.compile(r"giao (?:ban|luu|duc|dich|thong|tiep|dien)(?!\w)")
DID = re.compile(r"da ")
# “Gửi em 4 tin” orders.
SEND = re.compile(r"(?<!\w)(?<!da )(?<!xin )gui(?!\w)")


def read_notes(text: Typed, mentions: Mentions, found: Sequence[Token], today: date) -> tuple[Note, ...]:
    """The notes that the whole message is: one for each number that opens a part; none when any of it is doubtful."""
    said_so = ADDED.fullmatch(text.plain)
    if said_so and not _asks(text, said_so["words"]):
        return (_asked_to_add(text, mentions, said_so),)
    if nothing := NOTHING_AROSE.fullmatch(text.plain):
        start = nothing.end("what") if nothing["what"] else 0
        return (Note(read_targets(nothing["what"] or ""), text.words(start)),)
    heads = _openings(text, found)
    if not heads:
        return _without_number(text, mentions, found, today)
    if not _leads_up(text.part(0, heads[0].start)):
        return ()
    ends = [*(head.start for head in heads[1:]), len(text.said)]
    notes = [_of_part(text, mentions, found, head, end, today) for head, end in zip(heads, ends, strict=True)]
    known = tuple(note for note in notes if note is not None)
    return known if len(known) == len(notes) else ()


def _asks(text: Typed, words: str) -> bool:
    """“Có bài nào?” asks; “không có bài nào” does not."""
    if NOTHING_AROSE.fullmatch(words):
        return False
    return "?" in text.plain or ASKS.search(text.said.lower()) is not None


def _goes_along(text: Typed, mentions: Mentions, at: int) -> bool:
    """What stands there is a count, or a paper that only goes along: “đã gửi công văn số 12/CV-STTTT” ends nothing."""
    follows = re.match(r"\s*(?:duoc |them |kem )?", text.plain[at:])
    start = at + (follows.end() if follows else 0)
    mention = next((each for each in mentions.all if each.start == start), None)
    if mention is None:
        return False
    if mention.sign == AMOUNT:
        return isinstance(mention.what, tuple) and mention.what[0] not in NO_RESULTS | {"báo cáo", "hồ sơ"}
    return mention.sign == PAPER and NO_REPORT.match(fold(str(mention.what))) is not None


def _asked_to_add(text: Typed, mentions: Mentions, said_so: re.Match[str]) -> Note:
    """“Ghi chú 3: …” says itself that it is a note: any words will do, but only plain ones give numbers."""
    start = said_so.start("words")
    part = text.part(start, len(text.said))
    inside = mentions.within(start, len(text.said))
    counts = not _is_doubtful(part)
    return Note(
        read_targets(said_so["what"]),
        _words(part),
        inside.links,
        inside.papers,
        _results(inside) if counts else (),
    )


def _openings(text: Typed, found: Sequence[Token]) -> list[Token]:
    """The numbers that begin a part; any later number that does not is one of its words."""
    numbers = [token for token in found if token.targets]
    if not numbers or any(Everything() in token.targets for token in numbers):
        return []
    later = [token for token in numbers[1:] if _opens(text, token)]
    is_first = not any(sign in text.plain[: numbers[0].start] for sign in (AMOUNT, LINK, PAPER))
    return [numbers[0], *later] if is_first else []


def _opens(text: Typed, token: Token) -> bool:
    follows = text.plain[token.end :]
    if re.match(r" ?[ALP]", follows):
        return True
    return bool(FRESH.search(text.plain[: token.start]) and OPENS.match(follows))


def _leads_up(lead: Typed) -> bool:
    if PLACES.search(lead.plain):
        return False
    return is_empty(lead) or (bool(LEADS_UP.search(lead.plain)) and not could_take_it_back(lead))


def _of_part(
    text: Typed, mentions: Mentions, found: Sequence[Token], head: Token, end: int, today: date
) -> Note | None:
    rest = text.part(head.end, end)
    inside = mentions.within(head.end, end)
    others = [token for token in found if head.end <= token.start < end]
    proof = _proof(inside)
    if not _may_stand(text, mentions, others, proof[0] if proof else None, end) or _is_doubtful(rest):
        return None
    if not _tells(rest, proof, head.end, others) or not _has_happened(inside, today):
        return None
    return Note(head.targets, _words(rest), inside.links, inside.papers, _results(inside))


def _tells(rest: Typed, proof: Sequence[int], start: int, others: Sequence[Token]) -> bool:
    """Counts, links or papers right behind the number, or after a colon with words before them; or “: đã …” alone."""
    if not proof:
        told = TOLD.match(rest.plain)
        plainly = re.match(r"\W*(?:đã|da)(?!\w)", rest.said.lower())
        return bool(told and plainly)
    before = rest.part(0, proof[0] - start)
    is_order = (
        ORDERS.search(rest.plain) and re.search(r"[a-z]", before.plain) and "đã" not in before.said.lower()
    )
    follows = _is_padding(before) or re.match(r"\s*[:–-]", rest.plain)
    return bool(follows) and not is_order


def _may_stand(
    text: Typed, mentions: Mentions, others: Sequence[Token], first_proof: int | None, end: int
) -> bool:
    """Every verb and number in a part is one of its words, and says nothing of another obligation."""
    return all(_is_word(text, mentions, token, others, first_proof, end) for token in others)


def _is_word(
    text: Typed,
    mentions: Mentions,
    token: Token,
    others: Sequence[Token],
    first_proof: int | None,
    end: int,
) -> bool:
    follows = text.plain[token.end : end]
    match token.verb:
        case None:  # “trên 2 báo”, but no “, 2” and no “#A3”
            return (
                all(isinstance(target, Position) for target in token.targets)
                and re.match(r" ?[a-z]", follows) is not None
            )
        case Verb.NO_OBSTACLE:
            return True
        case Verb.MAYBE:
            return DID.match(text.plain, token.start) is not None
        case Verb.DELIVERED:
            return _goes_along(text, mentions, token.end)
        case Verb.GIVE:  # “họp giao ban”
            return NO_GIVING.match(text.plain, token.start) is not None
        case Verb.SHOW | Verb.APPROVE:  # “nội dung”, “thông qua”
            is_after = first_proof is not None and token.start > first_proof
            return is_after and not any(other.targets for other in others if other.start > token.start)
        case _:
            return False


REPORTING = re.compile(r"[^:\n]*(?<!\w)(?:ket qua|so lieu|bao cao)(?: [^\W\d]+){0,6}:")


def _without_number(text: Typed, mentions: Mentions, found: Sequence[Token], today: date) -> tuple[Note, ...]:
    """“4 tin, 2 bài”, a link or a paper alone, or with its number behind: nothing else may be said."""
    numbers = [token for token in found if token.targets]
    end = numbers[0].start if numbers else len(text.said)
    if len(numbers) > 1 or (numbers and not is_empty(text.part(numbers[0].end, len(text.said)))):
        return ()
    lead = REPORTING.match(text.plain)
    start = lead.end() if lead and not could_take_it_back(text.part(0, lead.end())) else 0
    before, inside = text.part(start, end), mentions.within(start, end)
    verbs = [token for token in found if token.verb]
    is_plain = _is_padding(before) and not _is_doubtful(before) and "?" not in text.plain
    if not is_plain or not _may_stand(text, mentions, verbs, None, end) or not _has_happened(inside, today):
        return ()
    targets = numbers[0].targets if numbers else ()
    if (
        SEND.search(before.plain)
        or not _proof(inside)
        or Everything() in targets
        or not (targets or _speaks(inside))
    ):
        return ()
    return (Note(targets, "", inside.links, inside.papers, _results(inside)),)


def _speaks(inside: Mentions) -> bool:
    return bool(inside.links or inside.papers) or any(what in SPEAKS_FOR_ITSELF for what, _ in inside.amounts)


def _proof(inside: Mentions) -> list[int]:
    """Where the links, papers and counts of results stand."""
    return sorted(
        each.start
        for each in inside.all
        if each.sign in (LINK, PAPER)
        or (each.sign == AMOUNT and isinstance(each.what, tuple) and each.what[0] not in NO_RESULTS)
    )


def _results(inside: Mentions) -> tuple[tuple[str, int], ...]:
    return tuple((what, count) for what, count in inside.amounts if what not in NO_RESULTS)


def _has_happened(inside: Mentions, today: date) -> bool:
    days = [each.what.gone(today) for each in inside.of(DAY) if isinstance(each.what, DaySaid)]
    return all(day is not None and day >= today - REACHES_BACK for day in days)


def _is_doubtful(part: Typed) -> bool:
    """It may ask, deny, put off, plan or order."""
    if "?" in part.plain or ASKS.search(part.said.lower()) or PLANNED.search(part.plain):
        return True
    return could_take_it_back(_without(part, HARMLESS))


def _without(part: Typed, pattern: re.Pattern[str]) -> Typed:
    said, plain = part.said, part.plain
    for found in pattern.finditer(part.plain):
        mask = "H" * len(found.group())
        said = said[: found.start()] + mask + said[found.end() :]
        plain = plain[: found.start()] + mask + plain[found.end() :]
    return Typed(said, plain)


def _is_padding(part: Typed) -> bool:
    """Only words that say no more than “we did”, typed with their own accents or with none."""
    bare = _without(part, _WHICH_PERIOD)
    if re.search(r"\d", bare.plain):
        return False
    words = (
        (bare.said[found.start() : found.end()].lower(), found.group()) for found in _words_in(bare.plain)
    )
    return all(said in PADDING or (said.isascii() and plain in _PLAINLY) for said, plain in words)


def _words_in(plain: str) -> Iterator[re.Match[str]]:
    return (found for found in _WORD.finditer(plain) if found.group().islower())


def _words(part: Typed) -> str:
    """What was said beside the counts, as a whole; nothing when the counts say it all. Links are kept by themselves."""
    if _is_padding(part):
        return ""
    said = "".join(letter for letter, plain in zip(part.said, part.plain, strict=True) if plain != LINK)
    return Typed(" ".join(said.split()), said).words(0)
