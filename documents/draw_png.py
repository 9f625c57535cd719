"""A Report → the picture of its units for a phone."""

from duties.report import Report


def draw_png(report: Report) -> bytes:
    """The same report gives the same bytes, from any thread."""
    # matplotlib takes a second to load, and few of the program's commands draw
    from documents.units_picture import units_png

    return units_png(report)
