"""The sign of life of one process: a file that it writes again and again, and whoever looks at it from outside.

`python -m bot.healthy` loads nothing else of the house, so that it may be called every half minute.
"""

import os
import sys
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.clock import WallClock

FRESH_FOR = timedelta(minutes=2)
ANSWERED_WITHIN = 5.0
SETTING = "NHACVIEC_ALIVE_FILE"


class SignOfLife:
    """`address`: where the process also answers, when it serves the web."""

    def __init__(self, path: Path, address: str = "") -> None:
        self._path, self.address = path, address

    async def give(self) -> None:
        """Write it anew, on the loop that does all the work: a loop that hangs gives none."""
        self._path.write_text(self.address, "utf-8")

    def end(self) -> None:
        self._path.unlink(missing_ok=True)


def what_is_wrong(path: Path, now: datetime) -> str:
    """Why the process behind that file is not well; empty when it is."""
    try:
        written, address = path.stat().st_mtime, path.read_text("utf-8")
    except OSError:
        return f"chưa có tệp {path}: tiến trình chưa chạy, hoặc {SETTING} trỏ tới nơi khác"
    if now - datetime.fromtimestamp(written, now.tzinfo) > FRESH_FOR:
        return f"tệp {path} đã hơn hai phút không được ghi lại: tiến trình đã treo hoặc đã dừng"
    return "" if not address or _answers(address) else f"trang web không trả lời ở {address}"


def _answers(address: str) -> bool:
    # this very machine is not asked through a proxy
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=ANSWERED_WITHIN) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def main() -> int:
    """0 when the process is well, else 1 and one line that says why not."""
    path = os.environ.get(SETTING, "")
    wrong = what_is_wrong(Path(path), WallClock().now()) if path else f"chưa đặt {SETTING}"
    if wrong:
        sys.stderr.write(f"Không ổn: {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
