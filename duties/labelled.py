"""Labelled lists: “Đơn vị chủ trì: … Đơn vị phối hợp: … Thời gian thực hiện: …” under each task."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from duties.assignment import Assignment, read_assignment
from duties.deadline import Years
from duties.grammar import read_deadline
from duties.headings import Column, Label, read_labels, recognise
from duties.outline import DASH, PLAIN, PLUS, Item
from duties.papers import Cell
from duties.plan import DraftDuty, Role

_WHO = {Column.LEADS, Column.ASSIGNMENT}


@dataclass
class Task:
    """The lines of one task, and the labels that follow them."""

    heading: Item | None
    lines: list[Item] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    first: Item | None = None

    def value(self, *columns: Column) -> Cell:
        return Cell("\n".join(label.value for label in self.labels if label.column in columns))

    @property
    def names_unit(self) -> bool:
        return any(label.column in _WHO for label in self.labels)


def read_labelled(items: Sequence[Item], years: Years | None) -> tuple[list[DraftDuty], set[Item]]:
    """The duties of labelled tasks, and the lines they were made of."""
    duties: list[DraftDuty] = []
    used: set[Item] = set()
    for task in _tasks(items):
        if task.names_unit:
            duties.append(_duty(task, years))
            used.update(_lines_of(task, items))
    return duties, used


def _tasks(items: Sequence[Item]) -> list[Task]:
    tasks: list[Task] = []
    current = Task(None)
    for item in items:
        labels = _labels(item)
        if labels:
            if not current.labels:
                current.first = item
            current.labels += labels
        elif item.level < DASH and not _is_part(item):
            tasks.append(current)
            current = Task(item)
        else:
            if current.labels and current.names_unit:
                tasks.append(current)
                current = Task(current.heading)
            current.lines.append(item)
    return [*tasks, current]


def _labels(item: Item) -> tuple[Label, ...]:
    return read_labels(item.text) if item.level >= 4 or item.number == "" else ()


def _is_part(item: Item) -> bool:
    """“a) Nội dung …:”, “b) Hình thức …:” are parts of the task above them."""
    return item.level == 4 and recognise(item.text.split(":")[0]) is not None


def _duty(task: Task, years: Years | None) -> DraftDuty:
    lettered = task.first is not None and task.first.level == 4 and task.heading is not None
    heading = task.heading
    own = [] if lettered else [item for item in task.lines if item.level >= DASH]
    content = own[0] if own else heading
    assigned = _assigned(task)
    above = heading.path[-1] if heading and heading.path and not own else heading
    source = content.source if content else task.first.source if task.first else None
    assert source is not None
    return DraftDuty(
        code=_code(heading, own),
        content="\n".join(item.text for item in own) if own else heading.text.rstrip(" :") if heading else "",
        source=source,
        deadline=read_deadline(task.value(Column.DEADLINE).flat.rstrip(" ."), years),
        group=above.heading if above and above is not content else "",
        forms=_forms(task),
        deliverables=task.value(Column.DELIVERABLES).bullets,
        leads=assigned.leads,
        partners=assigned.partners,
        parts=assigned.parts,
        notes=task.value(Column.NOTES).flat,
    )


def _code(heading: Item | None, own: Sequence[Item]) -> str:
    if heading is None:
        return ""
    return heading.number if own else heading.number_path


def _forms(task: Task) -> tuple[str, ...]:
    """What stands under “b) Hình thức …:”, or after such a label."""
    under: list[str] = []
    opened = False
    for item in task.lines:
        if item.level == 4:
            opened = recognise(item.text.split(":")[0]) is Column.FORMS
        elif opened and item.level in {DASH, PLUS, PLAIN}:
            under.append(item.text)
    return (*under, *task.value(Column.FORMS).bullets)


def _assigned(task: Task) -> Assignment:
    led = read_assignment(task.value(*_WHO))
    helped = read_assignment(task.value(Column.PARTNERS), Role.PARTNER)
    partners = dict.fromkeys((*led.partners, *helped.partners))
    return Assignment(led.leads, tuple(name for name in partners if name not in led.leads), led.parts)


def _lines_of(task: Task, items: Sequence[Item]) -> set[Item]:
    mine = {item for item in items if _labels(item) and set(_labels(item)) <= set(task.labels)}
    heading = {task.heading, *task.heading.path} if task.heading else set()
    return {*task.lines, *mine, *heading}
