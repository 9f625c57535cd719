"""Every setting, typed, from the environment or `.env`; the README lists them all."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """Settings of `nhacviec run`; each is read from NHACVIEC_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="NHACVIEC_", env_file=".env", extra="ignore")

    database_url: str = Field("sqlite:///var/nhacviec.db", description="Cơ sở dữ liệu")
    host: str = Field("127.0.0.1", description="Địa chỉ máy chủ lắng nghe")
    port: Port = Field(8080, description="Cổng của trang web")
    web_url: str = Field("", description="Địa chỉ trang web mà người dùng mở; để trống thì lấy http://<host>:<port>")
    agency_name: str = Field("", description="Tên cơ quan; để trống thì lấy từ kế hoạch đầu tiên")
    agency_superior: str = Field("", description="Cơ quan chủ quản")
    agency_place: str = Field("", description="Địa danh")
    agency_code: str = Field("", description="Chữ viết tắt của cơ quan, ví dụ STTTT")
    secret_file: Path = Field(Path("var/secret"), description="Tệp chứa khoá ký; tự tạo lần đầu")
    log_level: str = Field("INFO", description="Mức ghi nhật ký")

    @property
    def base_url(self) -> str:
        return (self.web_url or f"http://{self.host}:{self.port}").rstrip("/")
