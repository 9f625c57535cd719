"""Replies: what people write, “xong 2,5” or “việc 4 xin lùi đến 20/6 vì …”, as intents or a question back.

Nothing is recorded on a guess: a text counts as done only if it says so in a known way, with nothing beside it
that could take it back. All else is asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from duties.caution import could_take_it_back, is_courtesy, is_empty
from duties.chat_orders import read_chat_order
from duties.deadline import Offset
from duties.file_orders import read_file_order
from duties.intents import (
    Approve,
    AskExtension,
    Done,
    Doubtful,
    Everything,
    GiveTo,
    InProgress,
    Intent,
    MaybeDone,
    NotApplicable,
    Note,
    NotOurs,
    NotYet,
    Obstacle,
    Position,
    Refuse,
    Reply,
    SendBack,
    ShowItem,
    Snooze,
    Unclear,
)
from duties.mentions import (
    AMOUNT,
    DAY,
    LENGTH,
    LINK,
    PAPER,
    DaySaid,
    Mention,
    Mentions,
    Typed,
    set_aside,
    typed,
)
from duties.notes import read_notes
from duties.office_orders import read_office_order
from duties.orders import expand_command, read_order, read_row_order
from duties.policy_orders import read_policy_order
from duties.report_orders import read_report_order
from duties.sending_orders import read_sending_order
from duties.spoken import SAYS_DONE, Clause, clauses_of
from duties.unit_orders import read_dated_rename, read_unit_order
from duties.verbs import Token, Verb, tokens
from duties.web_orders import read_web_order

CLAIMS_REACH_BACK = timedelta(days=60)
CONNECTS = re.compile(r"[\s,;.:-]*(?:(?<!\w)(?:va|con|nhung|rieng|the|thi|dong thoi)(?!\w)[\s,;.:-]*)*$")
TO_UNIT = re.compile(r"^(?:(?:cho|sang|qua|về|ve|lại|lai) )+", re.IGNORECASE)
OTHER_XONG = re.compile(r"x[òóỏõọôồốổỗộơờớởỡợ]n[gq]")
LEADS_TO_DAY = re.compile(r"(?:[ ,:-]|(?:vao|tu|hom|ngay|luc|roi|a)(?!\w))*")
# “Được không ạ?” is courtesy: what is asked for is asked for
IF_IT_MAY_BE = re.compile(
    r"[ ,]*(?<!\w)(?:(?:co )?duoc )?(?:khong|ko|k|hong)(?: (?:a|ak|em|anh|chi|vay|oi|nhi|ban|vp))*[ ?.!]*$"
)
BECAUSE = re.compile(
    r"(?:[\s,;.:-]|(?<!\w)(?:vi|do|ly do|li do|la|voi ly do|tai|boi|nhe|a|roi|den|toi|sang|qua(?= ngay)|ngay|het)(?!\w))*"
)


def read_reply(text: str, today: date) -> Reply:
    """What the sender of `text` wants; every text has an answer."""
    said = typed(text)
    # “nhắc văn phòng sau 3 ngày” before “nhắc văn phòng …”, “/word quý 2” before commands that nobody knows
    order = (
        read_row_order(said)
        or read_chat_order(said)
        or read_web_order(said)
        or read_file_order(said)
        or read_policy_order(said, today)
        or read_sending_order(said, today)
        or read_report_order(said)
        or read_dated_rename(said, today)
        or read_unit_order(said, today)
        or read_order(said)
        or read_office_order(said, today)
    )
    if order is not None:
        return Reply((order,))
    whole = expand_command(said)
    return Reply(_in_parts(whole, today) or _intents(*set_aside(whole, today), today))


def is_understood(text: str, today: date) -> bool:
    """Whether it says something that can be carried out."""
    return not any(isinstance(intent, Unclear) for intent in read_reply(text, today).intents)


DENIES = re.compile(
    r"(?:da |thua |hien )*(?:khong|ko|k|chua|chang)(?: (?:co|gap|thay))?(?: (?:gi|vuong mac|vuong|kho khan|tin|bai|lien ket|van ban|so lieu|nao|het|ca|them|a|nhe))*[ .!,]*"
)


def denies(text: str) -> bool:
    """“Không”, “không có”: all that a question about more is answered with."""
    return DENIES.fullmatch(typed(text).plain) is not None


def _in_parts(text: Typed, today: date) -> tuple[Intent, ...]:
    """“Xong 1⏎2: 4 tin”: with a note in it each line speaks for itself, if every one does and of something else."""
    parts = [typed(part) for part in re.split(r"[\n;]", text.said) if part.strip()]
    if len(parts) < 2:
        return ()
    read = [intent for part in parts for intent in _intents(*set_aside(part, today), today)]
    told = [
        intent for intent in read if isinstance(intent, Note | Done | InProgress | Obstacle | AskExtension)
    ]
    named = [target for intent in told for target in intent.targets]
    speaks = len(told) == len(read) and all(intent.targets for intent in told)
    is_clear = speaks and len(named) == len(set(named)) and Everything() not in named
    return tuple(told) if is_clear and any(isinstance(intent, Note) for intent in told) else ()


def _intents(text: Typed, mentions: Mentions, today: date) -> tuple[Intent, ...]:
    found = _without_assent(text, tokens(text.plain))
    notes = read_notes(text, mentions, found, today)
    if notes:
        return notes
    clauses = clauses_of(text, found)
    if clauses is None:
        return (_not_quite(text, found),)
    if not clauses:
        return (_without_verb(text, found),)
    intents = [_intent(text, mentions.within(clause.lead, clause.end), clause, today) for clause in clauses]
    # one part not understood may change what another part means: then nothing is recorded
    doubtful = [intent for intent in intents if isinstance(intent, Unclear)]
    if _contradicts_itself(intents, found) or _names_by_a_count(intents, mentions):
        return (Unclear(Doubtful.WHICH_MEANS_WHAT, text.said),)
    return tuple(doubtful[:1] or dict.fromkeys(intents))


def _not_quite(text: Typed, found: Sequence[Token]) -> Intent:
    """“Xong 2 nhưng chưa gửi” speaks of one thing, and that is asked about; of several it is not clear which is which."""
    named = {target for token in found for target in token.targets}
    says_done = any(token.verb in SAYS_DONE for token in found)
    if says_done and len(named) == 1 and Everything() not in named:
        return MaybeDone(tuple(named))
    return Unclear(Doubtful.WHICH_MEANS_WHAT, text.said)


def _contradicts_itself(intents: Sequence[Intent], found: Sequence[Token]) -> bool:
    """“Xong 2, 2 chưa xong”: what is done is spoken of twice, or with everything else."""
    done = {target for intent in intents if isinstance(intent, Done) for target in intent.targets}
    named = Counter(target for token in found for target in token.targets)
    unfinished = any(
        isinstance(intent, NotYet | MaybeDone | InProgress) and not intent.targets for intent in intents
    )
    return bool(done) and (
        unfinished
        or any(named[target] > 1 for target in done)
        or (Everything() in named and Everything() not in done)
    )


def _names_by_a_count(intents: Sequence[Intent], mentions: Mentions) -> bool:
    """“Xong 2, chưa xong 2 việc A12”: the second may be a count, or the very number that is called done."""
    done = {target for intent in intents if isinstance(intent, Done) for target in intent.targets}
    counted = {Position(int(count)) for what, count in mentions.amounts if what == "việc"}
    return bool(done & counted) and not all(isinstance(intent, Done) for intent in intents)


def _without_assent(text: Typed, found: Sequence[Token]) -> list[Token]:
    """“Ok xong 2”: beside another verb the “ok” says nothing. “Xông”, “xống”, the “dạ” of “dạ báo cáo” are other words."""
    found = [
        token for token in found if not _is_another_word(text.said[token.start : token.end].lower(), token)
    ]
    if not any(token.verb not in (None, Verb.MAYBE) for token in found):
        return list(found)
    return [token for token in found if not text.plain.startswith("ok", token.start)]


def _is_another_word(said: str, token: Token) -> bool:
    is_yes = token.verb in (Verb.DELIVERED, Verb.MAYBE) and said.startswith("dạ")
    return is_yes or OTHER_XONG.search(said) is not None


def _without_verb(text: Typed, found: Sequence[Token]) -> Intent:
    """Numbers alone mean: show me these. A verb far from its number is asked about."""
    targets = tuple(target for token in found for target in token.targets)
    if targets and any(token.verb in SAYS_DONE or token.verb is Verb.MAYBE for token in found):
        return MaybeDone(targets)
    bare = _without_tokens(text, found)
    asks = is_empty(bare) or ASKS_ABOUT.fullmatch(" ".join(bare.plain.strip(" ?.,:").split()))
    if targets and asks and Everything() not in targets and not any(token.verb for token in found):
        return ShowItem(targets)
    return Unclear(Doubtful.NOTHING, text.said)


ASKS_WHO = re.compile(r"(?<!\w)ai(?!\w)")
_WHEN = r"(?: ?(?:la )?(?:viec )?(?:gi|nao|the nao|khi nao|bao gio|ngay nao|ngay may|den ngay nao|ra sao))"
ASKS_ABOUT = re.compile(
    rf"(?:cho (?:em |toi )?(?:hoi|xem) )?(?:cai |con )?(?:(?:han|thoi han){_WHEN}*|{_WHEN}+)(?: vay| a| the)?"
)
NEW_DUE = re.compile(
    r"[\s,;]*(?<!\w)han moi(?: (?:la|den|ngay))* D+[\s.]*$"
)  # a day that was read is masked as D
# “Rút đề nghị gia hạn 1” asks for nothing any more; “duyệt gia hạn 1 chưa?” only wants to know
CONDITION = re.compile(r"(?<!\w)(?:nhung|tru|voi dieu kien|neu)(?!\w)")
OF_UNIT = re.compile(
    r"(?: (?:het|tat ca|cac|nhung|viec|bao cao|phan))*(?: cua)? (?P<unit>(?:phong|ban|trung tam|van phong|chi cuc|thanh tra) \S.*?)[ .!]*"
)
SENTENCE_END = re.compile(r"[\n;]|\.(?= |$)")
WITHDRAWS = re.compile(r"(?<!\w)(?:rut|huy|bo|thoi|thu hoi)(?!\w)")
ASKS_WHETHER = re.compile(
    r"(?<!\w)(?:chua|khi nao|bao gio)(?: (?:a|ak|em|anh|chi|vay|the|oi|nhi|ban|bot))*[ ?.!]*$"
)


def _without_tokens(text: Typed, found: Sequence[Token]) -> Typed:
    for token in found[::-1]:
        text = Typed(
            text.said[: token.start] + text.said[token.end :],
            text.plain[: token.start] + text.plain[token.end :],
        )
    return text


def _intent(text: Typed, mentions: Mentions, clause: Clause, today: date) -> Intent:
    if clause.verb is Verb.EXTEND and WITHDRAWS.search(text.plain, clause.lead, clause.start):
        return Unclear(Doubtful.TAKES_BACK, text.said)
    if clause.verb not in SAYS_DONE and could_take_it_back(text.part(clause.lead, clause.start)):
        return Unclear(Doubtful.NOTHING, text.said)
    match clause.verb:
        case Verb.DONE | Verb.DELIVERED:
            return _done(text, mentions, clause, today)
        case Verb.DOING | Verb.NEARLY:
            asked = "?" in _rest(text, clause).plain
            return MaybeDone(clause.targets) if asked else InProgress(clause.targets, _note(text, clause))
        case Verb.NOT_YET:
            return NotYet(clause.targets)
        case Verb.MAYBE:
            return MaybeDone(clause.targets)
        case Verb.CLEARED:
            asked = _ends_with_question(text, clause)
            return Unclear(words=text.said) if asked else Obstacle(clause.targets, is_over=True)
        case Verb.OBSTACLE:
            return Obstacle(clause.targets, _reason(text, clause.after, clause.end))
        case Verb.EXTEND:
            return _extension(text, mentions, clause, today)
        case Verb.NOT_OURS:
            return NotOurs(clause.targets, _reason(text, clause.after, clause.end))
        case Verb.UNSNOOZE:
            return Snooze(clause.targets, is_over=True)
        case Verb.SNOOZE:
            wanted = _wanted(mentions, today)
            return Snooze(clause.targets, wanted[1]) if wanted else Snooze(clause.targets)
        case Verb.SHOW:
            return ShowItem(clause.targets)
        case _:
            return _ruling(text, mentions, clause, today)


def _rest(text: Typed, clause: Clause) -> Typed:
    """What follows the verb and its targets, without the word that leads on to the next clause."""
    rest = text.part(clause.after, clause.end)
    joint = CONNECTS.search(rest.plain)
    return rest.part(0, joint.start() if joint else len(rest.plain))


def _note(text: Typed, clause: Clause) -> str:
    """The words that came with it, without the links, which are kept by themselves."""
    rest = _rest(text, clause)
    said = "".join(letter for letter, plain in zip(rest.said, rest.plain, strict=True) if plain != LINK)
    has_more = not is_empty(rest) or any(sign in rest.plain for sign in (PAPER, AMOUNT, DAY))
    return Typed(" ".join(said.split()), said).words(0) if has_more else ""


def _done(text: Typed, mentions: Mentions, clause: Clause, today: date) -> Intent:
    lead, rest = text.part(clause.lead, clause.start), _rest(text, clause)
    if not _leads_safely(lead) or could_take_it_back(rest) or _ends_with_question(text, clause):
        return MaybeDone(clause.targets)
    is_plain = clause.verb is Verb.DONE and clause.targets
    if not is_plain and not is_empty(_without_proof(rest)):
        return MaybeDone(clause.targets)
    days = [mention.what.gone(today) for mention in mentions.of(DAY) if isinstance(mention.what, DaySaid)]
    if any(day is None or day < today - CLAIMS_REACH_BACK for day in days):
        return MaybeDone(clause.targets)
    return Done(
        clause.targets,
        note=_note(text, clause),
        links=mentions.links,
        documents=mentions.papers,
        quantities=mentions.amounts,
        claimed_on=_claimed_on(mentions, clause, days, text),
    )


def _ends_with_question(text: Typed, clause: Clause) -> bool:
    """Up to the end of its sentence: “xong 2 còn 3 đang làm?” asks about both."""
    fresh = SENTENCE_END.search(text.plain, clause.after)
    return "?" in text.plain[clause.lead : max(clause.end, fresh.start() if fresh else len(text.plain))]


def _without_proof(rest: Typed) -> Typed:
    """“Đã gửi báo cáo, kết quả”: what is handed in says no more than that it was."""
    return Typed(
        rest.said,
        re.sub(
            r"(?<!\w)(?:ket qua|van ban|san pham|minh chung|file|tep|day du|vp|email|mail|qua)(?!\w)",
            "a",
            rest.plain,
        ),
    )


def _leads_safely(lead: Typed) -> bool:
    """Nothing, courtesy, or who reports: “Phòng Kế hoạch - Tài chính xin báo cáo: …”."""
    if is_empty(lead):
        return True
    if ASKS_WHO.search(lead.plain):
        return False
    reports = re.search(r"(?<!\w)(?:bao cao|thong bao|bao)(?: \w+){0,3}[:,. ]*$|:\s*$", lead.plain)
    return bool(reports) and not could_take_it_back(lead)


def _claimed_on(mentions: Mentions, clause: Clause, days: Sequence[date | None], text: Typed) -> date | None:
    """The day right after “xong 2”; a day further on belongs to the note."""
    said = mentions.of(DAY)
    if not said or said[0].start < clause.after:
        return None
    return days[0] if LEADS_TO_DAY.fullmatch(text.plain, clause.after, said[0].start) else None


def _extension(text: Typed, mentions: Mentions, clause: Clause, today: date) -> Intent:
    if ASKS_WHETHER.search(text.plain, clause.after, clause.end):
        return Unclear(Doubtful.NOTHING, text.said)
    polite = IF_IT_MAY_BE.search(text.plain, clause.after, clause.end)
    end = polite.start() if polite else clause.end
    wanted = _wanted(mentions, today)
    if wanted is None:
        return AskExtension(clause.targets, None, _reason(text, clause.after, end))
    mention, day = wanted
    if day is None:
        return Unclear(Doubtful.WHICH_DAY, text.said)
    after = _reason(text, max(mention.end, clause.after), end)
    return AskExtension(clause.targets, day, after or _reason(text, clause.after, mention.start))


def _wanted(mentions: Mentions, today: date) -> tuple[Mention, date | Offset | None] | None:
    """The day or the length asked for; of “từ 15/6 sang 20/6” the latter. A day that does not exist is None."""
    days = mentions.of(DAY)
    if days:
        chosen = days[1] if len(days) == 2 and days[1].start - days[0].end <= len(" sang ngay ") else days[0]
        assert isinstance(chosen.what, DaySaid)
        return chosen, chosen.what.coming(today)
    lengths = mentions.of(LENGTH)
    if lengths and isinstance(lengths[0].what, Offset):
        return lengths[0], lengths[0].what
    return None


def _reason(text: Typed, start: int, end: int) -> str:
    """The words there without “vì”, “do”, loose punctuation and courtesy alone."""
    if start >= end:
        return ""
    part = text.part(start, end)
    begins = BECAUSE.match(part.plain)
    part = part.part(begins.end() if begins else 0, len(part.said))
    joint = CONNECTS.search(part.plain)
    part = part.part(0, joint.start() if joint else len(part.said))
    return "" if is_courtesy(part) else part.words(0)


def _approval(text: Typed, clause: Clause) -> Intent:
    """“Duyệt 1 nhưng phải bổ sung” approves on a condition: that is asked back; “duyệt hết của Phòng …” is of one unit."""
    rest = text.part(clause.after, clause.end)
    if (
        _ends_with_question(text, clause)
        or could_take_it_back(rest)
        or CONDITION.search(text.plain, clause.after)
    ):
        return Unclear(Doubtful.NOTHING, text.said)
    whose = OF_UNIT.fullmatch(rest.plain)
    if whose is None or (clause.targets and Everything() not in clause.targets):
        return Approve(clause.targets)
    return Approve((Everything(),), rest.said[whose.start("unit") : whose.end("unit")])


def _sent_back(text: Typed, mentions: Mentions, clause: Clause, today: date) -> Intent:
    """The new due date that stands at the end is no part of the reason."""
    wanted = _wanted(mentions, today)
    until = NEW_DUE.search(text.plain, clause.after, clause.end)
    reason = _reason(text, clause.after, until.start() if until else clause.end)
    return SendBack(clause.targets, reason, wanted[1] if wanted and isinstance(wanted[1], date) else None)


def _ruling(text: Typed, mentions: Mentions, clause: Clause, today: date) -> Intent:
    reason = _reason(text, clause.after, clause.end)
    match clause.verb:
        case Verb.APPROVE:
            return _approval(text, clause)
        case Verb.SEND_BACK:
            return _sent_back(text, mentions, clause, today)
        case Verb.REFUSE:
            return Refuse(clause.targets, reason)
        case Verb.DISMISS:
            return NotApplicable(clause.targets, reason)
        case Verb.GIVE if unit := TO_UNIT.sub("", reason):
            return GiveTo(clause.targets, unit)
        case _:
            return Unclear(Doubtful.NOTHING, text.said)
