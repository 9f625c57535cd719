"""Encryption by age (age-encryption.org), to a key made of the passphrase and a salt of each backup's own.

A sealed backup is a .tar of `key.txt`, which says how the key is made and what its public half is, and `backup.tar.age`.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from threading import Thread
from typing import TYPE_CHECKING

from pyrage import DecryptError, EncryptError, decrypt_io, encrypt_io, x25519

from data.keeping.archive import BLOCK, END, Hashed, Incoming, Readable, header_of, next_member, padding_of
from data.keeping.errors import Damaged, NeedsPassphrase, NotABackup, WeakPassphrase, WrongPassphrase
from data.keeping.key import HOW, identity_of, new_salt

if TYPE_CHECKING:
    from typing_extensions import Buffer

KEY, BODY = "key.txt", "backup.tar.age"
MARK = "nhacviec.txt"
LEAST_LETTERS = 12
MOST_KEY = 4096


class _Pulled(BufferedIOBase):
    """An iterator of bytes, read as a file. `failed`: what went wrong with it, of which age tells the words alone."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""
        self.failed: Exception | None = None

    def read(self, size: int | None = None) -> bytes:
        while not self._rest:
            try:
                chunk = next(self._chunks, None)
            except Exception as failed:  # whatever it was goes on, and is told whole
                self.failed = failed
                raise
            if chunk is None:
                return b""
            self._rest = chunk
        wanted = len(self._rest) if size is None or size < 0 else size
        given, self._rest = self._rest[:wanted], self._rest[wanted:]
        return given


class _Pushed(BufferedIOBase):
    """A file that is written to; `failed` as above."""

    def __init__(self, out: BufferedIOBase) -> None:
        self._out = out
        self.failed: Exception | None = None

    def write(self, piece: "Buffer", /) -> int:
        try:
            return self._out.write(piece)
        except OSError as failed:
            self.failed = failed
            raise

    def flush(self) -> None:
        """When all is written."""


def check_passphrase(secret: str) -> None:
    if len(secret) < LEAST_LETTERS:
        raise WeakPassphrase


def write_sealed(chunks: Iterable[bytes], out: BufferedIOBase, secret: str) -> None:
    """Encrypt what comes while it comes; how long it was is known, and noted, at the end."""
    salt = new_salt()
    identity = identity_of(secret, salt)
    key = f"{HOW} {salt.hex()} {identity.to_public()}".encode()
    out.write(header_of(KEY, len(key)) + key + padding_of(len(key)))
    place = out.tell()
    out.write(header_of(BODY, 0))
    _encrypt(_Pulled(chunks), _Pushed(out), identity)
    size = out.tell() - place - BLOCK
    out.write(padding_of(size) + END)
    out.seek(place)
    out.write(header_of(BODY, size))


def _encrypt(source: _Pulled, target: _Pushed, identity: x25519.Identity) -> None:
    try:
        encrypt_io(source, target, [identity.to_public()])
    except EncryptError as error:
        raise source.failed or target.failed or OSError(str(error)) from None


@contextmanager
def opened(file: BufferedIOBase, secret: str | None) -> Iterator[Readable]:
    """The archive in a backup, sealed or not."""
    start = file.read(BLOCK)
    file.seek(0)
    if start.startswith(MARK.encode() + b"\0"):
        yield file
    elif not start.startswith(KEY.encode() + b"\0"):
        raise NotABackup
    elif secret is None:
        raise NeedsPassphrase
    else:
        with _unsealed(file, secret) as inside:
            yield inside


@contextmanager
def _unsealed(file: BufferedIOBase, secret: str) -> Iterator[Readable]:
    outside = Hashed(file)
    identity = _identity(next_member(outside), secret)
    body = next_member(outside)
    if body.name != BODY:
        raise Damaged
    reading, writing = os.pipe()
    # age pushes and we pull: it works in a thread of its own, at the other end of a pipe
    failed: list[Exception] = []
    other_end = Thread(target=_decrypt, args=(body, writing, identity, failed))
    other_end.start()
    try:
        with os.fdopen(reading, "rb") as inside:
            yield inside
    finally:
        other_end.join()
    body.finish()
    if failed or outside.exactly(len(END)) != END or not outside.is_at_end():
        raise Damaged


def _identity(member: Incoming, secret: str) -> x25519.Identity:
    told = member.content(MOST_KEY)
    member.finish()
    try:
        how, salt, public = told.decode().split(" ")
        identity = identity_of(secret, bytes.fromhex(salt))
    except ValueError:
        raise Damaged from None
    if how != HOW:
        raise Damaged
    if str(identity.to_public()) != public:
        raise WrongPassphrase
    return identity


def _decrypt(body: Incoming, writing: int, identity: x25519.Identity, failed: list[Exception]) -> None:
    try:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as out:  # nobody wants the rest
            decrypt_io(_Pulled(body.chunks()), out, [identity])
    except (DecryptError, Damaged, OSError, ValueError) as error:
        failed.append(error)
