"""Files with bytes changed at random: read, or refused in one line, and never anything else."""

from pathlib import Path
from random import Random

import pytest

from documents.reading import read_bytes
from duties.errors import UnreadablePlan
from duties.intake import read_plan

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = (
    "ha-tinh-stnmt-2024.docx",
    "ha-tinh-stnmt-2024.xlsx",
    "kon-tum-bqlkkt-2020.html",
    "binh-dinh-sldtbxh-2023.txt",
)
TIMES = 12


def damaged(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 5, 40))):
        place = chance.randrange(len(changed))
        match chance.randrange(3):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.randrange(1, 300)]
            case _:
                changed[place:place] = changed[max(0, place - 50) : place]
    return bytes(changed)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(TIMES))
def test_a_damaged_file_is_read_or_refused_in_one_line(name: str, seed: int) -> None:
    content = damaged((SAMPLES / name).read_bytes(), Random(f"{name}{seed}"))
    try:
        said = read_plan(read_bytes(content, name)).head.title
    except UnreadablePlan as refused:
        said = str(refused)
    assert "\n" not in said
