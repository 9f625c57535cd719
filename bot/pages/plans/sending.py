"""Where plan files are dropped: how far the sending and the reading are, which year, and why one was refused."""

import re
from collections.abc import Awaitable, Callable, Sequence

from fastapi import HTTPException
from nicegui import background_tasks, ui
from nicegui.elements.upload_files import FileUpload

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.plans import words
from bot.pages.plans.handing_in import ANNEX, MAYBE, HandingIn, Stored, store, store_all
from bot.pages.plans.shelf import Named
from data.file_kinds import safe_name
from data.files import MEGABYTE
from data.plans import SourceFile
from documents.reading import LARGEST

KINDS = ".docx,.xlsx,.pdf,.html,.htm,.mht,.txt,.md,.csv"
LOOK_SECONDS = 0.25
# the browser sends one file after the other, each named with its album, its place and how many there are
BROUGHT = re.compile(r"(?P<album>[a-z0-9]{12,40}):(?P<place>\d{1,2}):(?P<of>\d{1,2}):(?P<name>.*)", re.DOTALL)


class _Upload(ui.upload):
    """Answers the browser only when what it sent is kept."""

    def __init__(self, keep: Callable[[FileUpload], Awaitable[None]]) -> None:
        super().__init__(multiple=True)
        self._keep = keep

    async def handle_uploads(self, files: list[FileUpload]) -> None:
        for file in files:
            await self._keep(file)


class Sending:
    """`draw` once. The browser sends and shows how much has left it; from then on we show the reading."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._work: HandingIn | None = None
        self._album: tuple[str, list[Stored]] = ("", [])

    def draw(self) -> None:
        most = min(self.desk.reader.world.files.most_bytes, LARGEST)
        self._upload = _Upload(self._take).classes("uploader")
        with Tag("section", classes="panel pl-drop", aria_labelledby="pl-nap") as drop:
            drop.on("cut", self._cut)
            drop.set(data_to=str(self._upload.props["url"]), data_most=str(most))
            Tag("h2", "Nạp kế hoạch", id="pl-nap")
            with Tag("p", classes="pl-drop-words"):
                Tag("span", "Kéo thả tệp vào đây, hoặc ")
                Tag("label", "chọn tệp", "button main", **{"for": "pl-tep"})
                Tag("input", "", "sr", id="pl-tep", type="file", multiple=True, accept=KINDS)
            Tag(
                "p", "Word, Excel, PDF có chữ, trang web hoặc văn bản, mỗi tệp tối đa "
                f"{most // MEGABYTE} MB. Nhiều tệp gửi cùng lúc là một kế hoạch, đọc theo thứ tự tên tệp, phụ lục sau cùng; "
                "kế hoạch khác xin gửi riêng.", "fine",
            )  # fmt: skip
            self._bar = Tag(
                "div",
                classes="pl-bar",
                role="progressbar",
                aria_label="Tiến độ",
                aria_valuemin="0",
                aria_valuemax="100",
            )
            Tag("p", classes="pl-sent", role="status", aria_live="polite")
            self._phase = Tag("p", "", "pl-phase", role="status", aria_live="polite")
            self._told = Tag("div", classes="pl-told gone", role="alert")
        ui.timer(LOOK_SECONDS, self._look)

    async def _take(self, file: FileUpload) -> None:
        """Keep one file of those that were dropped; with the last one they are read."""
        await self.desk.check()
        said = BROUGHT.fullmatch(file.name)
        if said is None:
            raise HTTPException(400)  # not sent by our page
        if self._album[0] != said["album"]:
            self._album = (said["album"], [])
        brought = SourceFile(safe_name(said["name"]), await file.read())
        kept = await store(self.desk.reader, brought, "", said["album"], int(said["place"]))
        stored = self._album[1] + ([kept] if kept else [])
        self._album = (said["album"], stored)
        if int(said["place"]) + 1 == int(said["of"]):
            self._begin(stored)

    def _cut(self) -> None:
        """The rest did not arrive: what is here is read."""
        self._begin(self._album[1], is_cut=True)

    async def _again(self, files: Sequence[SourceFile], says: str) -> None:
        if self._work is None or self._work.is_over:
            self._begin(await store_all(self.desk.reader, files, says))

    def _begin(self, stored: Sequence[Stored], *, is_cut: bool = False) -> None:
        if not stored:
            return
        self._album = ("", [])
        work = HandingIn(self.desk, stored, is_cut)
        # one is watched; of another that came meanwhile the plan appears below
        if self._work is None or self._work.is_over:
            self._work = work
        # it goes on by itself: whoever closes the page has sent the files all the same
        background_tasks.create(work.run(), name="plan files")

    def _look(self) -> None:
        work = self._work
        if work is None:
            return
        if work.is_over:
            self._work = None
            self._show_end(work)
            return
        self._told.show(False)
        self._phase.text = work.phase + " Có thể rời trang: tệp đã nhận, bản đọc được sẽ nằm ở đây."
        share = work.share
        self._bar.classes(add="on", remove="" if share is None else "waits")
        if share is None:
            self._bar.classes(add="waits")
        self._bar.style(f"--part: {0 if share is None else share:.3f}")

    def _show_end(self, work: HandingIn) -> None:
        self._bar.classes(remove="on waits")
        self._phase.text = ""
        if work.plan_id is not None and not work.was_there and not work.is_cut:
            ui.navigate.to(f"/ke-hoach/{work.plan_id}")
            return
        self._told.clear()
        self._told.show(True)
        with self._told:
            for line in _lines(work):
                Tag("p", line)
            if work.plan_id is not None:
                Tag("a", "Mở kế hoạch này", href=f"/ke-hoach/{work.plan_id}")
            elif work.wants_year:
                self._ask_year(work)
            for plan in work.annex_of:
                self._offer_annex(work, plan)

    def _offer_annex(self, work: HandingIn, plan: Named) -> None:
        button(f"Ghép làm phụ lục của “{plan.called}”").on(
            "click", lambda: self._again(work.files, words.about(plan.id, ANNEX)), throttle=2
        )

    def _ask_year(self, work: HandingIn) -> None:
        this_year = self.desk.reader.today.year
        with Tag("div", classes="row", role="group", aria_label="Kế hoạch của năm nào"):
            for year in (this_year, this_year + 1):
                button(f"Năm {year}").on(
                    "click", lambda year=year: self._again(work.files, f"năm {year}"), throttle=2
                )
        with Tag("form", classes="pl-form") as form:
            with Tag("div", classes="field"):
                Tag("label", "Năm khác, hoặc giai đoạn", **{"for": "pl-nam"})
                Tag(
                    "input",
                    classes="input",
                    id="pl-nam",
                    name="nam",
                    required=True,
                    placeholder="2026-2030",
                    autocomplete="off",
                )
            Tag("button", "Đọc", "button", type="submit")

        async def take(event: object) -> None:
            said = str((getattr(event, "args", None) or {}).get("nam", ""))
            await self._again(work.files, f"năm {said}")

        form.on("submit", take, js_handler=GATHER, throttle=2)


def _lines(work: HandingIn) -> list[str]:
    """Why it was not taken, without what a chat would have to be sent again; or what there is without the rest."""
    if work.plan_id is not None and work.is_cut and not work.was_there:
        return [f"Đã đọc {', '.join(f'“{file.name}”' for file in work.files)}."]
    if work.wants_year:
        return [f"Chưa rõ “{work.files[0].name}” là kế hoạch của năm nào."]
    told = work.told.partition(MAYBE)[0] if work.annex_of else work.told
    return told.strip().splitlines()[:4]
