"""The age key of a backup, reckoned from its passphrase: slow on purpose, and with little memory.

The passphrase mode of age takes as much memory as a second can fill, a gigabyte and more: too much beside a running office.
"""

import os
import unicodedata
from hashlib import scrypt

from pyrage import x25519

# Of OWASP's equal choices for scrypt the one with 64 MiB. It is written in each backup: another may come.
HOW = "scrypt-65536-8-2"
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
PREFIX = "age-secret-key-"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def new_salt() -> bytes:
    return os.urandom(16)


def identity_of(secret: str, salt: bytes) -> x25519.Identity:
    """The same key for the same passphrase and salt."""
    # the same words, whether a keyboard puts marks on letters or after them
    typed = unicodedata.normalize("NFC", secret).encode()
    key = scrypt(typed, salt=salt, n=2**16, r=8, p=2, maxmem=2**27, dklen=32)
    return x25519.Identity.from_str(_bech32(key).upper())


def _bech32(content: bytes) -> str:
    """As age writes its keys: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki."""
    bits = int.from_bytes(content) << 4  # 256 bits and 4 to fill the last of 52 letters
    values = [bits >> 5 * place & 31 for place in reversed(range(52))]
    prefix = [*(ord(letter) >> 5 for letter in PREFIX), 0, *(ord(letter) & 31 for letter in PREFIX)]
    check = _polymod([*prefix, *values, *[0] * 6]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return f"{PREFIX}1{''.join(LETTERS[value] for value in values)}"


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check
