"""The file `.env`: every setting with what it means, those that were chosen set, the others left to their defaults.

`python -m bot.env_file > .env.example` writes the one with nothing chosen.
"""

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args, get_origin

import typer
from annotated_types import Ge, Le
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import Settings

WIDTH = 96
HEAD = (
    "Cấu hình của Nhắc việc CCHC. Chép tệp này thành .env ở thư mục chạy chương trình (hoặc dùng: nhacviec init),",
    "bỏ dấu # ở đầu dòng cần đặt rồi ghi giá trị sau dấu =. Dòng còn dấu # giữ giá trị mặc định ghi ở đó.",
    "Biến môi trường cùng tên được ưu tiên hơn tệp này. Tệp .env có thể chứa mã bí mật: chỉ để chủ sở hữu đọc",
    "được (chmod 600), không gửi qua thư, không đưa vào kho mã nguồn. Sửa xong thì chạy: nhacviec doctor",
)
SECTIONS = {"": "Chung", "telegram": "Telegram", "zalo": "Zalo"}


def env_text(chosen: Mapping[str, str] | None = None) -> str:
    """The whole file; `chosen` gives some settings, by their names in `Settings`, a value."""
    values = chosen or {}
    parts = ["\n".join(f"# {line}" for line in HEAD)]
    for prefix, title in SECTIONS.items():
        parts.append(f"# === {title} ===")
        parts += [_setting(name, field, values.get(name, "")) for name, field in _fields(prefix)]
    return "\n\n".join(parts) + "\n"


def _fields(prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in Settings.model_fields.items():
        section = name.partition("_")[0]
        if (section if section in SECTIONS else "") == prefix:
            yield name, field


def _setting(name: str, field: FieldInfo, value: str) -> str:
    explained = textwrap.wrap(_explained(name, field), WIDTH, break_long_words=False, break_on_hyphens=False)
    mark = "" if value else "# "
    given = _quoted(value) if value else _default(field)
    return "\n".join([*(f"# {line}" for line in explained), f"{mark}NHACVIEC_{name.upper()}={given}"])


def _explained(name: str, field: FieldInfo) -> str:
    """What it means, what it may be, and that a secret may stand in a file of its own."""
    said = [f"{field.description}.", _allowed(field)]
    if f"{name}_file" in Settings.model_fields:
        said.append(f"Bí mật: nên để trong một tệp riêng, xem NHACVIEC_{name.upper()}_FILE.")
    return " ".join(part for part in said if part)


def _allowed(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return f"Một trong: {', '.join(get_args(field.annotation))}."
    if field.annotation is bool:
        return "Một trong: true, false."
    least = next((str(each.ge) for each in field.metadata if isinstance(each, Ge)), "")
    most = next((str(each.le) for each in field.metadata if isinstance(each, Le)), "")
    words = (f"Từ {least}" if least else "", f"đến {most}" if most else "trở lên")
    return f"{' '.join(words)}." if least else ""


def _default(field: FieldInfo) -> str:
    match field.default:
        case None | SecretStr():
            return ""
        case bool(value):
            return str(value).lower()
        case Path() as path:
            return path.as_posix()
        case value:
            return str(value)


def _quoted(value: str) -> str:
    """As it must stand in the file to be read back unchanged: names have spaces, and a # would begin a comment."""
    if all(letter.isalnum() or letter in "/:.,-_@+" for letter in value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


if __name__ == "__main__":
    typer.echo(env_text(), nl=False)
