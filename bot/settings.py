"""Every setting, typed, from the environment or `.env`; the README lists them all."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from data.files import MEGABYTE, FilesFolder, folder_beside
from data.retention import Periods
from data.web_sessions import STANDARD_OFFICE_DAYS, STANDARD_UNIT_DAYS

Port = Annotated[int, Field(ge=1, le=65535)]
Months = Annotated[int, Field(ge=0, le=1200)]
Years = Annotated[int, Field(ge=0, le=100)]


class Settings(BaseSettings):
    """Settings of `nhacviec run`; each is read from NHACVIEC_<NAME>."""

    # what was given is not repeated in errors: it may be a token
    model_config = SettingsConfigDict(
        env_prefix="NHACVIEC_",
        env_file=".env",
        # Windows' Notepad may put a mark at the head of a file
        env_file_encoding="utf-8-sig",
        # what is left empty in a `.env` is as if it were not there
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    # it may hold a password
    database_url: str = Field(
        default="sqlite:///var/nhacviec.db",
        description="Cơ sở dữ liệu: sqlite:///tệp, hoặc postgresql+psycopg://người_dùng@máy_chủ/tên",
        repr=False,
    )
    database_password_file: Path | None = Field(
        default=None, description="Tệp chứa mật khẩu của cơ sở dữ liệu PostgreSQL"
    )
    host: str = Field(default="127.0.0.1", description="Địa chỉ máy chủ lắng nghe")
    port: Port = Field(default=8080, description="Cổng của trang web")
    web_url: str = Field(
        default="", description="Địa chỉ trang web mà người dùng mở; để trống thì lấy http://<host>:<port>"
    )
    agency_name: str = Field(default="", description="Tên cơ quan; để trống thì lấy từ kế hoạch đầu tiên")
    agency_superior: str = Field(default="", description="Cơ quan chủ quản")
    agency_place: str = Field(default="", description="Địa danh")
    agency_code: str = Field(default="", description="Chữ viết tắt của cơ quan, ví dụ STTTT")
    files_dir: Path | None = Field(
        default=None, description="Thư mục giữ tệp minh chứng; để trống thì là “files” cạnh cơ sở dữ liệu"
    )
    file_max_mb: int = Field(default=20, ge=1, le=100, description="Tệp gửi vào lớn nhất, tính bằng MB")
    link_days: int = Field(
        default=7, ge=1, le=90, description="Số ngày mà liên kết tải, nộp tệp còn dùng được"
    )
    session_days: int = Field(
        default=STANDARD_UNIT_DAYS,
        ge=1,
        le=365,
        description="Số ngày trình duyệt của đơn vị được vào trang; không dùng 100 ngày thì đóng sớm hơn",
    )
    office_session_days: int = Field(
        default=STANDARD_OFFICE_DAYS,
        ge=1,
        le=365,
        description="Như trên, của Văn phòng, lãnh đạo, quản trị; không dùng 14 ngày thì đóng sớm hơn",
    )
    secret_file: Path = Field(default=Path("var/secret"), description="Tệp chứa khóa ký; tự tạo lần đầu")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Mức ghi nhật ký"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Dạng nhật ký: text cho người đọc, json cho chương trình đọc"
    )
    requests_per_minute: int = Field(
        default=1200, ge=0, description="Số yêu cầu trong một phút từ một địa chỉ mạng; 0: không giới hạn"
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Địa chỉ (hoặc dải 10.0.0.0/8) của máy chuyển tiếp được tin khi nói người xem đến từ đâu, cách nhau bằng dấu phẩy",
    )
    alive_file: Path | None = Field(
        default=None,
        description="Tệp được ghi lại 20 giây một lần khi tiến trình còn làm việc; lệnh nhacviec healthy xem tệp này",
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="Mã để nơi khác đọc số đo ở /metrics (Authorization: Bearer …); để trống thì chỉ máy này đọc được",
    )
    metrics_token_file: Path | None = Field(default=None, description="Tệp chứa mã để đọc số đo")
    heartbeat_url: SecretStr = Field(
        default=SecretStr(""),
        description="Địa chỉ được gọi vài phút một lần khi mọi thứ bình thường, để nơi khác biết mà báo động",
    )
    heartbeat_url_file: Path | None = Field(
        default=None, description="Tệp chứa địa chỉ được gọi khi mọi thứ bình thường"
    )
    keep_messages_months: Months = Field(
        default=60, description="Giữ lời và tệp trong tin đến bao nhiêu tháng; 0: giữ lâu dài"
    )
    keep_letters_months: Months = Field(
        default=60, description="Giữ lời trong tin đã gửi bao nhiêu tháng; 0: giữ lâu dài"
    )
    keep_evidence_years: Years = Field(
        default=0,
        description="Giữ tệp minh chứng bao nhiêu năm sau năm cuối của kế hoạch; 0: giữ lâu dài",
    )
    keep_trail_years: Years = Field(default=0, description="Giữ nhật ký bao nhiêu năm; 0: giữ lâu dài")
    keep_sessions_months: Months = Field(
        default=6, description="Giữ phiên trang web đã kết thúc bao nhiêu tháng; 0: giữ lâu dài"
    )
    keep_codes_months: Months = Field(
        default=3, description="Giữ lượt nhập mã sai, mã mời hết hạn bao nhiêu tháng; 0: giữ lâu dài"
    )
    keep_links_months: Months = Field(
        default=6, description="Giữ liên kết riêng đã hết hạn bao nhiêu tháng; 0: giữ lâu dài"
    )
    keep_drafts_months: Months = Field(
        default=12,
        description="Giữ bản kế hoạch đọc xong mà không xác nhận bao nhiêu tháng; 0: giữ lâu dài",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="Mã (token) của bot Telegram, do BotFather cấp"
    )
    telegram_token_file: Path | None = Field(default=None, description="Tệp chứa mã của bot Telegram")
    telegram_mode: Literal["polling", "webhook"] = Field(
        default="polling", description="Cách nhận tin từ Telegram"
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Khóa của webhook; để trống thì tự tạo"
    )
    telegram_webhook_secret_file: Path | None = Field(default=None, description="Tệp chứa khóa của webhook")
    telegram_api_url: str = Field(
        default="https://api.telegram.org", description="Máy chủ Bot API của Telegram"
    )
    zalo_tokens: SecretStr = Field(
        default=SecretStr(""), description="Mã (token) của bot Zalo; nhiều bot thì cách nhau bằng dấu phẩy"
    )
    zalo_tokens_file: Path | None = Field(
        default=None, description="Tệp chứa mã của các bot Zalo, mỗi dòng một mã"
    )
    zalo_mode: Literal["polling", "webhook"] = Field(default="polling", description="Cách nhận tin từ Zalo")
    zalo_webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Khóa của webhook, 8–256 ký tự; để trống thì tự tạo"
    )
    zalo_webhook_secret_file: Path | None = Field(default=None, description="Tệp chứa khóa của webhook Zalo")
    zalo_polling_takes_over: bool = Field(
        default=False, description="Được xóa webhook đang đặt sẵn để nhận tin bằng polling"
    )
    zalo_monthly_cap: int = Field(
        default=3000, ge=0, description="Số tin mỗi bot Zalo được gửi trong tháng; 0: không giới hạn"
    )
    zalo_image_hosts: str = Field(
        default="zdn.vn",
        description="Các máy chủ ảnh của Zalo mà bot được tải ảnh về, cách nhau bằng dấu phẩy",
    )
    zalo_api_url: str = Field(
        default="https://bot-api.zaloplatforms.com", description="Máy chủ Bot API của Zalo"
    )

    @model_validator(mode="after")
    def _read_secret_files(self) -> Self:
        for name in type(self).model_fields:
            path: Path | None = getattr(self, f"{name}_file", None)
            if path is not None:
                setattr(self, name, SecretStr(_read(path)))
        return self

    @model_validator(mode="after")
    def _read_database_password(self) -> Self:
        if self.database_password_file is not None:
            url = make_url(self.database_url).set(password=_read(self.database_password_file))
            self.database_url = url.render_as_string(hide_password=False)
        return self

    @model_validator(mode="after")
    def _webhook_needs_https(self) -> Self:
        for platform in ("telegram", "zalo"):
            if getattr(self, f"{platform}_mode") == "webhook" and not self.base_url.startswith("https://"):
                name = f"NHACVIEC_{platform.upper()}_MODE"
                raise ValueError(f"{name}=webhook cần NHACVIEC_WEB_URL bắt đầu bằng https://")
        return self

    @model_validator(mode="after")
    def _zalo_tokens_are_tokens(self) -> Self:
        """The number before the colon names the bot in the log and in its address: it must not be the secret."""
        numbers = [token.partition(":")[0] for token in self.zalo_bots]
        if not all(re.fullmatch(r"\d+:\S{3,}", token) for token in self.zalo_bots):
            raise ValueError("NHACVIEC_ZALO_TOKENS phải gồm các mã dạng <số>:<chuỗi>, như Zalo gửi")
        if len(set(numbers)) < len(numbers):
            raise ValueError("NHACVIEC_ZALO_TOKENS có hai mã của cùng một bot; xin chỉ để mã mới nhất")
        return self

    @model_validator(mode="after")
    def _zalo_secret_is_long_enough(self) -> Self:
        said = self.zalo_webhook_secret.get_secret_value()
        if said and not 8 <= len(said) <= 256:
            raise ValueError("NHACVIEC_ZALO_WEBHOOK_SECRET phải có từ 8 đến 256 ký tự")
        return self

    @model_validator(mode="after")
    def _proxies_are_addresses(self) -> Self:
        for each in self.trusted_proxies.split(","):
            try:
                ip_network(each.strip())
            except ValueError:
                said = "phải là địa chỉ hay dải địa chỉ, ví dụ 127.0.0.1, 172.16.0.0/12"
                raise ValueError(f"NHACVIEC_TRUSTED_PROXIES: “{each.strip()}” {said}") from None
        return self

    @property
    def secrets(self) -> list[str]:
        """Every value that is in no log line."""
        fields = (getattr(self, name) for name in type(self).model_fields)
        said = [field.get_secret_value() for field in fields if isinstance(field, SecretStr)]
        # the password comes alone, too: it is part of an address
        password = urlsplit(self.database_url).password or ""
        return [*said, *self.zalo_bots, unquote(password), password]

    @property
    def secret_files(self) -> list[Path]:
        """The files that secrets were read from."""
        given = (
            getattr(self, f"{name}_file", None) for name in (*type(self).model_fields, "database_password")
        )
        return [path for path in given if path is not None]

    @property
    def zalo_bots(self) -> list[str]:
        """The token of each Zalo bot, each once."""
        said = self.zalo_tokens.get_secret_value().replace(",", " ").split()
        return list(dict.fromkeys(said))

    @property
    def zalo_hosts(self) -> tuple[str, ...]:
        """Where Zalo keeps pictures: each name, and whatever lies below it."""
        said = self.zalo_image_hosts.lower().replace(",", " ").split()
        return tuple(each.removeprefix("*").strip(".") for each in said)

    @property
    def periods(self) -> Periods:
        """How long each kind is kept, in months."""
        return Periods(
            messages=self.keep_messages_months,
            letters=self.keep_letters_months,
            evidence=12 * self.keep_evidence_years,
            trail=12 * self.keep_trail_years,
            sessions=self.keep_sessions_months,
            codes=self.keep_codes_months,
            links=self.keep_links_months,
            drafts=self.keep_drafts_months,
        )

    @property
    def files(self) -> FilesFolder:
        return FilesFolder(self.files_dir or folder_beside(self.database_url), self.file_max_mb * MEGABYTE)

    @property
    def base_url(self) -> str:
        return (self.web_url or self.own_url).rstrip("/")

    @property
    def own_url(self) -> str:
        """Where this very machine opens the pages: a server that listens everywhere listens here too."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{host}:{self.port}"


WRONG = {
    "int_parsing": "phải là một số",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
    "literal_error": "phải là một trong: {expected}",
}


def what_is_wrong(error: ErrorDetails) -> str:
    """One Vietnamese line about one wrong setting."""
    name = "".join(f"NHACVIEC_{part}: ".upper() for part in error["loc"])
    said = error["msg"].removeprefix("Value error, ")
    allowed = {key: str(value) for key, value in error.get("ctx", {}).items()}
    allowed["expected"] = allowed.get("expected", "").replace("' or '", "', '").replace("'", "")
    return f"Cấu hình chưa đúng: {name}{WRONG.get(error['type'], said).format(**allowed)}."


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig").strip()
    except OSError:
        raise ValueError(f"không đọc được tệp {path}") from None
