"""What was promised against what the platform took and what the database says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.kill.office import Owed, Sent

MARK = "(có thể trùng với tin trước)"
GREETING = "Kính gửi"


@dataclass(frozen=True)
class Taken:
    """A message that the platform took, whether or not whoever sent it lived to hear so."""

    address: str
    text: str
    day: int

    @property
    def is_marked(self) -> bool:
        return MARK in self.text

    @property
    def is_nudge(self) -> bool:
        return GREETING in self.text


@dataclass
class Verdict:
    """Counts to be read, and broken promises, of which there are to be none."""

    kills: int = 0
    restarts: int = 0
    letters: int = 0
    caught: int = 0
    twice: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)

    def judge(self, letter: Sent, taken: Sequence[Taken], caught: int, *, about: str) -> None:
        """One letter: it arrived, once, and once more at most for each kill that caught it on its way, marked."""
        self.letters += 1
        self.twice += max(len(taken) - 1, 0)
        if not taken:
            self.broken.append(f"lost: {about}, {letter}")
        if len(taken) - 1 > caught:
            self.broken.append(f"{len(taken)} times, caught by {caught} kills: {about}, {letter}")
        if sum(not each.is_marked for each in taken) > 1:
            self.broken.append(f"again without a mark: {about}, {letter}")
        if not letter.is_at_rest:
            self.broken.append(f"left as it was: {about}, {letter}")

    def judge_chat(
        self, owed: Owed, letters: Sequence[Sent], taken: Iterable[Taken], caught: Mapping[int, int]
    ) -> None:
        """Every letter of a chat: its nudges, a day's each, and the one receipt for its one answer."""
        heard = [each for each in taken if each.address == owed.address]
        nudges = [letter for letter in letters if letter.is_nudge]
        receipts = [letter for letter in letters if not letter.is_nudge]
        for day, letter in enumerate(nudges, start=1):
            theirs = [each for each in heard if each.is_nudge and each.day == day]
            self.judge(letter, theirs, caught.get(letter.letter_id, 0), about=owed.code)
        if not nudges:
            self.broken.append(f"never planned: {owed.code}")
        if len(receipts) != 1:
            self.broken.append(f"{len(receipts)} receipts: {owed.code}")
        for letter in receipts:
            theirs = [each for each in heard if not each.is_nudge]
            self.judge(letter, theirs, caught.get(letter.letter_id, 0), about=owed.code)

    def __str__(self) -> str:
        said = (
            f"{self.kills} kills and {self.restarts} restarts of the server in {self.seconds:.0f} s caught {self.caught} letters on their way; "
            f"{self.letters} letters, {self.twice} came once more and said so; {len(self.broken)} promises broken"
        )
        return "\n".join([said, *(f"  {each}" for each in self.broken[:40])])
