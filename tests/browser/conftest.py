"""A real Chromium, and the program served to it on a port of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from tests.browser.office_site import OfficeSite, furnish
from tests.conftest import missing

HERE = Path(__file__).parents[2]
RESULTS = HERE / "test-results"
DESK, PHONE, NARROW = (1440, 900), (390, 844), (320, 640)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_SECONDS = 60
# a machine that has other things to do answers late, and not wrongly
expect.set_options(timeout=20_000)
HOW_TO_GET = "no Chromium here: apt-get install chromium (or python -m playwright install chromium)"


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """The system's Chromium, else the one that playwright installs."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return playwright.chromium.launch(executable_path=found, args=[*QUIET, *arguments])


# Not for the whole session: while playwright runs, its event loop is in the way of every asyncio.run.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Error:
            missing(HOW_TO_GET)
        yield browser
        browser.close()


class Visit:
    """A page and what it did behind our back: errors, and requests to anyone but our server."""

    def __init__(self, browser: Browser, size: tuple[int, int], scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="vi-VN",
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda request: self._watch(request.url))

    def _watch(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.outside.append(url)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Open pages of a size; each is a browser of its own, closed at the end."""
    opened: list[Visit] = []

    def open_one(size: tuple[int, int] = DESK, scheme: str = "light") -> Visit:
        opened.append(Visit(chromium, size, scheme))
        return opened[-1]

    yield open_one
    for each in opened:
        each.context.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(*arguments: str, port: int, log: Path, **settings: str) -> Iterator[str]:
    """The program running as its users start it; its address. Ctrl+C must end it in peace."""
    command = [sys.executable, "-m", "bot", *arguments]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=HERE, env=_surroundings(settings), stdout=out, stderr=out)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE_SECONDS) in (0, 130), log.read_text("utf-8")


def _surroundings(settings: dict[str, str]) -> dict[str, str]:
    # NiceGUI behaves differently where it sees that variable: the program is to run as it does for its users.
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"} | settings


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=PATIENCE_SECONDS).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the program does not answer at {url}:\n{log.read_text('utf-8')}")


# For each module: what one of them winds and answers is not in the way of the next.
@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    log = tmp_path_factory.mktemp("demo") / "log"
    with served("demo", "--port", str(port), port=port, log=log) as url:
        yield url


@pytest.fixture(scope="session")
def office_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeSite]:
    """A real office served, with browsers let in for every role: see `tests/browser/office_site.py`."""
    folder, port = tmp_path_factory.mktemp("office"), free_port()
    database, tokens, ids = furnish(folder)
    settings = {
        "NHACVIEC_DATABASE_URL": database,
        "NHACVIEC_SECRET_FILE": str(folder / "secret"),
        "NHACVIEC_PORT": str(port),
        "NHACVIEC_REQUESTS_PER_MINUTE": "0",
    }
    with served("run", port=port, log=folder / "log", **settings) as url:
        yield OfficeSite(url, database, tokens, ids)


def barriers(page: Page) -> list[str]:
    """What axe-core finds on a page that keeps people out: serious and critical findings, where and why."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
    return [
        f"{each['id']} at {node['target']}: {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def keep_picture(page: Page, name: str) -> None:
    """A screenshot under test-results/, to be looked at by people."""
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / f"{name}.png")
