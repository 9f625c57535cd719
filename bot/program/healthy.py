"""`nhacviec healthy`: whether the process on this machine is alive; Docker's HEALTHCHECK calls it."""

import typer

from bot.healthy import main


def healthy() -> None:
    """Xem tiến trình trên máy này còn làm việc không (cần NHACVIEC_ALIVE_FILE); mã thoát 0 là còn."""
    raise typer.Exit(main())
