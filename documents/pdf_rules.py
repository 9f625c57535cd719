"""The rules of tables on a PDF page; where a page end cut a row, its frame is closed as the eye closes it."""

from collections.abc import Iterable, Sequence
from typing import Any

from pdfplumber.page import Page

Edge = dict[str, Any]
_NEAR = 3.0
_LEAST_WIDTH = 100.0


def closing_rules(page: Page) -> list[Edge]:
    """Lines across the ends of upright rules that no line across closes."""
    edges = page.edges
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > _NEAR]
    across = [edge for edge in edges if edge["orientation"] == "h"]
    return [
        _rule(group, end)
        for side in ("top", "bottom")
        for end, group in _ends(upright, side)
        if _is_open(group, end, across)
    ]


def _ends(upright: Sequence[Edge], side: str) -> Iterable[tuple[float, list[Edge]]]:
    """Upright rules that end at one height."""
    groups: list[list[Edge]] = []
    for edge in sorted(upright, key=lambda one: float(one[side])):
        if groups and abs(groups[-1][0][side] - edge[side]) <= _NEAR:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return [(group[0][side], group) for group in groups]


def _is_open(group: Sequence[Edge], end: float, across: Sequence[Edge]) -> bool:
    left, right = _reach(group)
    if right - left < _LEAST_WIDTH or len({round(edge["x0"] / _NEAR) for edge in group}) < 3:
        return False
    near = (edge for edge in across if abs(edge["top"] - end) <= _NEAR)
    covered = sum(max(0.0, min(edge["x1"], right) - max(edge["x0"], left)) for edge in near)
    return bool(covered < (right - left) / 2)


def _reach(group: Sequence[Edge]) -> tuple[float, float]:
    return min(edge["x0"] for edge in group), max(edge["x1"] for edge in group)


def _rule(group: Sequence[Edge], end: float) -> Edge:
    left, right = _reach(group)
    return {
        "object_type": "rect_edge",
        "orientation": "h",
        "x0": left,
        "x1": right,
        "width": right - left,
        "height": 0.0,
        "top": end,
        "bottom": end,
    }
