"""The overview of an agency with 5,000 obligations: reading it, drawing it, and the whole page in a browser."""

import gc
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time, sleep
from typing import TypeVar

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, text
from sqlmodel import Session

from benchmarks.offices import AGENCY
from benchmarks.summary import NOW, OWED, build, engines
from bot.pages.overview.draw_glance import glance_html
from bot.pages.overview.draw_lists import coming_html, late_html, silent_html
from bot.pages.overview.draw_map import map_html
from bot.pages.overview.list_page import Asked, listing
from bot.pages.overview.parts import Overview, overview
from bot.pages.overview.picks import EVERYTHING, Pick
from bot.pages.overview.view import Across, View
from data.engine import transaction
from duties.windows import half_window, year_window
from duties.workdays import day_of

T = TypeVar("T")

TIMES = 15
TODAY = day_of(NOW)
YEAR = View(year_window(TODAY.year))
VIEWS = {
    "the year, duties by month": YEAR,
    "the year, units by window": View(YEAR.window, across=Across.UNITS),
    "6 tháng, duties by month": View(half_window(TODAY.year, 1)),
}


def main() -> None:
    gc.freeze()  # as `nhacviec run` does
    gc.set_threshold(50_000, 20, 50)
    print(f"overview: an agency of {OWED:,} obligations")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, engine in engines(Path(folder)):
            build(engine, 1)
            settle(engine)
            measure(name, engine)
            measure_page(name, engine.url.render_as_string(hide_password=False), Path(folder))
            engine.dispose()


DONE = """
    UPDATE obligation SET is_open = false, done_at = (
        SELECT max(answer.at) FROM answer WHERE answer.obligation_id = obligation.id
    ) WHERE id IN (SELECT obligation_id FROM answer WHERE kind = 'done')
"""


def settle(engine: Engine) -> None:
    """What was reported is not open any more, and waits to be looked at."""
    with transaction(engine) as session:
        session.connection().execute(text(DONE))


def measure(name: str, engine: Engine) -> None:
    """Reading and drawing apart, and one page of a list."""
    for title, view in VIEWS.items():
        reading, found = timed(partial(read, engine, view))
        drawing, html = timed(partial(drawn, found, view))
        print(f"  {name}, {title}: read {reading}; drawn {drawing}, {len(html) // 1024} KB")
    asked = Asked(Pick.COUNTED, EVERYTHING)
    reading, _ = timed(
        partial(in_session, engine, lambda session: listing(session, AGENCY, YEAR, asked, TODAY))
    )
    print(f"  {name}, the first page of a list of {OWED:,}: {reading}")


def read(engine: Engine, view: View) -> Overview:
    return in_session(engine, lambda session: overview(session, AGENCY, view, TODAY))


def in_session(engine: Engine, ask: Callable[[Session], T]) -> T:
    with transaction(engine) as session:
        return ask(session)


def drawn(found: Overview, view: View) -> str:
    return (
        glance_html(found.glance, view)
        + map_html(found.map, view)
        + late_html(found.late, view, TODAY)
        + coming_html(found.coming, view, TODAY)
        + silent_html(found.silent)
    )


@dataclass(frozen=True)
class Times:
    """Milliseconds on the clock, and of our own computing."""

    took: list[float]
    computed: list[float]

    def __str__(self) -> str:
        return f"{said(self.took)} (our own computing: median {median(self.computed):.0f} ms)"


def timed(do: Callable[[], T]) -> tuple[Times, T]:
    """How long it takes, and what came of it."""
    times, result = Times([], []), do()
    for _ in range(TIMES):
        begun, computing = perf_counter(), process_time()
        result = do()
        times.took.append((perf_counter() - begun) * 1000)
        times.computed.append((process_time() - computing) * 1000)
    return times, result


def measure_page(name: str, database: str, folder: Path) -> None:
    """From the request to the last byte; in Chromium, from the request until the figures can be read."""
    with served(database, folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for title, address in {
            "overview": YEAR.address(),
            "list": YEAR.address("/danh-sach", muc="tat-ca"),
        }.items():
            fetching, page = timed(partial(fetched, f"{url}{address}"))
            shown = [visible(browser, f"{url}{address}") for _ in range(TIMES // 2)]
            print(
                f"  {name}, the page of the {title}: {said(fetching.took)}, {len(page) // 1024} KB; visible {said(shown)}"
            )
        browser.close()


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        content: bytes = answer.read()
        return content


def visible(browser: Browser, url: str) -> float:
    """Milliseconds in a browser that has kept our fonts and scripts, as on any day but the first."""
    page = browser.new_page()
    page.goto(url)
    begun = perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(".ov-figures, .ov-rows", state="visible")
    took = (perf_counter() - begun) * 1000
    page.close()
    return took


@contextmanager
def served(database: str, folder: Path) -> Iterator[str]:
    """The pages of that office in a process of their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.served_office", database, str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/tong-quan")
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            fetched(url)
        except (urllib.error.URLError, ConnectionError):
            sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def said(times: list[float]) -> str:
    return f"median {median(times):.0f} ms, p95 {quantiles(times, n=20, method='inclusive')[-1]:.0f} ms"


if __name__ == "__main__":
    main()
