"""The documents of a window as files: whole or not at all, with a progress bar, and one clear line when it fails."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.program.terminal import BAD_USAGE, NOT_DONE, leave
from data.files import FilesFolder
from documents.write_pack import write_pack
from duties.errors import DutyError
from duties.intents import Document
from duties.report import Report
from duties.wording.documents import NAMES
from scheduler.scribe import proofs, written


def check(path: Path) -> None:
    """Refuse at once what could not be written after all the work."""
    if path.is_dir():
        leave(f"{path} là thư mục; xin ghi cả tên tệp.", BAD_USAGE)
    if not path.parent.is_dir():
        leave(f"Không có thư mục {path.parent}; xin tạo thư mục trước hoặc chọn nơi khác.", BAD_USAGE)
    if not os.access(path.parent, os.W_OK):
        leave(f"Không có quyền ghi vào thư mục {path.parent}; xin chọn nơi khác.", BAD_USAGE)


def write_all(
    report: Report, form: bytes | None, files: FilesFolder, wanted: Mapping[Document, Path]
) -> None:
    """Write each document in its turn; the bar goes to the error stream, so that `--json` can be piped."""
    bar = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*bar, console=Console(stderr=True), transient=True) as progress:
        for document, path in wanted.items():
            task = progress.add_task(f"Soạn {NAMES[document]}", total=None)
            _write(document, path, report, form, files, _Steps(progress, task))
            progress.update(task, total=1, completed=1)
    for document, path in wanted.items():
        typer.echo(f"Đã ghi {NAMES[document]}: {path}", err=True)


class _Steps:
    """Moves the bar of one document."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def of(self, total: int) -> Callable[[int], None]:
        self._progress.update(self._task, total=total)
        return lambda done: self._progress.update(self._task, completed=done)


def _write(
    document: Document, path: Path, report: Report, form: bytes | None, files: FilesFolder, steps: _Steps
) -> None:
    """Written aside and then put in its place: a file that is open elsewhere keeps its old content."""
    aside = path.with_name(f".{path.name}.dang-ghi")
    try:
        if document is Document.EVIDENCE:
            found = proofs(report, files)
            with aside.open("wb") as target:
                write_pack(target, report, found, steps.of(len(found)))
        else:
            aside.write_bytes(written(document, report, form, files))
        os.replace(aside, path)
    except DutyError as refused:
        leave(str(refused), NOT_DONE)
    except PermissionError:
        leave(
            f"Không ghi được {path}: không có quyền, hoặc tệp đang mở ở chương trình khác; xin đóng tệp rồi chạy lại.",
            BAD_USAGE,
        )
    except OSError as broken:
        leave(f"Không ghi được {path}: {broken.strerror or broken}.", BAD_USAGE)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
