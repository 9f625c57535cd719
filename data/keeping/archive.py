"""A plain .tar, written and read in one go, of which no single byte can change unnoticed.

Any `tar -xf` opens it. We read only what we write ourselves: plain files whose headers are exactly ours, so that links,
paths that climb and clever extensions have no way in.
"""

import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from data.keeping.errors import Damaged

BLOCK = tarfile.BLOCKSIZE
CHUNK = 2**20
END = bytes(2 * BLOCK)
SEAL = "sha256"


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Member:
    """What the manifest says of one file in the archive."""

    name: str
    size: int
    sha256: str


def header_of(name: str, size: int) -> bytes:
    """The same for the same file, whoever writes it and when."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def padding_of(size: int) -> bytes:
    return bytes(-size % BLOCK)


class Pack:
    """The bytes of an archive, one member after the other; `seal` ends it with the hash of all that came before."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self._whole = sha256()

    def add(self, name: str, content: bytes) -> Iterator[bytes]:
        return self.stream(name, len(content), [content])

    def stream(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        digest, written = sha256(), 0
        yield self._noted(header_of(name, size))
        for chunk in chunks:
            digest.update(chunk)
            written += len(chunk)
            yield self._noted(chunk)
        if written != size:
            raise OSError(f"{name} changed while it was read")
        yield self._noted(padding_of(size))
        self.members.append(Member(name, size, digest.hexdigest()))

    def seal(self) -> Iterator[bytes]:
        yield from self.add(SEAL, self._whole.hexdigest().encode())
        yield END

    def _noted(self, chunk: bytes) -> bytes:
        self._whole.update(chunk)
        return chunk


class Hashed:
    """A stream that knows the hash of what was read of it; whatever ends too early is damaged."""

    def __init__(self, stream: Readable) -> None:
        self.digest = sha256()
        self._stream = stream

    def exactly(self, size: int) -> bytes:
        read = b"".join(self._pieces(size))
        self.digest.update(read)
        return read

    def is_at_end(self) -> bool:
        return not self._stream.read(1)

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size:  # a pipe gives what it has
            piece = self._stream.read(size)
            if not piece:
                raise Damaged
            size -= len(piece)
            yield piece


class Incoming:
    """A file in the archive that is being read: its bytes once, in order; then it knows their hash."""

    def __init__(self, name: str, size: int, stream: Hashed) -> None:
        self.name, self.size = name, size
        self._stream, self._left, self._digest = stream, size, sha256()

    def chunks(self) -> Iterator[bytes]:
        while self._left:
            chunk = self._stream.exactly(min(self._left, CHUNK))
            self._left -= len(chunk)
            self._digest.update(chunk)
            yield chunk

    def checked(self, sha256: str) -> Iterator[bytes]:
        """The same; Damaged after the last one unless it is what its hash says."""
        yield from self.chunks()
        if self._digest.hexdigest() != sha256:
            raise Damaged

    def content(self, most: int) -> bytes:
        if self.size > most:
            raise Damaged
        return b"".join(self.chunks())

    def finish(self) -> Member:
        """Read what nobody wanted."""
        for _ in self.chunks():
            pass
        padding = padding_of(self.size)
        if self._stream.exactly(len(padding)) != padding:
            raise Damaged
        return Member(self.name, self.size, self._digest.hexdigest())


def unpack(stream: Readable) -> Iterator[Incoming]:
    """Each member in turn, up to the seal; Damaged when it does not fit, or anything comes after it."""
    hashed = Hashed(stream)
    while True:
        so_far = hashed.digest.hexdigest()
        member = next_member(hashed)
        if member.name == SEAL:
            break
        yield member
    if member.content(len(so_far)) != so_far.encode():
        raise Damaged
    member.finish()
    if hashed.exactly(len(END)) != END or not hashed.is_at_end():
        raise Damaged


def next_member(stream: Hashed) -> Incoming:
    header = stream.exactly(BLOCK)
    try:
        info = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
    except (tarfile.HeaderError, UnicodeError):
        raise Damaged from None
    if header != header_of(info.name, info.size):
        raise Damaged
    return Incoming(info.name, info.size, stream)
