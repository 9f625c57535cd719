"""Every request has a number, and one line that shows nothing secret."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from bot.pages.request_log import HEADER, RequestLog
from scheduler.doing import what_is_done

app = FastAPI()
app.add_middleware(RequestLog)


@app.get("/page")
async def page() -> str:
    return await asyncio.to_thread(lambda: what_is_done()["request"])


@app.get("/vao/{code}")
def invitation(code: str) -> str:
    return "ok"


@app.get("/broken")
def broken() -> None:
    raise ValueError("hỏng")


def ask(path: str, **headers: str) -> httpx.Response:
    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get(
                path, headers={name.replace("_", "-"): said for name, said in headers.items()}
            )

    return asyncio.run(answer())


def test_the_number_is_in_the_answer_and_in_what_is_done_for_it() -> None:
    answer = ask("/page")
    assert len(answer.headers[HEADER]) == 16
    assert answer.json() == answer.headers[HEADER]


def test_no_two_requests_have_one_number() -> None:
    assert ask("/page").headers[HEADER] != ask("/page").headers[HEADER]


def test_a_proxy_s_number_is_kept() -> None:
    assert ask("/page", X_Request_ID="nginx-4f2a.77").headers[HEADER] == "nginx-4f2a.77"


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "a b c d e f", "12345678=<b>", "--------", "số-một-hai-ba"]
)
def test_a_number_that_is_none_is_not_taken(given: str) -> None:
    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get("/page", headers=[(b"X-Request-ID", given.encode())])

    assert len(asyncio.run(answer()).headers[HEADER]) == 16


def test_what_was_answered_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="bot.pages.request_log")
    ask("/khong-co")
    [line] = [record.getMessage() for record in caplog.records if record.name == "bot.pages.request_log"]
    assert line.startswith("answered method=GET path=/khong-co status=404 from=127.0.0.1 seconds=0")


def test_whoever_meets_an_error_is_told_its_number(caplog: pytest.LogCaptureFixture) -> None:
    answer = ask("/broken", X_Request_ID="nginx-4f2a.77")
    assert (answer.status_code, "nginx-4f2a.77" in answer.text) == (500, True)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "request failed method=GET path=/broken" in caplog.messages


def test_what_is_asked_without_end_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="bot.pages.request_log")
    ask("/healthz")
    assert "bot.pages.request_log" not in {record.name for record in caplog.records}
