"""What is said of files: those that go with a letter, and those that prove what was done."""

from datetime import datetime

from duties.workdays import HANOI

CANNOT_BE_HAD = "Tệp đi kèm không còn trong kho nên không gửi được."


def here_it_is(name: str) -> str:
    return f"Tệp: {name}"


def download_link(name: str, address: str, until: datetime) -> str:
    return f"Tải “{name}” (đến hết {until.astimezone(HANOI):%d/%m/%Y}): {address}"
