"""The address that people open: given, safe, and answered by this program."""

from urllib.parse import urlsplit

import httpx

from bot.checkup.finding import Finding, doubtful, well, wrong
from bot.settings import Settings

ABOUT = "Trang web"
PATIENCE = 10.0
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def check_web(settings: Settings, transport: httpx.BaseTransport | None = None) -> Finding:
    """Ask `/healthz` there, as a unit's telephone would."""
    address = settings.base_url
    try:
        with httpx.Client(timeout=PATIENCE, transport=transport) as client:
            answer = client.get(f"{address}/healthz")
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        return wrong(
            ABOUT,
            f"không mở được {address} ({type(trouble).__name__})",
            "chạy nhacviec run; xem DNS, chứng chỉ, proxy ngược, tường lửa",
        )
    if (answer.status_code, answer.text) != (200, "ok"):
        return wrong(
            ABOUT,
            f"{address} trả lời {answer.status_code}, không phải của chương trình này",
            "xem NHACVIEC_WEB_URL và proxy ngược: mọi đường dẫn phải được chuyển tới nhacviec",
        )
    return _who_can_open(address)


def _who_can_open(address: str) -> Finding:
    where = urlsplit(address)
    if where.hostname in THIS_MACHINE:
        return doubtful(
            ABOUT,
            f"{address} chỉ mở được trên máy này",
            "đặt NHACVIEC_WEB_URL là địa chỉ mà các đơn vị mở được",
        )
    if where.scheme != "https":
        return doubtful(
            ABOUT, f"{address} không mã hóa", "đặt sau một proxy ngược có https, rồi sửa NHACVIEC_WEB_URL"
        )
    return well(ABOUT, address)
