"""The demo's page as a person sees it: on a desk everything side by side, on a phone one tab at a time."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE


class DemoPage:
    def __init__(self, page: Page, url: str, agency: str) -> None:
        self.page = page
        page.goto(f"{url}/?co-quan={agency}")
        expect(self.today).not_to_be_empty()
        self.is_phone = (page.viewport_size or {"width": 0})["width"] == PHONE[0]

    @property
    def today(self) -> Locator:
        return self.page.locator(".today")

    @property
    def status(self) -> Locator:
        return self.page.locator(".winding")

    @property
    def units_with_news(self) -> Locator:
        """Units with something unread, in the list."""
        return self.page.locator(".who", has=self.page.locator(".fresh.on")).filter(has_text="Phòng")

    def wind(self, button: str) -> None:
        """Press a button of the clock, and wait until it stands still."""
        before = self.today.inner_text()
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.today).not_to_have_text(before)
        expect(self.status).to_contain_text("Qua")
        expect(self.page.get_by_role("button", name="+1 ngày")).to_be_enabled()

    def wind_to_the_last_month(self) -> None:
        self.page.locator(".month").last.click()
        expect(self.page.locator(".month").last).to_have_attribute("aria-current", "date", timeout=60_000)

    def turn_to_the_list(self) -> None:
        self._turn_to(0)

    def open_unit(self, row: Locator) -> Locator:
        """Open a unit from the list; its chat."""
        self.turn_to_the_list()
        name = row.locator(".name").inner_text()
        row.click()
        expect(self.page.locator(".place.unit h2")).to_have_text(name)
        return self.page.locator(".place.unit")

    def office(self) -> Locator:
        self._turn_to(2)
        return self.page.locator(".place.office")

    def _turn_to(self, tab: int) -> None:
        if self.is_phone:
            self.page.locator(".tab").nth(tab).click()

    def layout_shift(self) -> float:
        """How much moved by itself since the page was opened (cumulative layout shift)."""
        shift: float = self.page.evaluate(
            """() => new Promise((done) => {
                let sum = 0;
                new PerformanceObserver((seen) => seen.getEntries().forEach((each) => { sum += each.value; }))
                    .observe({ type: "layout-shift", buffered: true });
                setTimeout(() => done(sum), 300);
            })"""
        )
        return shift

    def is_as_wide_as_the_screen(self) -> bool:
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return wide


def newest(talk: Locator) -> Locator:
    """The last of our letters in a chat."""
    return talk.locator("article.ours").last


def write(talk: Locator, words: str) -> None:
    """Write and press Enter; wait for the answer."""
    said = talk.locator("article.theirs").count()
    talk.locator("textarea").fill(words)
    talk.locator("textarea").press("Enter")
    expect(talk.locator("article.theirs")).to_have_count(said + 1)
    expect(talk.locator("article").last).to_have_class(re.compile("ours"))
