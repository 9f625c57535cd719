"""What a summary is asked of: “quý 2 Phòng CNTT”, “kế hoạch 485 6 tháng”, “nhóm truyền thông quý 2”, in either order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.turn import Turn
from data.people import known_units
from data.plans import confirmed_plans, headings
from data.questions import unit_called
from duties.errors import DutyError, NotAllowed, NotFound
from duties.facts import WHOLE, Scope, is_in_group
from duties.mentions import typed
from duties.spelling import fold
from duties.windows import Window, is_backwards, read_window, window_at
from duties.wording import summary as wording

PLAN = re.compile(r"(?<!\w)(?:cua |theo )?(?:ke hoach|kh)(?: so)? (?P<number>\d{1,5}(?:/[\w-]+)*)(?!\w)")
GROUP = re.compile(r"(?<!\w)(?:cua |theo )?nhom:? (?P<group>.+)\Z")


@dataclass(frozen=True)
class Asked:
    """A window and the part of the agency it is asked of; `of` names that part, `whose` whoever it is shown to.

    `said` are the words for that part: a chat of units need not name its own.
    """

    window: Window
    scope: Scope = WHOLE
    of: str = ""
    whose: str = ""
    said: str = ""
    for_units: bool = False

    @property
    def words(self) -> str:
        """The words by which the same is asked again."""
        return f"{wording.small(self.window.name)} {self.said}".strip()


def read_asked(turn: Turn, words: str) -> Asked:
    """The window and the part that the words name; a chat of units sees its own alone."""
    rest, plan_ids, plan = _plan(turn, words)
    rest, group = _group(turn, rest)
    window, unit = _window_and_unit(turn, rest, words)
    own = [(unit.id or 0, unit.name) for unit in turn.units] if turn.is_unit else []
    if unit is not None and turn.is_unit and unit[0] not in turn.unit_ids:
        raise NotAllowed("Đơn vị chỉ xem được tổng hợp của mình; gõ /tonghop.")
    units = [unit] if unit else own
    scope = Scope(
        unit_ids=frozenset(id for id, _ in units) if units or turn.is_unit else None,
        plan_ids=plan_ids,
        group=group,
    )
    names, part = ", ".join(name for _, name in units), [plan, f"nhóm {group}" if group else ""]
    return Asked(
        window,
        scope,
        of=_joined(" ", names, *part),
        whose=_joined(", ", names, *part) or turn.agency.name,
        said=_joined(" ", unit[1] if unit else "", *part),
        for_units=scope.unit_ids is not None,
    )


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _plan(turn: Turn, words: str) -> tuple[str, frozenset[int] | None, str]:
    """The words without the plan they name, the plan's ids, and how it is called."""
    said = typed(words)
    found = PLAN.search(said.plain)
    if found is None:
        return words, None, ""
    number = fold(found["number"])
    plans = [
        plan
        for plan in confirmed_plans(turn.session, turn.agency_id)
        if plan.number and fold(plan.number) in (number, f"{number}/{fold(plan.number).partition('/')[2]}")
    ]
    if not plans:
        raise NotFound(wording.no_such_plan(said.said[found.start("number") : found.end("number")]))
    rest = f"{said.said[: found.start()]} {said.said[found.end() :]}".strip()
    return rest, frozenset(plan.id or 0 for plan in plans), f"kế hoạch {plans[0].number}"


def _group(turn: Turn, words: str) -> tuple[str, str]:
    """The words without the group they name, and the group; a window may stand behind it."""
    said = typed(words)
    found = GROUP.search(said.plain)
    if found is None:
        return words, ""
    before, named = said.said[: found.start()].strip(), said.said[found.start("group") :].strip(" .!?")
    known = headings(turn.session, turn.agency_id)
    for group, when in _cuts(named):
        is_window = not when or (not before and read_window(when, turn.today, turn.office.windows))
        if group and is_window and any(is_in_group(heading, group) for heading in known):
            return _joined(" ", before, when), group
    raise NotFound(wording.no_such_group(named))


def _cuts(words: str) -> Iterator[tuple[str, str]]:
    """The words cut in two at each space: all of them first, then fewer and fewer in the first part."""
    parts = words.split()
    for cut in range(len(parts), -1, -1):
        yield " ".join(parts[:cut]), " ".join(parts[cut:])


def _window_and_unit(turn: Turn, rest: str, words: str) -> tuple[Window, tuple[int, str] | None]:
    """“quý 2”, “Phòng CNTT”, or both in either order."""
    window = read_window(rest, turn.today, turn.office.windows)
    if window is not None:
        return window, None
    if is_backwards(rest, turn.today):
        raise DutyError(wording.backwards(rest))
    known = known_units(turn.session, turn.agency_id)
    strangers = []
    for first, last in _cuts(rest):
        for when, who in ((first, last), (last, first)):
            read = _window_of(turn, when) if who else None
            unit = unit_called(turn.session, turn.agency_id, who, known, turn.today) if read else None
            if read and unit:
                return read, (unit.id or 0, unit.name)
            strangers += [who] if read and when and not _window_of(turn, who) else []
    if strangers:
        raise NotFound(wording.no_such_unit(strangers[0], may_list=not turn.is_unit))
    raise NotFound(wording.not_understood(words))


def _window_of(turn: Turn, when: str) -> Window | None:
    windows = turn.office.windows
    return read_window(when, turn.today, windows) if when else window_at(turn.today, windows)
