"""What a summary is asked of: “quý 2 Phòng CNTT”, “kế hoạch 485 6 tháng”, “nhóm truyền thông quý 2”, in either order."""

import re
from dataclasses import dataclass

from bot.turn import Turn
from data.people import known_units
from data.plans import confirmed_plans
from data.questions import unit_called
from duties.errors import NotAllowed, NotFound
from duties.facts import WHOLE, Scope
from duties.mentions import typed
from duties.spelling import fold
from duties.windows import Window, read_window, window_at
from duties.wording import summary as wording

PLAN = re.compile(r"(?<!\w)(?:cua |theo )?(?:ke hoach|kh)(?: so)? (?P<number>\d{1,5}(?:/[\w-]+)*)(?!\w)")
GROUP = re.compile(r"(?<!\w)(?:cua |theo )?nhom:? (?P<group>.+)\Z")


@dataclass(frozen=True)
class Asked:
    """A window and the part of the agency it is asked of; `of` names that part, `whose` whoever it is shown to."""

    window: Window
    scope: Scope = WHOLE
    of: str = ""
    whose: str = ""
    for_units: bool = False

    @property
    def words(self) -> str:
        """The words by which the same is asked again."""
        return f"{wording.small(self.window.name)} {self.of}".strip()


def read_asked(turn: Turn, words: str) -> Asked:
    """The window and the part that the words name; a chat of units sees its own alone."""
    rest, plan_ids, plan = _plan(turn, words)
    rest, group = _group(rest)
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
    of = " ".join(part for part in (unit[1] if unit else "", plan, f"nhóm {group}" if group else "") if part)
    whose = ", ".join(part for part in (", ".join(name for _, name in units), plan, group) if part)
    return Asked(window, scope, of, whose or turn.agency.name, scope.unit_ids is not None)


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


def _group(words: str) -> tuple[str, str]:
    said = typed(words)
    found = GROUP.search(said.plain)
    if found is None:
        return words, ""
    return said.said[: found.start()].strip(), said.said[found.start("group") :].strip(" .!?")


def _window_and_unit(turn: Turn, rest: str, words: str) -> tuple[Window, tuple[int, str] | None]:
    """“quý 2”, “Phòng CNTT”, or both in either order."""
    window = read_window(rest, turn.today, turn.office.windows)
    if window is not None:
        return window, None
    parts = rest.split()
    for cut in range(len(parts) + 1):
        for when, who in ((parts[:cut], parts[cut:]), (parts[cut:], parts[:cut])):
            found = _both(turn, " ".join(when), " ".join(who))
            if found is not None:
                return found
    raise NotFound(wording.not_understood(words))


def _both(turn: Turn, when: str, who: str) -> tuple[Window, tuple[int, str]] | None:
    windows = turn.office.windows
    window = read_window(when, turn.today, windows) if when else window_at(turn.today, windows)
    if window is None or not who:
        return None
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, who, known, turn.today)
    return (window, (unit.id or 0, unit.name)) if unit else None
