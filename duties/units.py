"""Known units: their aliases and kinds, collective names, and matching a printed name, never silently."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from duties.plan import DraftPlan, UnitKind
from duties.spelling import fold
from duties.unit_names import is_plural

_SURE = 90.0
_CLEAR_OF_SECOND = 3.0
_NEAR = 75.0
_MOST_NEAR = 3
_SHORT_FORMS = (
    (r"\bvp\b", "van phong"),
    (r"\bp\b\.?", "phong"),
    (r"\btt(?= )", "trung tam"),
    (r"\bbbt\b", "ban bien tap"),
    (r"\bbql\b", "ban quan ly"),
    (r"\bcdcs\b", "cong doan co so"),
    (r"\bcntt\b", "cong nghe thong tin"),
    (r"\bttdt\b", "thong tin dien tu"),
    (r"\btchc\b", "to chuc hanh chinh"),
    (r"\bkhtc\b", "ke hoach tai chinh"),
    (r"\bubnd\b", "uy ban nhan dan"),
)
_OF_THE_HOUSE = re.compile(
    r"\s+(?:(?:cua|thuoc|truc thuoc)\s+)?(?:so|co quan|ban quan ly|bql\w*)\b(?: tinh)?\Z"
)
_OUTSIDE = re.compile(
    r"(?:so(?! \(| qua)|bo(?! phan)|uy ban nhan dan|ubnd|hdnd|hoi dong nhan dan|cong an|kho bac|bao hiem|bao|dai|ngan hang|toa an|"
    r"vien kiem sat|mat tran|ubmttq|tinh uy|thanh uy|huyen uy|chinh phu|thu tuong|quoc hoi|bo chi huy|tinh doan|"
    r"lien doan lao dong|van phong (?:ubnd|uy ban|chinh phu|tinh uy|doan dbqh)|ban tuyen giao|ban to chuc tinh uy|co quan bao chi) ?\w*"
)
_OUTSIDE_PLURAL = re.compile(
    r"\b(?:bao chi|lien quan|so, (?:ban, )?nganh|cac so|bo, nganh|huyen|thi xa|phuong|xa|dia phuong|doanh nghiep|cua tinh|to chuc)\b"
)
_PROVINCE = re.compile(r"(?:uy ban nhan dan|ubnd|chinh phu)\b")


@dataclass(frozen=True)
class KnownUnit:
    """A unit that the office has entered, alive from–to."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    kind: UnitKind = UnitKind.DEPARTMENT
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Unknown:
    """A name of a plan that is no unit's: `names` are its spellings, the likeliest first; `near` are units it may mean."""

    names: tuple[str, ...]
    near: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]


class How(StrEnum):
    """How sure a match is; a guess is shown to the office."""

    EXACT = "exact"
    ALIAS = "alias"
    GUESS = "guess"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """What a printed name was found to mean; no unit where nothing is near enough, or two are."""

    unit: KnownUnit | None
    how: How


def match_unit(printed: str, known: Sequence[KnownUnit]) -> Match:
    """The known unit that a printed name means; a near spelling is only a guess, two near ones are none."""
    if is_collective(printed):
        return Match(None, How.NONE)
    wanted = _plain(printed)
    for unit in known:
        if _plain(unit.name) == wanted:
            return Match(unit, How.EXACT)
    for unit in known:
        if wanted in map(_plain, unit.aliases):
            return Match(unit, How.ALIAS)
    return _guess(printed, known)


def _guess(printed: str, known: Sequence[KnownUnit]) -> Match:
    scores = [(max(likeness(printed, name) for name in (unit.name, *unit.aliases)), unit) for unit in known]
    ranked = sorted(scores, key=lambda pair: -pair[0])
    best = ranked[0][0] if ranked else 0.0
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    if best < _SURE or best - second < _CLEAR_OF_SECOND:
        return Match(None, How.NONE)
    return Match(ranked[0][1], How.GUESS)


def likeness(one: str, other: str) -> float:
    """0 to 100; short forms are written out, “của Sở” does not count, digits must agree."""
    first, second = _canonical(one), _canonical(other)
    if re.findall(r"\d+", first) != re.findall(r"\d+", second) or first.split()[:1] != second.split()[:1]:
        return 0.0
    return fuzz.ratio(first, second)


def near_units(printed: str, known: Iterable[KnownUnit]) -> list[str]:
    """The names of known units that a name not matched with any may mean, the likeliest first."""
    scores = {
        unit.name: max(_nearness(printed, name) for name in (unit.name, *unit.aliases)) for unit in known
    }
    ranked = sorted(scores, key=lambda name: -scores[name])
    return [name for name in ranked if scores[name] >= _NEAR][:_MOST_NEAR]


def _nearness(one: str, other: str) -> float:
    """Likeness, or one name a part of the other, or its initials: “Phòng TTBC”."""
    first, second = _canonical(one), _canonical(other)
    if _is_short_for(first, second) or _is_short_for(second, first):
        return 100.0
    if re.findall(r"\d+", first) != re.findall(r"\d+", second) or first.split()[:1] != second.split()[:1]:
        return 0.0
    is_part = set(first.split()) <= set(second.split()) or set(second.split()) <= set(first.split())
    return (
        100.0 if is_part and min(len(first.split()), len(second.split())) > 1 else fuzz.ratio(first, second)
    )


