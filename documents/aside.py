"""Reading aside: what takes long to read is read by a process of its own, so that nobody else waits meanwhile.

A PDF is seconds of computing. In a thread it would slow down every answer, and in a transaction it would hold up the
database. `read_aside` has it read elsewhere and lays what was found where `read_bytes` and `read_head` look first; since
both depend on nothing but the file, nobody can tell the difference.
"""

import atexit
import io
import json
import pickle
import subprocess
import sys
from collections import OrderedDict
from contextlib import suppress
from hashlib import sha256
from threading import Lock, Timer
from typing import IO

from documents.progress import PAGES_READ
from duties.errors import DutyError, UnreadablePlan
from duties.papers import Document

# bytes from which reading takes longer than asking another process
SLOW_FROM, SLOW_PDF_FROM = 256 * 1024, 16 * 1024
MOST_SECONDS = 90.0
MOST_LAID_OUT = 8
# bytes of a number between the two processes
SIZE = 8
# what the reader may hand back: our own values, and nothing that does anything
OURS = ("duties.papers", "duties.plan", "duties.errors")

Outcome = Document | DutyError
Key = tuple[bytes, str, bool]


def is_slow(content: bytes) -> bool:
    """Whether a file is worth the way to another process."""
    return len(content) >= (SLOW_PDF_FROM if content.startswith(b"%PDF") else SLOW_FROM)


def read_aside(content: bytes, name: str, *, whole: bool) -> None:
    """Read all of a file, or its head, in another process, and keep what was found until it is asked for."""
    outcome = _READERS[whole].read(content, name, whole=whole)
    if outcome is None:  # whoever asks for it reads it himself, or after the next start
        return
    _laid_out[_key(content, name, whole)] = outcome
    while len(_laid_out) > MOST_LAID_OUT:
        _laid_out.popitem(last=False)


def laid_out(content: bytes, name: str, *, whole: bool) -> Document | None:
    """What was read aside, once; the DutyError it was refused with is raised. None when it was not read aside."""
    if not is_slow(content):
        return None
    outcome = _laid_out.pop(_key(content, name, whole), None)
    if isinstance(outcome, DutyError):
        raise outcome
    return outcome


def _key(content: bytes, name: str, whole: bool) -> Key:
    return sha256(content).digest(), name, whole


class Reader:
    """One process that reads one file after the other; it ends with ours."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._is_closing = False

    def read(self, content: bytes, name: str, *, whole: bool) -> Outcome | None:
        """What was found, or the error to refuse the file with: also where reading takes too long, or breaks the reader.

        None when the reader was closed meanwhile: the file is not to blame.
        """
        with self._lock:
            self._is_closing = False
            process = self._at_work()
            too_long = Timer(MOST_SECONDS, process.kill)
            too_long.start()
            try:
                return _asked(process, content, name, whole=whole)
            except (OSError, EOFError, pickle.UnpicklingError):  # it was killed, or has died of the file
                process.kill()
                process.wait()
                if self._is_closing:
                    return None
                return UnreadablePlan(f"Tệp “{name}” không đọc được; xin gửi tệp gốc dạng .docx hoặc .xlsx.")
            finally:
                too_long.cancel()

    def close(self) -> None:
        """What is being read is broken off."""
        self._is_closing = True
        if self._process is not None:
            self._process.kill()
        with self._lock:
            if self._process is not None:
                _bury(self._process)
                self._process = None

    def _at_work(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            if self._process is not None:
                _bury(self._process)
            words = (sys.executable, "-m", "documents.aside")
            self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process


def _bury(process: subprocess.Popen[bytes]) -> None:
    """What it was still to be told it hears no more."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.wait()


def _asked(process: subprocess.Popen[bytes], content: bytes, name: str, *, whole: bool) -> Outcome:
    assert process.stdin is not None
    assert process.stdout is not None
    asked = {"name": name, "size": len(content), "whole": whole}
    process.stdin.write(json.dumps(asked).encode() + b"\n" + content)
    process.stdin.flush()
    while not (size := _number(process.stdout)):  # nothing found yet: how far it is
        PAGES_READ.get()(_number(process.stdout), _number(process.stdout))
    return unpacked(_exactly(process.stdout, size))


def _number(stream: IO[bytes]) -> int:
    return int.from_bytes(_exactly(stream, SIZE))


def unpacked(packed: bytes) -> Outcome:
    """What the reader handed back; UnpicklingError when it is anything but a paper or a refusal."""
    outcome: Outcome = _Ours(io.BytesIO(packed)).load()
    return outcome


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


class _Ours(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if module not in OURS:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


# a proof of one page does not wait for a plan of three hundred
_READERS = {True: Reader(), False: Reader()}
_laid_out: OrderedDict[Key, Outcome] = OrderedDict()


@atexit.register
def close() -> None:
    """Break off what is being read."""
    for reader in _READERS.values():
        reader.close()


def main() -> None:
    """The reader's side: one file after the other from standard input, until there are no more."""
    from documents.reading import read_bytes, read_head

    asked_by, told = sys.stdin.buffer, sys.stdout.buffer

    def tell(done: int, of: int) -> None:
        told.write(b"".join(number.to_bytes(SIZE) for number in (0, done, of)))
        told.flush()

    PAGES_READ.set(tell)
    while line := asked_by.readline():
        asked = json.loads(line)
        content = _exactly(asked_by, asked["size"])
        try:
            outcome: Outcome = (read_bytes if asked["whole"] else read_head)(content, asked["name"])
        except DutyError as refused:
            outcome = refused
        found = pickle.dumps(outcome)
        told.write(len(found).to_bytes(SIZE) + found)
        told.flush()


if __name__ == "__main__":
    main()
