"""What a button carries: the words that pressing it says, signed for one chat, in Telegram's 64 bytes."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

MOST_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton, callback_data
SIGNED_WITH = 9  # bytes of the signature: 12 letters
LETTERS = 12


class Buttons:
    """Signs with a key made of the program's secret; whoever does not hold it cannot make a button."""

    def __init__(self, secret: str, bot: str) -> None:
        self._key = hmac.digest(secret.encode(), b"telegram button", sha256)
        self._bot = bot

    def data(self, address: str, says: str) -> str:
        """The words behind their signature; words that are too long are left out and looked up in the letter."""
        signature = self._signature(address, says)
        whole = signature + says
        return whole if len(whole.encode()) <= MOST_BYTES else signature

    def words(self, address: str, data: str, offered: Iterable[str] = ()) -> str | None:
        """What that button says in that chat; None when we did not sign it. `offered`: the words of its letter."""
        signature, said = data[:LETTERS].encode(), data[LETTERS:]
        may_be = [said] if said else offered
        made = ((each, self._signature(address, each).encode()) for each in may_be)
        return next((each for each, signed in made if hmac.compare_digest(signed, signature)), None)

    def _signature(self, address: str, says: str) -> str:
        text = "\n".join((self._bot, address, says))
        return urlsafe_b64encode(hmac.digest(self._key, text.encode(), sha256)[:SIGNED_WITH]).decode()
