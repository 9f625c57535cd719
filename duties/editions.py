"""Editions of a plan: which duty of the new text is which of the old, what changed in it, what is new and what is gone."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import normalize

from rapidfuzz import fuzz

from duties.spelling import fold

# of two readings of one sentence so much agrees; without the same code it has to be more
SURE, SURE_WITH_CODE, MAYBE = 88.0, 70.0, 55.0
CLEAR_OF_SECOND = 6.0
SAME_CODE = 5.0


class Part(StrEnum):
    """What of a duty may change, in the order it is shown."""

    CODE = "code"
    CONTENT = "content"
    FORMS = "forms"
    DELIVERABLES = "deliverables"
    LEADS = "leads"
    PARTNERS = "partners"
    PHRASE = "phrase"
    HEADING = "heading"
    RECEIVER = "receiver"
    NOTES = "notes"


@dataclass(frozen=True)
class Named:
    """A unit as an edition prints it; `key` is the same for two spellings of one unit."""

    printed: str
    key: str
    bullets: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.printed} (ý {', '.join(map(str, self.bullets))})" if self.bullets else self.printed


@dataclass(frozen=True)
class Version:
    """A duty as one edition has it."""

    id: int
    code: str
    content: str
    forms: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    leads: tuple[Named, ...] = ()
    partners: tuple[Named, ...] = ()
    phrase: str = ""
    heading: str = ""
    receiver: str = ""
    notes: str = ""


@dataclass(frozen=True)
class PartChanged:
    """One part of a duty in both texts, as it is shown; empty where one has none."""

    part: Part
    before: str
    after: str


@dataclass(frozen=True)
class Pair:
    """A duty of the new text with the one it was; nothing changed: it is the same."""

    new: Version
    old: Version
    changed: tuple[PartChanged, ...] = ()


@dataclass(frozen=True)
class Unsure:
    """A duty of the new text that may be one of several, or one that is only somewhat like it: the office is asked."""

    new: Version
    maybe: tuple[Version, ...]


@dataclass(frozen=True)
class Comparison:
    """A new edition beside the plan in force; `gone` are the duties that it does not name."""

    pairs: tuple[Pair, ...] = ()
    new: tuple[Version, ...] = ()
    gone: tuple[Version, ...] = ()
    unsure: tuple[Unsure, ...] = ()

    @property
    def same(self) -> tuple[Pair, ...]:
        """Those that say what they said."""
        return tuple(pair for pair in self.pairs if not pair.changed)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Those of which a part is otherwise."""
        return tuple(pair for pair in self.pairs if pair.changed)

    @property
    def names_few(self) -> bool:
        """It may hold only what is changed: a third and more of the plan in force is not in it."""
        return len(self.gone) * 3 > len(self.pairs) + len(self.unsure) + len(self.gone)


@dataclass
class _Matching:
    old: dict[int, Version]
    new: dict[int, Version]
    pairs: list[tuple[Version, Version]] = field(default_factory=list)

    def pair(self, new: Version, old: Version) -> None:
        self.pairs.append((self.new.pop(new.id), self.old.pop(old.id)))


def compare(
    old: Sequence[Version], new: Sequence[Version], said: Mapping[int, int | None] | None = None
) -> Comparison:
    """What the new text makes of the old; `said` is the office's word: new id → old id, None for a duty that is new."""
    said = said or {}
    matching = _Matching({each.id: each for each in old}, {each.id: each for each in new})
    for new_id, old_id in said.items():
        if new_id in matching.new and old_id in matching.old:
            matching.pair(matching.new[new_id], matching.old[old_id])
    fresh = [matching.new.pop(id) for id, was in said.items() if was is None and id in matching.new]
    for alike in (_code_and_words, _words):
        _pair_equals(matching, alike)
    unsure = _pair_near(matching)
    doubtful = {each.new.id for each in unsure}
    fresh += [each for each in matching.new.values() if each.id not in doubtful]
    order = {each.id: place for place, each in enumerate(new)}
    pairs = sorted(matching.pairs, key=lambda pair: order[pair[0].id])
    return Comparison(
        tuple(Pair(one, other, changes(other, one)) for one, other in pairs),
        tuple(sorted(fresh, key=lambda each: order[each.id])),
        tuple(matching.old.values()),
        tuple(unsure),
    )


def _code_and_words(version: Version) -> tuple[str, ...]:
    return fold(version.code), *_words(version)


def _words(version: Version) -> tuple[str, ...]:
    return (_compared(version.content),)


