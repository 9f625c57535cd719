"""`nhacviec demo`: sample plans, every chat side by side, a clock to wind; no account, no network."""

from typing import Annotated

import typer


def demo(
    port: Annotated[
        int, typer.Option(metavar="CỔNG", help="Cổng của trang web; 0 để tự chọn cổng còn trống.")
    ] = 8080,
    host: Annotated[str, typer.Option(metavar="ĐỊA_CHỈ", help="Địa chỉ máy chủ lắng nghe.")] = "127.0.0.1",
) -> None:
    """Xem thử: kế hoạch mẫu, trò chuyện của từng đơn vị và đồng hồ để tua thời gian."""
    # as in run.py
    from bot.site import serve_demo

    serve_demo(host, port)
