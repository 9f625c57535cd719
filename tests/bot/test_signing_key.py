"""The signing key is made once, however many processes start at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from bot.app import ensure_secret

# threads have one process number, as the processes of several containers do
AT_ONCE = 24


def _keys_of_a_start_together(path: Path) -> set[str]:
    together = Barrier(AT_ONCE)

    def start(_: int) -> str:
        together.wait()
        return ensure_secret(path)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(start, range(AT_ONCE)))


def test_processes_that_start_together_have_one_key(tmp_path: Path) -> None:
    keys = _keys_of_a_start_together(tmp_path / "secret")
    assert keys == {(tmp_path / "secret").read_text("utf-8")}


def test_nothing_else_of_them_stays(tmp_path: Path) -> None:
    _keys_of_a_start_together(tmp_path / "secret")
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_only_its_owner_reads_the_key(tmp_path: Path) -> None:
    ensure_secret(tmp_path / "secret")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
