"""The only place where things are wired: settings → database, channels, timetable, pages."""

import logging
import secrets
import socket
from importlib.resources import files
from pathlib import Path

import typer
from filelock import FileLock, Timeout
from nicegui import app as web
from nicegui import ui
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlmodel import select

from bot.channels.telegram import TELEGRAM
from bot.channels.telegram.account import Account, Mode
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.web.channel import WebChannel
from bot.demo import Demo
from bot.pages.demo import register_demo
from bot.pages.office import Links, register_office
from bot.settings import Settings
from bot.world import World
from data.engine import migrate, open_engine, transaction
from data.people import chats_of_role, invite, the_agency
from data.tables import Agency, ChatRole
from scheduler.channel import Channel
from scheduler.clock import WallClock
from scheduler.timetable import Job, timetable

log = logging.getLogger(__name__)

TITLE = "Nhắc việc CCHC"
NO_DATABASE = (
    "Không mở được cơ sở dữ liệu; xin kiểm tra NHACVIEC_DATABASE_URL (sqlite:///tệp hoặc "
    "postgresql+psycopg://người dùng@máy chủ/tên) và quyền ghi."
)


class CannotRun(Exception):
    """Why an office cannot be served, in one line that says what to do."""


class AlreadyRunning(CannotRun):
    """Đã có một tiến trình `nhacviec run` dùng cơ sở dữ liệu này; xin dừng tiến trình đó trước."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def run_demo(host: str, port: int) -> None:
    """Serve the demo until it is stopped."""
    _quiet_logs("WARNING")
    port = free_port(host, port)
    demo = Demo()
    register_demo(demo)
    web.on_shutdown(demo.close)
    web.on_startup(lambda: typer.echo(f"{TITLE} — bản dùng thử: mở http://{host}:{port} (Ctrl+C để dừng)"))
    web.on_startup(demo.begin)
    _serve(host, port)


def run_office(settings: Settings) -> None:
    """Serve a real office until it is stopped; CannotRun when its port, database or lock is not to be had."""
    _quiet_logs(settings.log_level)
    lock = _lock(settings.database_url)
    try:
        if free_port(settings.host, settings.port) != settings.port:
            raise CannotRun(
                f"Cổng {settings.port} đang có chương trình khác dùng; xin đặt NHACVIEC_PORT khác."
            )
        engine = _open_database(settings.database_url)
        secret = ensure_secret(settings.secret_file)
        telegram = _telegram(settings, secret)
        channels: dict[str, Channel] = {"web": WebChannel()}
        if telegram is not None:
            channels[TELEGRAM] = telegram.channel
        world = World(engine, WallClock(), channels, ensure_agency(engine, settings))
        if telegram is not None:
            _connect(telegram, world)
        register_office(world, Links(settings.base_url, secret))
        _tick(world)
        web.on_startup(lambda: _greet(engine, settings))
        _serve(settings.host, settings.port)
    finally:
        if lock is not None:
            lock.release()


def _open_database(url: str) -> Engine:
    try:
        engine = open_engine(url)
        migrate(engine)
    except (ArgumentError, NoSuchModuleError, OperationalError, ImportError, OSError) as error:
        log.debug("database not opened", exc_info=error)
        raise CannotRun(NO_DATABASE) from None
    return engine


def _telegram(settings: Settings, secret: str) -> TelegramConnection | None:
    """The Telegram bot of the settings, if there is one."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    account = Account(
        token=token,
        secret=secret,
        mode=Mode(settings.telegram_mode),
        web_url=settings.base_url,
        webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
        api_url=settings.telegram_api_url,
    )
    return TelegramConnection(account)


def _connect(telegram: TelegramConnection, world: World) -> None:
    telegram.join(world)
    if telegram.account.mode is Mode.WEBHOOK:
        web.include_router(telegram.routes())
    web.on_startup(telegram.start)
    web.on_shutdown(telegram.stop)


def _serve(host: str, port: int) -> None:
    mark = files("bot").joinpath("pages", "static", "mark.svg").read_text("utf-8")
    ui.run(
        host=host,
        port=port,
        title=TITLE,
        favicon=mark,
        language="vi",
        show=False,
        reload=False,
        tailwind=False,
        reconnect_timeout=30,
        show_welcome_message=False,
    )


def _tick(world: World) -> None:
    beats = timetable(
        [
            Job("tick", world.tick, every_seconds=20),
            # a chat that may be written to once a second gets what waits for it second by second
            Job("deliver", world.deliver, every_seconds=1),
            Job("inbox", world.handle_left_over, every_seconds=30),
        ]
    )
    web.on_startup(beats.start)
    web.on_shutdown(lambda: beats.shutdown(wait=False))


def _lock(url: str) -> FileLock | None:
    """SQLite serves one `run`: the lock is the file's neighbour and is freed by the system if we die."""
    if not url.startswith("sqlite:///"):
        return None
    path = Path(url.removeprefix("sqlite:///"))
    lock = FileLock(f"{path}.run.lock", timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise AlreadyRunning from None
    except OSError:
        raise CannotRun(NO_DATABASE) from None
    return lock


def ensure_agency(engine: Engine, settings: Settings) -> int:
    """The agency of this database, made from the settings the first time."""
    with transaction(engine) as session:
        agency = the_agency(session)
        if agency is None:
            agency = Agency(
                name=settings.agency_name,
                superior=settings.agency_superior,
                place=settings.agency_place,
                code=settings.agency_code,
                created_at=WallClock().now(),
            )
        agency.settings = {**agency.settings, "web_url": settings.base_url}
        if not settings.telegram_token.get_secret_value():
            agency.settings = {**agency.settings, "telegram_link": ""}
        session.add(agency)
        session.flush()
        assert agency.id is not None
        return agency.id


def ensure_secret(path: Path) -> str:
    """The signing key in the file, made the first time; only its owner may read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), "utf-8")
    return path.read_text("utf-8").strip()


def _greet(engine: Engine, settings: Settings) -> None:
    typer.echo(f"{TITLE}: đang chạy tại {settings.base_url} (Ctrl+C để dừng)")
    with transaction(engine) as session:
        agency = session.exec(select(Agency)).first()
        if agency is None or agency.id is None or chats_of_role(session, agency.id, ChatRole.OFFICE):
            return
        code = invite(session, agency.id, ChatRole.OFFICE, None, WallClock().now())
    typer.echo("Chưa có ai của Văn phòng vào trò chuyện. Liên kết dùng một lần, trong 7 ngày:")
    typer.echo(f"  {settings.base_url}/vao/{code}")


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or a free one when it is 0 or taken."""
    for port in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            taken: int = probe.getsockname()[1]
            return taken
    raise OSError(f"no free port on {host}")


def _quiet_logs(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # the two last write out every message at their finest
    for noisy in ("httpx", "uvicorn.access", "alembic", "httpcore", "telegram"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # a beat that finds the one before still at work is left out: no news
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
