"""Where a form came from: another site's page may not fill in ours."""

from secrets import compare_digest

from fastapi import Request


def is_from_elsewhere(request: Request) -> bool:
    """Whether another site's page sent this form; browsers say so, and older ones name the origin."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "")
    return bool(origin) and not compare_digest(origin.partition("://")[2], request.headers.get("host", ""))
