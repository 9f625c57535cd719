"""What a plan's file holds and was read as no duty: numbered for good, each with its reason; the office may take one in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from data.plans import duties_of, set_deadline, source_at, years_of
from data.tables import Duty, Plan
from duties.deadline import Reading
from duties.grammar import read_deadline
from duties.plan import DutyKind
from duties.verbs import is_one_target

NOTES = "left_out"


@dataclass(frozen=True)
class RowOut:
    """`number`: what the office calls it by. `where`: its place in words. `taken`: the place of the duty it became, or 0."""

    number: int
    text: str
    why: str
    where: str = ""
    taken: int = 0


def rows_left_out(plan: Plan) -> Iterator[RowOut]:
    """Every such row of a plan, in the order of the file."""
    for number, row in enumerate(plan.notes.get(NOTES, ()), start=1):
        yield RowOut(number, row["text"], row["why"], row.get("where", ""), row.get("taken", 0))


def take_in(session: Session, plan: Plan, number: int) -> Duty:
    """The row becomes the last duty of the draft, with its words; its date and unit are still to be said."""
    rows = plan.notes[NOTES]
    row, every = rows[number - 1], duties_of(session, plan.id or 0, left_out=True)
    position = max((duty.position for duty in every), default=0) + 1
    place = f"{row.get('place', '///')}#{position}"
    code, content = _code_and_words(row["text"], row.get("printed", ()))
    blank = read_deadline("", years_of(plan))
    duty = Duty(
        agency_id=plan.agency_id,
        plan_id=plan.id or 0,
        place=place,
        position=position,
        printed=list(row.get("printed", ())) or [row["text"]],
        code=code,
        heading=_heading(place, every),
        content=content,
        kind=DutyKind.TASK,
        phrase="",
        reading=Reading.UNREAD,
    )
    session.add(duty)
    set_deadline(session, duty, blank)
    taken = {**row, "taken": position}
    # another value, not the same one changed: so the database is told
    plan.notes = {**plan.notes, NOTES: [taken if each is row else each for each in rows]}
    session.add(plan)
    session.flush()
    return duty


def _code_and_words(text: str, printed: Sequence[str]) -> tuple[str, str]:
    """“2.5”, and the other cells below one another; of words without cells the words."""
    cells = [each for cell in printed if (each := cell.strip())]
    # of a row only a part may have been left out
    if " | ".join(" ".join(cell.split()) for cell in cells) != text:
        return "", text
    code = cells[0].rstrip(" .)")
    return (code, "\n".join(cells[1:])) if len(cells) > 1 and is_one_target(code) else ("", "\n".join(cells))


def _heading(place: str, duties: Sequence[Duty]) -> str:
    """That of the nearest duty above it in the same table."""
    at = source_at(place)
    placed = [(source_at(duty.place), duty) for duty in duties]
    above = [
        (source.row, duty.position, duty.heading)
        for source, duty in placed
        if (source.sheet, source.table) == (at.sheet, at.table) and source.row < at.row
    ]
    return max(above)[2] if above else ""
