"""A backup that is still being written: beside its place, under a name that says so, held by whoever writes it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

if sys.platform != "win32":
    import fcntl

ENDING = ".dang-sao-luu"


@contextmanager
def written_aside(path: Path) -> Iterator[BufferedIOBase]:
    """A file to write into, its owner's alone; at the end it is on the disk and has that name, or it is gone."""
    handle, aside = _begun(path)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def clear_unfinished(folder: Path) -> list[Path]:
    """Delete what backups that were killed left in that folder, never one that is being written; what was deleted."""
    return [path for path in sorted(folder.glob(f".*{ENDING}")) if _is_cleared(path)]


def _begun(path: Path) -> tuple[int, Path]:
    """Made and held. Whoever clears up may have come in between: then once more."""
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ENDING)  # 0600
        try:
            _hold(handle)
        except BlockingIOError:
            os.close(handle)
            continue
        except OSError:
            # a share without locks: there nobody can hold it to clear it up, either
            return handle, Path(name)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)


def _is_cleared(path: Path) -> bool:
    try:
        with path.open("rb+") as left:
            _hold(left.fileno())
            # Windows deletes no file that somebody has open, be it we
            if sys.platform != "win32":
                path.unlink()
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _hold(handle: int) -> None:
    """Until it is closed. BlockingIOError: somebody else holds it; another OSError: nobody can."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
