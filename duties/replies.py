"""Replies: what people write, “xong 2,5” or “việc 4 xin lùi đến 20/6 vì …”, as intents or a question back.

Nothing is recorded on a guess: a text counts as done only if it says so in a known way, with nothing beside it
that could take it back. All else is asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from duties.caution import is_empty
from duties.chat_orders import read_chat_order
from duties.clause_intent import clause_intent
from duties.file_orders import read_file_order
from duties.intents import (
    AskExtension,
    Done,
    Doubtful,
    Everything,
    InProgress,
    Intent,
    MaybeDone,
    Note,
    NotYet,
    Obstacle,
    Position,
    Reply,
    ShowItem,
    Unclear,
)
from duties.mentions import Mentions, Typed, set_aside, typed
from duties.notes import read_notes
from duties.office_orders import read_office_order
from duties.orders import expand_command, read_order, read_row_order
from duties.policy_orders import read_policy_order
from duties.report_orders import read_report_order
from duties.sending_orders import read_sending_order
from duties.spoken import SAYS_DONE, clauses_of
from duties.unit_orders import read_dated_rename, read_unit_order
from duties.verbs import Token, Verb, tokens
from duties.web_orders import read_web_order

OTHER_XONG = re.compile(r"x[òóỏõọôồốổỗộơờớởỡợ]n[gq]")
_WHEN = r"(?: ?(?:la )?(?:viec )?(?:gi|nao|the nao|khi nao|bao gio|ngay nao|ngay may|den ngay nao|ra sao))"
ASKS_ABOUT = re.compile(
    rf"(?:cho (?:em |toi )?(?:hoi|xem) )?(?:cai |con )?(?:(?:han|thoi han){_WHEN}*|{_WHEN}+)(?: vay| a| the)?"
)
DENIES = re.compile(
    r"(?:da |thua |hien )*(?:khong|ko|k|chua|chang)(?: (?:co|gap|thay))?(?: (?:gi|vuong mac|vuong|kho khan|tin|bai|lien ket|van ban|so lieu|nao|het|ca|them|a|nhe))*[ .!,]*"
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
    intents = [
        clause_intent(text, mentions.within(clause.lead, clause.end), clause, today) for clause in clauses
    ]
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


def _without_tokens(text: Typed, found: Sequence[Token]) -> Typed:
    for token in found[::-1]:
        text = text.without(token.start, token.end)
    return text
