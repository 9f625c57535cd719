"""What a reader opened on a page stays open when its part of the page is drawn anew."""

from nicegui.events import GenericEventArguments

from bot.pages.html import Tag


class Unfolded:
    """What is open and what was closed, by a name that means the same thing when it is drawn again."""

    def __init__(self) -> None:
        self._chosen: dict[str, bool] = {}

    def holds(self, name: str, at_first: bool = False) -> bool:
        """Whether it is open; `at_first`: before the reader has chosen."""
        return self._chosen.get(name, at_first)

    def keep(self, name: str, is_open: bool) -> None:
        self._chosen[name] = is_open

    def details(self, name: str, words: str, classes: str = "", *, at_first: bool = False) -> Tag:
        """A part of the page behind these words: what it holds is drawn within it."""

        def fold(event: GenericEventArguments) -> None:
            self.keep(name, bool(event.args))

        folded = Tag("details", classes=classes, open=self.holds(name, at_first))
        folded.on("toggle", fold, js_handler="(event) => emit(event.target.open)")
        with folded:
            Tag("summary", words)
        return folded
