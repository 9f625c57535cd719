"""The only place where things are wired: settings → database, channels, a shift."""

import asyncio
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import typer
from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from bot.connections import connections_of
from bot.healthy import SignOfLife
from bot.log_lines import LogFormat, keep_log
from bot.secrecy import hide_these
from bot.settings import Settings
from bot.shift import Pace, Shift
from bot.worker import work
from bot.world import World
from data.access_links import DAYS
from data.engine import NewerDatabase, is_damaged, migrate, open_engine, transaction
from data.locks import Lock, in_turn
from data.people import ZALO_NAMES, the_agency
from data.tables import Agency
from data.web_sessions import OFFICE_DAYS, UNIT_DAYS
from scheduler.clock import Clock, WallClock
from scheduler.delivery import LEASE
from scheduler.upkeep import Upkeep

log = logging.getLogger(__name__)

NO_DATABASE = (
    "Không mở được cơ sở dữ liệu; xin kiểm tra NHACVIEC_DATABASE_URL (sqlite:///tệp hoặc "
    "postgresql+psycopg://người dùng@máy chủ/tên) và quyền ghi."
)

DAMAGED_DATABASE = (
    "Tệp cơ sở dữ liệu bị hỏng hoặc không phải của chương trình; xin xem lại NHACVIEC_DATABASE_URL. Nếu đúng tệp: cất tệp đó "
    "(cùng tệp -wal, -shm bên cạnh) sang nơi khác rồi khôi phục bản sao lưu gần nhất, nhacviec restore TỆP."
)


class CannotRun(Exception):
    """Why an office cannot be served, in one line that says what to do."""


class AlreadyRunning(CannotRun):
    """Đã có một tiến trình `nhacviec run` dùng cơ sở dữ liệu này; xin dừng tiến trình đó trước."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def run_worker(settings: Settings, clock: Clock | None = None) -> None:
    """Plan, send and answer until told to stop; no pages. CannotRun when the database or its lock is not to be had."""
    keep_log(settings.log_level, LogFormat(settings.log_format), settings.secrets)
    with shift_of(settings, clock=clock) as shift:
        typer.echo("Nhắc việc CCHC: tiến trình không có trang web đang chạy (Ctrl+C để dừng)")
        asyncio.run(work(shift))


@contextmanager
def shift_of(
    settings: Settings,
    *,
    clock: Clock | None = None,
    lease: timedelta = LEASE,
    pace: Pace | None = None,
) -> Iterator[Shift]:
    """The shift of a process with those settings; CannotRun when the database or its lock is not to be had."""
    lock = run_lock(settings.database_url)
    try:
        engine = _open_database(settings.database_url)
        connections = connections_of(settings, ensure_secret(settings.secret_file))
        agency_id = ensure_agency(engine, settings)
        world = World(
            engine,
            clock or WallClock(),
            connections.channels,
            agency_id,
            files=settings.files,
            planner=_planner(engine),
            lease=lease,
        )
        connections.join(world)
        heartbeat = settings.heartbeat_url.get_secret_value()
        alive = SignOfLife(settings.alive_file) if settings.alive_file else None
        upkeep = Upkeep(engine, settings.files, world.clock, settings.periods)
        yield Shift(world, connections.bots, connections.routes, pace, heartbeat, alive, upkeep)
        engine.dispose()
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
    except DatabaseError as trouble:
        if not is_damaged(trouble):
            raise
        raise CannotRun(DAMAGED_DATABASE) from None
    except NewerDatabase as newer:
        raise CannotRun(str(newer)) from None
    return engine


def _planner(engine: Engine) -> Lock | None:
    """On SQLite there is one process, and it plans."""
    return Lock(engine, "planner") if engine.dialect.name == "postgresql" else None


def run_lock(url: str) -> FileLock | None:
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
        in_turn(session, "agency")
        agency = the_agency(session)
        if agency is None:
            agency = Agency(
                name=settings.agency_name,
                superior=settings.agency_superior,
                place=settings.agency_place,
                code=settings.agency_code,
                created_at=WallClock().now(),
            )
        agency.settings = {**agency.settings, **_of_the_pages(settings)}
        if not settings.telegram_token.get_secret_value():
            agency.settings = {**agency.settings, "telegram_link": ""}
        agency.settings = {**agency.settings, ZALO_NAMES: _still_ours(agency, settings)}
        session.add(agency)
        session.flush()
        assert agency.id is not None
        return agency.id


def _of_the_pages(settings: Settings) -> dict[str, str | int]:
    """Where they are, and how long links and browsers are good: whoever works on the database knows it from there."""
    return {
        "web_url": settings.base_url,
        DAYS: settings.link_days,
        UNIT_DAYS: settings.session_days,
        OFFICE_DAYS: settings.office_session_days,
    }


def _still_ours(agency: Agency, settings: Settings) -> dict[str, str]:
    """The names of the Zalo bots that are in the settings now."""
    ours = {token.partition(":")[0] for token in settings.zalo_bots}
    known = agency.settings.get(ZALO_NAMES, {})
    return {bot: name for bot, name in known.items() if bot in ours}


def ensure_secret(path: Path) -> str:
    """The signing key in the file, made the first time; only its owner may read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _put_once(path, secrets.token_urlsafe(48))
    key = path.read_text("utf-8").strip()
    hide_these([key])
    return key


def _put_once(path: Path, content: str) -> None:
    """Whole or not at all, and the first one stays: several processes may start at once."""
    # by chance and not by the process's number: in containers that share a volume every one is number 1
    mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    mine.touch(mode=0o600, exist_ok=False)
    mine.write_text(content, "utf-8")
    try:
        os.link(mine, path)
    except FileExistsError:
        log.debug("another process made the signing key")
    finally:
        mine.unlink()
