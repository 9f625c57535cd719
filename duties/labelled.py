"""Labelled lists: “Đơn vị chủ trì: … Đơn vị phối hợp: … Thời gian thực hiện: …” under each task."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from duties.assignment import Assignment, read_assignment
from duties.deadline import Years
from duties.grammar import read_deadline
from duties.headings import Column, Label, part_labels, read_labels, recognise
from duties.outline import DASH, PLAIN, PLUS, Item
from duties.papers import Cell
from duties.plan import DraftDuty, Role

_LETTER = 4
_LABEL_OF_CONTENT = re.compile(r"Nội dung(?: (?:thực hiện|công việc|nhiệm vụ|cụ thể|chi tiết))?\s*:\s*", re.I)
_WHO = {Column.LEADS, Column.ASSIGNMENT}


@dataclass
class Task:
    """The lines of one task, and the lines with labels that follow them."""

    heading: Item | None
    lines: list[Item] = field(default_factory=list)
    labelled: list[Item] = field(default_factory=list)
    whole: tuple[Item, ...] = ()

    @property
    def labels(self) -> list[Label]:
        return [label for item in self.labelled for label in read_labels(item.text)]

    def value(self, *columns: Column) -> Cell:
        return Cell("\n".join(label.value for label in self.labels if label.column in columns))

    @property
    def names_unit(self) -> bool:
        return any(label.column in _WHO for label in self.labels)

    @property
    def own_lines(self) -> list[Item]:
        """What is to be done; where the labels are “c)” beside “a) Nội dung”, the heading above says it."""
        lettered = self.heading is not None and any(item.level == _LETTER for item in self.labelled)
        return [] if lettered else [item for item in self.lines if item.level >= DASH]

    @property
    def used(self) -> set[Item]:
        heading = (self.heading, *self.heading.path) if self.heading else ()
        return {*heading, *self.lines, *self.labelled, *self.whole}


def read_labelled(items: Sequence[Item], years: Years | None) -> tuple[list[DraftDuty], set[Item]]:
    """The duties of labelled tasks, and the lines they were made of."""
    tasks = [task for task in _tasks(items) if task.names_unit]
    used = set[Item]().union(*(task.used for task in tasks))
    return [_duty(task, years) for task in tasks], used


def _tasks(items: Sequence[Item]) -> list[Task]:
    tasks = [Task(None)]
    for item in items:
        if _labels(item):
            tasks[-1].labelled.append(item)
        elif _names_its_unit(item):
            tasks += [_in_one_line(item), Task(next(iter(reversed(item.path)), None))]
        elif item.level < DASH and not _is_part(item):
            tasks.append(Task(item))
        else:
            if tasks[-1].names_unit:
                tasks.append(Task(tasks[-1].heading))
            tasks[-1].lines.append(item)
    return tasks


def _names_its_unit(item: Item) -> bool:
    before, labels = part_labels(item.text)
    return bool(before) and any(label.column in _WHO for label in labels)


def _in_one_line(item: Item) -> Task:
    """A task with its labels behind it on one line."""
    before, _ = part_labels(item.text)
    task = replace(item, text=before.rstrip(" .;"))
    return Task(task, [], [replace(item, level=DASH, text=item.text[len(before) :].strip())], (item,))


def _labels(item: Item) -> tuple[Label, ...]:
    return read_labels(item.text) if item.level >= _LETTER or item.number == "" else ()


def _is_part(item: Item) -> bool:
    """“a) Nội dung …:”, “b) Hình thức …:” are parts of the task above them."""
    return item.level == _LETTER and recognise(item.text.split(":")[0]) is not None


def _duty(task: Task, years: Years | None) -> DraftDuty:
    own, heading = task.own_lines, task.heading
    assigned = _assigned(task)
    return DraftDuty(
        code=_code(heading, own),
        content=_content(heading, own),
        source=next(item.source for item in (*own, *([heading] if heading else []), *task.labelled)),
        deadline=read_deadline(task.value(Column.DEADLINE).flat.rstrip(" ."), years),
        group=_group(heading, own),
        forms=_forms(task),
        deliverables=task.value(Column.DELIVERABLES).bullets,
        leads=assigned.leads,
        partners=assigned.partners,
        parts=assigned.parts,
        notes=task.value(Column.NOTES).flat,
    )


def _content(heading: Item | None, own: Sequence[Item]) -> str:
    """The lines of the task; “Nội dung thực hiện: …” only tells more of what its heading says."""
    above = (heading.text.rstrip(" :"),) if heading and (not own or _tells_more(own[0])) else ()
    return "\n".join((*above, *(_LABEL_OF_CONTENT.sub("", item.text) for item in own)))


def _tells_more(item: Item) -> bool:
    return bool(_LABEL_OF_CONTENT.match(item.text))


def _code(heading: Item | None, own: Sequence[Item]) -> str:
    """The number as printed above dashes; where the heading is the task, its whole path."""
    if heading is None:
        return ""
    return heading.number if own else heading.number_path


def _group(heading: Item | None, own: Sequence[Item]) -> str:
    """The heading directly above the task."""
    if heading is None:
        return ""
    above = heading if own else heading.path[-1] if heading.path else None
    return above.heading if above else ""


def _forms(task: Task) -> tuple[str, ...]:
    """What stands under “b) Hình thức …:”, or after such a label."""
    under: list[str] = []
    opened = False
    for item in task.lines:
        if item.level == _LETTER:
            opened = recognise(item.text.split(":")[0]) is Column.FORMS
        elif opened and item.level in {DASH, PLUS, PLAIN}:
            under.append(item.text)
    return (*under, *task.value(Column.FORMS).bullets)


def _assigned(task: Task) -> Assignment:
    led = read_assignment(task.value(*_WHO))
    helped = read_assignment(task.value(Column.PARTNERS), Role.PARTNER)
    partners = dict.fromkeys((*led.partners, *helped.partners))
    return Assignment(led.leads, tuple(name for name in partners if name not in led.leads), led.parts)