def _is_short_for(short: str, full: str) -> bool:
    *before, initials = short.split() or [""]
    words = full.split()
    rest = words[len(before) :]
    return len(rest) > 1 and words[: len(before)] == before and initials == "".join(word[0] for word in rest)


# The same few hundred names are compared with one another again and again.
@lru_cache(4096)
def _plain(name: str) -> str:
    """Capitals, spaces and the kind of dash do not make another name; marks do."""
    return re.sub(r"\s*[-–—‐]\s*", " - ", " ".join(name.casefold().split()))


@lru_cache(4096)
def _canonical(name: str) -> str:
    plain = re.sub(r"[^\w ]+", " ", re.sub(r"\bp\.", "phong ", fold(name)))
    for short, full in _SHORT_FORMS:
        plain = re.sub(short, full, plain)
    plain = " ".join(plain.split())
    return _OF_THE_HOUSE.sub("", plain) or plain


def is_collective(name: str) -> bool:
    """“Các phòng, đơn vị”: nobody in particular."""
    plain = fold(name)
    bare = re.match(r"(?:bo|so|ban|co quan|don vi|phong),", plain)
    return (
        is_plural(name)
        or bool(bare)
        or bool(
            re.search(r"\b(?:cac (?:doan the|huyen|xa|phuong|don vi|phong|so)|cap (?:xa|huyen))\b", plain)
        )
    )


def collective_kinds(name: str) -> frozenset[UnitKind]:
    """The kinds of units that a collective name stands for; none for those outside or “liên quan”."""
    plain = fold(name)
    if not is_collective(name) or _OUTSIDE_PLURAL.search(plain) or re.search(r"cac co quan\b", plain):
        return frozenset()
    kinds = {kind for word, kind in _KIND_WORDS if re.search(word, plain)}
    if re.search(r"\bdon vi\b", plain) and not re.search(r"\bphong\b|truc thuoc|su nghiep", plain):
        kinds.add(UnitKind.DEPARTMENT)
    return frozenset(kinds)


_SPECIALIST = re.compile(r"\bphong (?:chuyen mon|nghiep vu)\b")
_STAFF = re.compile(r"(?:van phong|thanh tra)\b")


def is_meant(collective: str, name: str, kind: UnitKind) -> bool:
    """Whether a unit is one of those that a collective name stands for.

    Văn phòng and Thanh tra are no “phòng chuyên môn, nghiệp vụ” (Nghị định 24/2014/NĐ-CP, Điều 5).
    """
    is_left_out = _SPECIALIST.search(fold(collective)) and _STAFF.match(fold(name))
    return kind in collective_kinds(collective) and not is_left_out


_KIND_WORDS = (
    (r"\bphong\b", UnitKind.DEPARTMENT),
    (r"\bdon vi\b|\btrung tam\b|\bchi cuc\b", UnitKind.AFFILIATE),
    (r"\bdoan the\b", UnitKind.UNION),
    (r"\bcac ban\b", UnitKind.BOARD),
)


def is_outside(name: str, agency: str = "") -> bool:
    """Whether a name belongs to another house: another Sở, a UBND, the press. A province has its Sở for units."""
    plain = fold(name)
    if is_collective(name) and re.search(
        r"\bcac (?:huyen|xa|phuong|thi xa)|\bbao chi\b|\bdia phuong\b|\bso, |\bbo, ", plain
    ):
        return not _PROVINCE.match(fold(agency))
    if not _OUTSIDE.match(plain) or plain in {"so", "bo"}:
        return False
    own = fold(agency)
    if own and _PROVINCE.match(own):
        return plain.startswith(("bo ", "chinh phu", "thu tuong", "quoc hoi"))
    return not (own and own.startswith(plain))


def kind_of(name: str, agency: str = "") -> UnitKind:
    """What kind of unit a name says it is."""
    plain = _canonical(name)
    if is_outside(name, agency):
        return UnitKind.OUTSIDE if not _PROVINCE.match(fold(agency)) else UnitKind.DEPARTMENT
    if plain.startswith(("cong doan", "doan ", "hoi ", "chi doan", "ban chap hanh", "dang uy", "chi bo")):
        return UnitKind.UNION
    if plain.startswith(("phong", "van phong", "thanh tra", "bo phan", "so ", "vu ")):
        return UnitKind.DEPARTMENT
    return UnitKind.BOARD if plain.startswith("ban ") and "ban quan ly" not in plain else UnitKind.AFFILIATE


def printed_names(draft: DraftPlan) -> Iterator[str]:
    """Every name that a plan prints as lead or partner, each time it does."""
    for duty in draft.duties:
        yield from duty.leads
        yield from duty.partners
        yield from (part.unit for part in duty.parts if part.unit not in (*duty.leads, *duty.partners))


def spellings(printed: Iterable[str], agency: str = "") -> list[tuple[str, ...]]:
    """The names of the house's units, each with its other spellings after the likeliest one."""
    counted = Counter(name for name in printed if not is_collective(name) and not is_outside(name, agency))
    order = sorted(counted, key=lambda name: -counted[name])
    groups: list[list[str]] = []
    for name in order:
        near = [group for group in groups if likeness(name, group[0]) >= _SURE]
        if near:
            near[0].append(name)
        else:
            groups.append([name])
    place = list(counted)
    return [tuple(group) for group in sorted(groups, key=lambda group: place.index(group[0]))]
