"""Clauses: which verb of a message goes with which numbers; where that is not clear, nothing is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duties.caution import could_take_it_back, is_empty
from duties.intents import Everything, Targets
from duties.mentions import Typed
from duties.verbs import Token, Verb

# After these every word belongs to the reason, verbs and numbers too.
WITH_REASON = frozenset(
    {Verb.OBSTACLE, Verb.EXTEND, Verb.NOT_OURS, Verb.SEND_BACK, Verb.REFUSE, Verb.DISMISS, Verb.GIVE}
)
SAYS_DONE = frozenset({Verb.DONE, Verb.DELIVERED})
NEEDS_TARGET = frozenset({Verb.SHOW, Verb.GIVE, Verb.MAYBE, Verb.DISMISS})
STANDS_APART = frozenset({Verb.OBSTACLE, Verb.EXTEND, Verb.NOT_OURS})
OF_THE_PLAN = re.compile(r" ?(?:cua|trong) ke hoach(?: nay| [P]+)?[ ,:]*")
FRESH_START = re.compile(r"[\n;]|\.(?= |$)|(?<!\w)(?:con|nhung|rieng)(?!\w)|,")


@dataclass(frozen=True)
class Clause:
    """A verb with what it is about; `lead`…`start` is what led up to it, `after`…`end` what follows it."""

    verb: Verb
    targets: Targets
    lead: int
    start: int
    after: int
    end: int


Head = tuple[Token, Token]


def clauses_of(text: Typed, found: Sequence[Token]) -> list[Clause] | None:
    """The message as clauses; None when a verb or a number in it could belong to more than one."""
    heads = _heads(text, found) or _far_head(text, found)
    if not heads:
        return _lone_clause(text, found)
    used = {token for head in heads for token in head}
    starts = [min(verb.start, about.start) for verb, about in heads]
    ends = [*starts[1:], len(text.said)]
    clauses: list[Clause] = []
    for (verb, about), start, end in zip(heads, starts, ends, strict=True):
        lead = _after_last_break(text, clauses[-1].after, start) if clauses else 0
        left = [
            token for token in found if (start if clauses else 0) <= token.start < end and token not in used
        ]
        if any(not _goes_with(token, verb.verb) for token in left):
            return None
        assert verb.verb is not None
        clauses.append(Clause(verb.verb, about.targets, lead, start, max(verb.end, about.end), end))
    return clauses


def _after_last_break(text: Typed, start: int, end: int) -> int:
    """Where the words that lead up to a later clause begin."""
    return max((match.end() for match in FRESH_START.finditer(text.plain, start, end)), default=start)


def _goes_with(token: Token, verb: Verb | None) -> bool:
    """“Xong 2, đã gửi, đã đăng, không vướng mắc”: said again in other words, or part of a reason."""
    said_again = SAYS_DONE | {Verb.MAYBE}
    return (
        verb in WITH_REASON
        or token.verb in (Verb.NO_OBSTACLE, Verb.CLEARED)
        or (verb is Verb.NOT_YET and token.verb is not None)
        or (verb in SAYS_DONE and token.verb in said_again)
    )


def _heads(text: Typed, found: Sequence[Token]) -> list[Head]:
    """Each verb with the targets right beside it, from the left."""
    heads: list[Head] = []
    at = 0
    while at + 1 < len(found):
        one, other = found[at], found[at + 1]
        is_pair = (one.verb is None) != (other.verb is None) and _touch(text, one, other)
        if is_pair and _may_begin(text, heads, one):
            heads.append((one, other) if one.verb else (other, one))
            at += 2
        else:
            at += 1
    return heads


def _touch(text: Typed, one: Token, other: Token) -> bool:
    between = text.part(one.end, other.start)
    is_of_plan = one.verb is None and OF_THE_PLAN.fullmatch(between.plain) is not None
    return "\n" not in between.plain and (is_of_plan or is_empty(between))


def _may_begin(text: Typed, heads: Sequence[Head], first: Token) -> bool:
    """After a verb with a reason only a fresh start begins something new."""
    if not heads or heads[-1][0].verb not in WITH_REASON:
        return True
    breaks = [
        m.end() for m in FRESH_START.finditer(text.plain, max(token.end for token in heads[-1]), first.start)
    ]
    return bool(breaks) and is_empty(text.part(breaks[-1], first.start))


def _far_head(text: Typed, found: Sequence[Token]) -> list[Head]:
    """“Việc 3 hiện đang gặp vướng mắc …”: one number, and later one verb that records nothing final."""
    if len(found) < 2 or found[0].verb or found[1].verb not in STANDS_APART:
        return []
    between = text.part(found[0].end, found[1].start)
    return [] if could_take_it_back(between) or "\n" in between.plain else [(found[1], found[0])]


def _lone_clause(text: Typed, found: Sequence[Token]) -> list[Clause] | None:
    """A verb without numbers is about what the message answers, or about everything if it says so."""
    verbs = [token for token in found if token.verb and token.verb is not Verb.NO_OBSTACLE]
    if not verbs or verbs[0].verb in NEEDS_TARGET or verbs[0].verb is None:
        return []
    verb, kind = verbs[0], verbs[0].verb
    others = [token for token in found if token is not verb]
    everything = [token for token in others if Everything() in token.targets]
    if any(not _goes_with(token, kind) for token in others if token not in everything):
        return []
    if not is_empty(text.part(0, verb.start)) and not everything:
        return []
    says_all = everything or re.match(r" het(?!\w)", text.plain[verb.end :])
    return [Clause(kind, (Everything(),) if says_all else (), 0, verb.start, verb.end, len(text.said))]