def _compared(content: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", fold(content)).split())


def _pair_equals(matching: _Matching, alike: Callable[[Version], tuple[str, ...]]) -> None:
    """Those of one text; as many of it before as now are taken in their order, else nobody knows which is which."""
    before, now = _grouped(matching.old.values(), alike), _grouped(matching.new.values(), alike)
    for key, found in now.items():
        if len(before.get(key, ())) == len(found):
            for one, other in zip(found, before[key], strict=True):
                matching.pair(one, other)


def _grouped(
    versions: Iterable[Version], alike: Callable[[Version], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Version]]:
    groups: dict[tuple[str, ...], list[Version]] = {}
    for each in versions:
        groups.setdefault(alike(each), []).append(each)
    return groups


@dataclass(frozen=True)
class _Near:
    likeness: float
    new: Version
    old: Version

    @property
    def is_sure(self) -> bool:
        """Under another code a sentence with another number in it may well be another duty."""
        if _same_code(self.new, self.old):
            return self.likeness >= SURE_WITH_CODE + SAME_CODE
        return self.likeness >= SURE and _numbers(self.new) == _numbers(self.old)


def _pair_near(matching: _Matching) -> list[Unsure]:
    """The most alike first, where nothing else on either side is nearly as like; what is left in doubt."""
    near = _near(matching)
    while found := next((each for each in near if each.is_sure and _is_clear(each, near)), None):
        matching.pair(found.new, found.old)
        near = [each for each in near if each.new.id != found.new.id and each.old.id != found.old.id]
    return [
        Unsure(new, tuple(each.old for each in near if each.new.id == new.id)[:4])
        for new in matching.new.values()
        if any(each.new.id == new.id for each in near)
    ]


def _near(matching: _Matching) -> list[_Near]:
    old = [(each, _compared(each.content)) for each in matching.old.values()]
    found = []
    for one in matching.new.values():
        words = _compared(one.content)
        for other, its in old:
            same = SAME_CODE if _same_code(one, other) else 0.0
            likeness = fuzz.ratio(words, its, score_cutoff=MAYBE - same)
            if likeness:
                found.append(_Near(likeness + same, one, other))
    return sorted(found, key=lambda each: -each.likeness)


def _numbers(version: Version) -> list[str]:
    return re.findall(r"\d+", version.content)


def _same_code(one: Version, other: Version) -> bool:
    return bool(one.code) and fold(one.code) == fold(other.code)


def _is_clear(near: _Near, others: Sequence[_Near]) -> bool:
    rivals = (each for each in others if (each.new.id == near.new.id) != (each.old.id == near.old.id))
    return all(near.likeness - each.likeness >= CLEAR_OF_SECOND for each in rivals)


def changes(old: Version, new: Version) -> tuple[PartChanged, ...]:
    """Where two editions of one duty differ; spaces, capitals and the spelling of a known unit are no difference."""
    texts = [
        (Part.CODE, old.code, new.code),
        (Part.CONTENT, old.content, new.content),
        (Part.FORMS, "; ".join(old.forms), "; ".join(new.forms)),
        (Part.DELIVERABLES, "; ".join(old.deliverables), "; ".join(new.deliverables)),
        (Part.PHRASE, old.phrase, new.phrase),
        (Part.HEADING, old.heading, new.heading),
        (Part.RECEIVER, old.receiver, new.receiver),
        (Part.NOTES, old.notes, new.notes),
    ]
    found = [PartChanged(part, was, now) for part, was, now in texts if _plain(was) != _plain(now)]
    # an edition that prints no unit takes none away: who leads goes on
    if new.leads and _keys(old.leads) != _keys(new.leads):
        found.append(PartChanged(Part.LEADS, _listed(old.leads), _listed(new.leads)))
    if _keys(old.partners) != _keys(new.partners):
        found.append(PartChanged(Part.PARTNERS, _listed(old.partners), _listed(new.partners)))
    return tuple(sorted(found, key=lambda each: list(Part).index(each.part)))


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().replace("–", "-").split()).strip(" .;")


def _keys(named: Sequence[Named]) -> set[tuple[str, tuple[int, ...]]]:
    return {(each.key, each.bullets) for each in named}


def _listed(named: Sequence[Named]) -> str:
    return "; ".join(map(str, named))


_CHANGES = re.compile(r"(?:dieu chinh|sua doi|thay the|bo sung)\b")
_BEFORE = re.compile(r"(?:(?:ban hanh|ve viec|ve|v/v|ke hoach|quyet dinh)[ :]+)*")
_NUMBERED = re.compile(r"(?:ke hoach|chuong trinh)\s+so\s*:?\s*(?P<number>\d+\s*[/-]?\s*[\w&/.-]*)")


@dataclass(frozen=True)
class Announced:
    """What a title says of itself: that it changes the plan of a number, and whether it only adds to it."""

    number: str = ""
    adds_only: bool = False


def announced(title: str) -> Announced | None:
    """“Điều chỉnh, bổ sung Kế hoạch số 485/KH-STTTT …”; None where the title says nothing of another plan."""
    plain = fold(title)
    says = _CHANGES.search(plain)
    if not says or not _BEFORE.fullmatch(plain[: says.start()]):
        return None
    found = _NUMBERED.search(plain)
    number = found["number"].replace(" ", "").upper() if found else ""
    adds_only = says.group() == "bo sung" and not re.search(
        r"dieu chinh|sua doi|thay the", plain[says.start() : says.end() + 20]
    )
    return Announced(number, adds_only)


def is_number(said: str, number: str) -> bool:
    """Whether “485” or “485/KH” means the plan “485/KH-STTTT”."""
    wanted, whole = (fold(each).replace(" ", "") for each in (said, number))
    return bool(wanted) and bool(re.match(rf"{re.escape(wanted)}(?!\d)", whole))


def is_like_titled(one: str, other: str) -> bool:
    """Whether two titles say the same but for a slip or two; a blank one is like none."""
    return bool(one and other) and fuzz.ratio(_compared(one), _compared(other)) >= SURE
