"""Visitors as the limits know them: by network address, before anyone is let in."""

import ipaddress
from datetime import datetime
from math import ceil

from fastapi import Request
from fastapi.responses import HTMLResponse

from bot.pages.plain import plain_page, said
from data.people import Place
from duties.wording.people import later

UNKNOWN = "unknown"
# one line of an Internet provider is given that many addresses
NEIGHBOURS = 64


def host_of(client: tuple[str, int] | None) -> str:
    """Whom a request counts for: an address, or a whole IPv6 network, as whoever has one address there has them all."""
    host = client[0] if client else UNKNOWN
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:NEIGHBOURS]
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address), NEIGHBOURS), strict=False))


def place_of(host: str) -> Place:
    """Where that visitor's wrong codes and wrong addresses are counted, see `data.guesses`."""
    return Place("web", "", f"visitor {host}")


def visitor_of(request: Request) -> Place:
    """Where a request's wrong codes are counted."""
    return place_of(host_of(request.scope.get("client")))


def come_again(until: datetime, now: datetime) -> HTMLResponse:
    """Too much at once: one line that says when to come again, for people and for programs."""
    page = plain_page(f"<h1>Nhắc việc CCHC</h1>{said(later(until))}", 429)
    page.headers["Retry-After"] = str(seconds_until(until, now))
    return page


def seconds_until(until: datetime, now: datetime) -> int:
    """As the header `Retry-After` wants it: never too early."""
    return max(1, ceil((until - now).total_seconds()))
