"""What a backup that was killed left is cleared away; one that is being written never is."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.keeping.unfinished import ENDING, clear_unfinished, written_aside

WRITES_AND_WAITS = """
import sys
from pathlib import Path
from data.keeping.unfinished import written_aside
with written_aside(Path(sys.argv[1])) as out:
    out.write(b"half")
    out.flush()
    print("begun", flush=True)
    sys.stdin.read()
"""


def test_what_was_written_has_its_name_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    with written_aside(tmp_path / "a.tar") as out:
        out.write(b"whole")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.tar": b"whole"}


def test_one_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), written_aside(tmp_path / "a.tar"):
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with written_aside(tmp_path / "a.tar") as out:
        out.write(b"half")
        assert clear_unfinished(tmp_path) == []
    assert (tmp_path / "a.tar").exists()


def test_one_whose_process_was_killed_goes(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_AND_WAITS, str(tmp_path / "a.tar")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writing:
        assert writing.stdout is not None
        writing.stdout.readline()
        assert clear_unfinished(tmp_path) == []
        writing.kill()
    assert [path.suffix for path in clear_unfinished(tmp_path)] == [ENDING]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    for name in (".a.tar.Xy12ab", "a.tar", "a.dang-sao-luu", ".ra.zip.dang-ghi"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / f".folder{ENDING}").mkdir()
    assert clear_unfinished(tmp_path) == []
