"""The box for a deadline in words: what was understood is read back below it while one types."""

from bot.pages.html import Tag, button
from bot.pages.plans.reading import read_now
from duties.deadline import Years

TYPED = "(event) => emit(event.target.value)"
PUT = """(event) => {
    const box = event.target.closest("form").querySelector("input[name=phrase]");
    box.value = event.target.dataset.phrase;
    box.dispatchEvent(new Event("input"));
    box.focus();
}"""
BETWEEN_LOOKS = 0.2


class PhraseBox:
    """Draw it within a form; the form's field is `phrase`."""

    def __init__(self, years: Years, phrase: str, label: str) -> None:
        self.years = years
        with Tag("div", classes="field pl-phrase"):
            words = Tag("label", label)
            box = Tag(
                "input", classes="input", name="phrase", value=phrase, maxlength="300", autocomplete="off",
                required=True, placeholder="ví dụ: 30/6 · Quý II, IV · ngày 20 hằng tháng",
            )  # fmt: skip
            self._said = Tag("div", classes="pl-now", aria_live="polite")
        box.set(id=f"o-{box.id}", aria_describedby=f"doc-{box.id}")
        words.set(**{"for": f"o-{box.id}"})
        self._said.set(id=f"doc-{box.id}")
        box.on(
            "input", lambda event: self.show(str(event.args or "")), js_handler=TYPED, throttle=BETWEEN_LOOKS
        )
        self.show(phrase)

    def show(self, phrase: str) -> None:
        """What it means, now."""
        read = read_now(phrase, self.years)
        self._said.clear()
        with self._said:
            with Tag("p", classes="pl-good" if read.is_understood else "pl-why"):
                Tag("strong", "Hiểu là: " if read.is_understood else "")
                Tag("span", read.says)
            if read.days and read.is_understood:
                Tag("p", f"Hạn: {read.days}", "fine")
            if read.choices:
                with Tag("div", classes="row"):
                    for each in read.choices:
                        button(each, data_phrase=each).on("click", js_handler=PUT)
