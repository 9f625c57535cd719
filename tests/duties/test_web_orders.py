"""How people ask for the page in the browser, and for its browsers to be shut out."""

from datetime import date

import pytest

from duties.intents import CloseSessions, Intent, OpenWeb, ShowSessions
from duties.replies import read_reply

TODAY = date(2026, 3, 16)
CLOSE_ALL_OF_UNIT = CloseSessions(whom="Phòng Kế hoạch - Tài chính")
WANTED: dict[str, Intent] = {
    "/web": OpenWeb(),
    "/web@nhacviec_bot": OpenWeb(),
    "trang web": OpenWeb(),
    "mở trang": OpenWeb(),
    "Cho xin link trang": OpenWeb(),
    "cho em xin liên kết vào trang web với ạ": OpenWeb(),
    "gửi lại link web": OpenWeb(),
    "vao trang web": OpenWeb(),
    "/phien": ShowSessions(),
    "phiên đang mở": ShowSessions(),
    "xem các trình duyệt đang mở": ShowSessions(),
    "đóng phiên 2": CloseSessions((2,)),
    "đóng phiên 2, 5 và 7": CloseSessions((2, 5, 7)),
    "ngắt trình duyệt số 12": CloseSessions((12,)),
    "đóng mọi phiên": CloseSessions(),
    "đóng tất cả các trình duyệt ở đây": CloseSessions(),
    "đóng mọi phiên của Phòng Kế hoạch - Tài chính": CLOSE_ALL_OF_UNIT,
    "thu hồi tất cả phiên của Phòng Kế hoạch - Tài chính.": CLOSE_ALL_OF_UNIT,
}
NOT_WANTED = (
    "xong 2: https://sotttt.example/trang",
    "trang",
    "1.2 đã đăng trên trang web của Sở",
    "đóng dấu 2",
    "phiên 2",
)


@pytest.mark.parametrize("words", WANTED)
def test_it_is_understood(words: str) -> None:
    assert read_reply(words, TODAY).intents == (WANTED[words],)


@pytest.mark.parametrize("words", NOT_WANTED)
def test_what_only_sounds_like_it_is_something_else(words: str) -> None:
    said = read_reply(words, TODAY).intents
    assert not any(isinstance(each, OpenWeb | ShowSessions | CloseSessions) for each in said)
