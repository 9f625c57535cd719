"""One clause of a reply, its verb with what stands around it, as what its sender wants."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from duties.caution import could_take_it_back, is_courtesy, is_empty
from duties.deadline import Offset
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
    NotOurs,
    NotYet,
    Obstacle,
    Refuse,
    SendBack,
    ShowItem,
    Snooze,
    Unclear,
)
from duties.mentions import AMOUNT, DAY, LENGTH, LINK, PAPER, DaySaid, Mention, Mentions, Typed
from duties.spoken import SAYS_DONE, Clause
from duties.verbs import Verb

CLAIMS_REACH_BACK = timedelta(days=60)
SENTENCE_END = re.compile(r"[\n;]|\.(?= |$)")
CONNECTS = re.compile(r"[\s,;.:-]*(?:(?<!\w)(?:va|con|nhung|rieng|the|thi|dong thoi)(?!\w)[\s,;.:-]*)*$")
BECAUSE = re.compile(
    r"(?:[\s,;.:-]|(?<!\w)(?:vi|do|ly do|li do|la|voi ly do|tai|boi|nhe|a|roi|den|toi|sang|qua(?= ngay)|ngay|het)(?!\w))*"
)
LEADS_TO_DAY = re.compile(r"(?:[ ,:-]|(?:vao|tu|hom|ngay|luc|roi|a)(?!\w))*")
ASKS_WHO = re.compile(r"(?<!\w)ai(?!\w)")
# “Được không ạ?” is courtesy: what is asked for is asked for
IF_IT_MAY_BE = re.compile(
    r"[ ,]*(?<!\w)(?:(?:co )?duoc )?(?:khong|ko|k|hong)(?: (?:a|ak|em|anh|chi|vay|oi|nhi|ban|vp))*[ ?.!]*$"
)
# “Rút đề nghị gia hạn 1” asks for nothing any more; “duyệt gia hạn 1 chưa?” only wants to know
WITHDRAWS = re.compile(r"(?<!\w)(?:rut|huy|bo|thoi|thu hoi)(?!\w)")
ASKS_WHETHER = re.compile(
    r"(?<!\w)(?:chua|khi nao|bao gio)(?: (?:a|ak|em|anh|chi|vay|the|oi|nhi|ban|bot))*[ ?.!]*$"
)
CONDITION = re.compile(r"(?<!\w)(?:nhung|tru|voi dieu kien|neu)(?!\w)")
OF_UNIT = re.compile(
    r"(?: (?:het|tat ca|cac|nhung|viec|bao cao|phan))*(?: cua)? (?P<unit>(?:phong|ban|trung tam|van phong|chi cuc|thanh tra) \S.*?)[ .!]*"
)
# a day that was read is masked as D
NEW_DUE = re.compile(r"[\s,;]*(?<!\w)han moi(?: (?:la|den|ngay))* D+[\s.]*$")
TO_UNIT = re.compile(r"^(?:(?:cho|sang|qua|về|ve|lại|lai) )+", re.IGNORECASE)


def clause_intent(text: Typed, mentions: Mentions, clause: Clause, today: date) -> Intent:
    """What `clause` of `text` wants; `mentions` are those within it. Whatever is not plain is asked back."""
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
