"""`nhacviec init`: five questions, and a `.env` that works."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

import typer
from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.env_file import env_text
from bot.program.terminal import BAD_USAGE, NOT_DONE, leave
from bot.settings import Settings, what_is_wrong
from duties.spelling import fold

Chosen = dict[str, str]
Taken = TypeVar("Taken")

DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
YES, NO = ("c", "co", "y", "yes"), ("", "k", "khong", "n", "no")
TOKENS = {"telegram": "telegram_token", "zalo": "zalo_tokens"}


class NotSo(Exception):
    """Why an answer cannot be taken, in one line."""


def init(
    path: Annotated[Path, typer.Option("--file", metavar="TỆP", help="Tệp cấu hình sẽ ghi.")] = Path(".env"),
) -> None:
    """Hỏi năm câu rồi ghi tệp .env để chạy được ngay."""
    if not path.absolute().parent.is_dir():
        leave(f"Không có thư mục {path.parent}; xin tạo trước hoặc chọn nơi khác.", BAD_USAGE)
    if path.exists() and not _ask(f"Đã có {path}. Thay bằng cấu hình mới? [c/K]", _yes):
        leave(f"Giữ nguyên {path}.", NOT_DONE)
    typer.echo(
        "Năm câu hỏi; Enter là lấy giá trị trong ngoặc vuông. Mọi mục đều sửa được sau trong tệp cấu hình."
    )
    chosen: Chosen = {
        **_ask("1/5 Tên cơ quan [lấy từ kế hoạch đầu tiên]", _name),
        **_ask("2/5 Địa danh, chữ viết tắt của cơ quan (ví dụ: Khánh Hòa, STTTT) [bỏ qua]", _place_and_code),
        **_ask("3/5 Cơ sở dữ liệu [sqlite:///var/nhacviec.db]", _database),
        **_ask("4/5 Địa chỉ trang web mà các đơn vị mở [http://127.0.0.1:8080]", _web),
        **_bot(_ask("5/5 Bot: telegram, zalo hay không dùng [không]", _platform)),
    }
    _write(path, env_text(chosen))
    typer.echo(f"Đã ghi {path}; {_who_reads_it()}.")
    typer.echo("Tiếp theo: nhacviec run để chạy; ở cửa sổ khác, nhacviec doctor để kiểm tra.")


def _who_reads_it() -> str:
    """Windows takes the rights of the folder: it knows no mode of a file."""
    if os.name == "posix":
        return "chỉ tài khoản này đọc được"
    return "ai mở được thư mục này thì đọc được tệp, xin giới hạn quyền của thư mục (icacls)"


def _ask(question: str, read: Callable[[str], Taken], *, hidden: bool = False) -> Taken:
    """Ask until the answer can be taken; a token is not shown while it is typed."""
    while True:
        try:
            said: str = typer.prompt(question, default="", show_default=False, hide_input=hidden)
            return read(said.strip())
        except NotSo as why:
            typer.echo(f"  {why}")


def _yes(said: str) -> bool:
    if (folded := fold(said)) in YES + NO:
        return folded in YES
    raise NotSo("Xin trả lời “c” (có) hoặc “k” (không).")


def _name(said: str) -> Chosen:
    return _checked({"agency_name": said})


def _place_and_code(said: str) -> Chosen:
    place, _, code = (part.strip() for part in said.partition(","))
    return _checked({"agency_place": place, "agency_code": code})


def _database(said: str) -> Chosen:
    if said and _driver(said) not in DATABASES:
        raise NotSo("Xin ghi sqlite:///tệp hoặc postgresql+psycopg://người_dùng:mật_khẩu@máy_chủ/tên.")
    return _checked({"database_url": said})


def _driver(url: str) -> str:
    try:
        return make_url(url).drivername
    except ArgumentError:
        return ""


def _web(said: str) -> Chosen:
    """An address with a port of its own is served by us for everybody; any other by a proxy before us."""
    try:
        where, port = urlsplit(said), urlsplit(said).port
    except ValueError:
        raise NotSo(
            "Địa chỉ chưa đúng, ví dụ: https://nhacviec.example hoặc http://192.168.1.10:8080."
        ) from None
    if not said:
        return {}
    if where.scheme not in ("http", "https") or not where.hostname or where.path.strip("/"):
        raise NotSo("Xin ghi cả http:// hoặc https://, không ghi đường dẫn phía sau.")
    if where.scheme == "https" or port is None:
        return _checked({"web_url": said})
    host = "127.0.0.1" if where.hostname in THIS_MACHINE else "0.0.0.0"
    return _checked({"web_url": said, "host": host, "port": str(port)})


def _platform(said: str) -> str:
    folded = fold(said)
    if folded in (*TOKENS, *NO):
        return folded if folded in TOKENS else ""
    raise NotSo("Xin trả lời telegram, zalo hoặc Enter.")


def _bot(platform: str) -> Chosen:
    if not platform:
        return {}
    token = _ask("    Mã (token) của bot, không hiện khi gõ", _token, hidden=True)
    if not token:
        typer.echo(f"    Chưa có mã nên chưa bật bot; khi có, ghi vào NHACVIEC_{TOKENS[platform].upper()}.")
    return _checked({TOKENS[platform]: token})


def _token(said: str) -> str:
    if said and not re.fullmatch(r"\d+:\S{3,}", said):
        raise NotSo("Mã bot có dạng <số>:<chuỗi>, không có khoảng trắng; xin dán lại, hoặc Enter để bỏ qua.")
    return said


def _checked(chosen: Mapping[str, str]) -> Chosen:
    """What was not left empty, if the program would take it."""
    given = {name: value for name, value in chosen.items() if value}
    try:
        Settings.model_validate(given)
    except ValidationError as wrong:
        raise NotSo(what_is_wrong(wrong.errors(include_input=False)[0])) from None
    return given


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        aside.touch(mode=0o600)
        aside.write_text(text, "utf-8")
        os.replace(aside, path)
    except OSError:
        aside.unlink(missing_ok=True)
        leave(f"Không ghi được {path}; xin kiểm tra quyền ghi và chỗ trống của ổ đĩa.", NOT_DONE)
