"""Every setting, typed, from the environment or `.env`; the README lists them all."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """Settings of `nhacviec run`; each is read from NHACVIEC_<NAME>."""

    # what was given is not repeated in errors: it may be a token
    model_config = SettingsConfigDict(
        env_prefix="NHACVIEC_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    database_url: str = Field(default="sqlite:///var/nhacviec.db", description="Cơ sở dữ liệu")
    host: str = Field(default="127.0.0.1", description="Địa chỉ máy chủ lắng nghe")
    port: Port = Field(default=8080, description="Cổng của trang web")
    web_url: str = Field(
        default="", description="Địa chỉ trang web mà người dùng mở; để trống thì lấy http://<host>:<port>"
    )
    agency_name: str = Field(default="", description="Tên cơ quan; để trống thì lấy từ kế hoạch đầu tiên")
    agency_superior: str = Field(default="", description="Cơ quan chủ quản")
    agency_place: str = Field(default="", description="Địa danh")
    agency_code: str = Field(default="", description="Chữ viết tắt của cơ quan, ví dụ STTTT")
    secret_file: Path = Field(default=Path("var/secret"), description="Tệp chứa khoá ký; tự tạo lần đầu")
    log_level: str = Field(default="INFO", description="Mức ghi nhật ký")
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="Mã (token) của bot Telegram, do BotFather cấp"
    )
    telegram_token_file: Path | None = Field(default=None, description="Tệp chứa mã của bot Telegram")
    telegram_mode: Literal["polling", "webhook"] = Field(
        default="polling", description="Cách nhận tin từ Telegram"
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Khoá của webhook; để trống thì tự tạo"
    )
    telegram_webhook_secret_file: Path | None = Field(default=None, description="Tệp chứa khoá của webhook")
    telegram_api_url: str = Field(
        default="https://api.telegram.org", description="Máy chủ Bot API của Telegram"
    )

    @model_validator(mode="after")
    def _read_secret_files(self) -> Self:
        for name in ("telegram_token", "telegram_webhook_secret"):
            path: Path | None = getattr(self, f"{name}_file")
            if path is not None:
                setattr(self, name, SecretStr(_read(path)))
        return self

    @model_validator(mode="after")
    def _webhook_needs_https(self) -> Self:
        if self.telegram_mode == "webhook" and not self.base_url.startswith("https://"):
            raise ValueError("NHACVIEC_TELEGRAM_MODE=webhook cần NHACVIEC_WEB_URL bắt đầu bằng https://")
        return self

    @property
    def base_url(self) -> str:
        return (self.web_url or f"http://{self.host}:{self.port}").rstrip("/")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        raise ValueError(f"không đọc được tệp {path}") from None
