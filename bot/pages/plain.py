"""Pages of plain HTML, without script: the way in, and what is shown when something is not there or went wrong."""

from html import escape

from fastapi.responses import HTMLResponse

from bot.pages.frame import PLAIN_POLICY, SCRIPTED_POLICY, head_links, mark_address

NOT_THERE = "Không có trang này. Xin kiểm tra lại đường dẫn, hoặc trở về trang đầu."
NOT_UNDERSTOOD = "Yêu cầu không đúng cách nên không được nhận. Xin trở về trang đầu rồi làm lại."


def plain_page(
    body: str, status: int = 200, *, script: str = "", title: str = "Nhắc việc CCHC"
) -> HTMLResponse:
    """A card in the middle of the page; `body` is HTML, so whatever people wrote in it must be escaped already.

    `script`: the tag of one of our own scripts; without one none is run.
    """
    policy = SCRIPTED_POLICY if script else PLAIN_POLICY
    html = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="{mark_address()}">{head_links(with_script=False)}</head>'
        f'<body><main class="entry"><div class="card"><img src="{mark_address()}" alt="" width="44" height="44">'
        f"{body}</div></main>{script}</body></html>"
    )
    return HTMLResponse(html, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def said(trouble: str) -> str:
    """What went wrong and what to do, in one paragraph; nothing for nothing."""
    return f'<p class="trouble" role="alert">{escape(trouble)}</p>' if trouble else ""


def not_there() -> HTMLResponse:
    return plain_page(f'<h1>Nhắc việc CCHC</h1>{said(NOT_THERE)}<p><a href="/">Trang đầu</a></p>', 404)


def not_understood(status: int) -> HTMLResponse:
    return plain_page(
        f'<h1>Nhắc việc CCHC</h1>{said(NOT_UNDERSTOOD)}<p><a href="/">Trang đầu</a></p>', status
    )
