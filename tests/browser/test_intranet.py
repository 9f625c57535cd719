"""An office whose server has a name on the intranet and no certificate: many begin so."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.conftest import DESK, HOW_TO_GET, Visit, free_port, launch, served
from tests.conftest import missing

HOST = "nhacviec.so.local"


@pytest.fixture
def desk() -> Iterator[Visit]:
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright, f"--host-resolver-rules=MAP {HOST} 127.0.0.1")
        except Error:
            missing(HOW_TO_GET)
        yield Visit(browser, DESK)
        browser.close()


def test_one_comes_in_without_a_certificate(desk: Visit, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    settings = {
        "NHACVIEC_DATABASE_URL": f"sqlite:///{tmp_path / 'office.db'}",
        "NHACVIEC_SECRET_FILE": str(tmp_path / "secret"),
        "NHACVIEC_PORT": str(port),
        "NHACVIEC_WEB_URL": f"http://{HOST}:{port}",
    }
    with served("run", port=port, log=log, **settings):
        link = re.search(r"http://\S+/vao/\w+", log.read_text("utf-8"))
        assert link, log.read_text("utf-8")
        desk.page.goto(link.group())
        desk.page.locator("button[type=submit]").first.click()
        expect(desk.page.get_by_role("navigation", name="Các trang")).to_be_visible()
        desk.page.get_by_role("link", name="Trò chuyện").click()
        desk.page.get_by_label(re.compile("Viết tin")).fill("trợ giúp")
        desk.page.keyboard.press("Enter")
        expect(desk.page.locator("article.ours").last).to_contain_text("Viết như nói thường")
