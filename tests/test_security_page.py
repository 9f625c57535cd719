"""What `docs/security.md` calls proven is proven by a test that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
PROOFS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))
THREATS = re.search(r"## Threats.*?\n\n(.*?)\n\n", PAGE, re.DOTALL)


@pytest.mark.parametrize(("path", "name"), PROOFS, ids=[name for _, name in PROOFS])
def test_the_proof_is_there(path: str, name: str) -> None:
    assert re.search(rf"(?m)^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"))


def test_every_threat_has_one() -> None:
    assert THREATS is not None
    rows = THREATS[1].splitlines()[2:]
    assert len(rows) > 20
    assert [row for row in rows if "::test_" not in row] == []
