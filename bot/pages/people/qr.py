"""A QR code as an image of the page itself: nothing is fetched, and a screen reader hears where it leads."""

import segno
from nicegui import ui

from bot.pages.html import Tag

# Printed on office paper and photographed from a screen: a seventh of it may be lost.
SURENESS = "m"
QUIET_ZONE = 4


def qr_svg(content: str, title: str) -> str:
    """Black on white in light and dark, with the quiet zone that telephones need (ISO/IEC 18004)."""
    code = segno.make(content, error=SURENESS, micro=False)
    drawn = code.svg_inline(
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        title=title,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return drawn.replace("<svg ", '<svg role="img" shape-rendering="crispEdges" ', 1)


def draw_qr(content: str, title: str) -> None:
    with Tag("div", classes="qr"):
        # the only words in it are the title, which segno escapes
        ui.html(qr_svg(content, title), sanitize=False)
