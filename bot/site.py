"""The pages, served by NiceGUI: of the demo, and of a real office beside its shift."""

import socket
from importlib.resources import files

import typer
from nicegui import app as web
from nicegui import ui
from sqlalchemy import Engine
from sqlmodel import select

from bot.app import CannotRun
from bot.connections import polled
from bot.demo import Demo
from bot.health import health_routes
from bot.log_lines import keep_log
from bot.metrics import metrics_routes
from bot.pages.demo import register_demo
from bot.pages.office import Links, register_office
from bot.pages.turnstile import Turnstile
from bot.settings import Settings
from bot.shift import Shift
from data import trail
from data.engine import transaction
from data.people import chats_of_role, invite
from data.tables import Agency, ChatRole
from scheduler.clock import WallClock

TITLE = "Nhắc việc CCHC"


def serve_demo(host: str, port: int) -> None:
    """Serve the demo until it is stopped."""
    keep_log("WARNING")
    port = free_port(host, port)
    demo = Demo(f"http://{host}:{port}")
    register_demo(demo)
    web.on_shutdown(demo.close)
    web.on_startup(lambda: typer.echo(f"{TITLE} — bản dùng thử: mở http://{host}:{port} (Ctrl+C để dừng)"))
    web.on_startup(demo.begin)
    _serve(host, port)


def check_port(settings: Settings) -> None:
    """CannotRun when another program listens there."""
    if free_port(settings.host, settings.port) != settings.port:
        raise CannotRun(f"Cổng {settings.port} đang có chương trình khác dùng; xin đặt NHACVIEC_PORT khác.")


def serve_office(settings: Settings, shift: Shift) -> None:
    """Serve a real office's pages, and do its shift, until told to stop."""
    world = shift.world
    web.add_middleware(
        Turnstile, engine=world.engine, clock=world.clock, per_minute=settings.requests_per_minute
    )
    register_office(world, Links(settings.base_url))
    bots = polled(settings)
    web.include_router(health_routes(shift.world, bots))
    web.include_router(metrics_routes(shift.world, bots, settings.metrics_token.get_secret_value()))
    if shift.alive is not None:
        shift.alive.address = f"{settings.own_url}/healthz"
    for routes in shift.routes:
        web.include_router(routes)
    web.on_startup(shift.begin)
    web.on_startup(lambda: greet(shift.world.engine, settings))
    web.on_shutdown(shift.end)
    _serve(settings.host, settings.port, settings.trusted_proxies)


def _serve(host: str, port: int, proxies: str = "") -> None:
    """`proxies`: whose word is taken for where a visitor comes from."""
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
        # its lines are written as ours are
        log_config=None,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        server_header=False,
    )


def greet(engine: Engine, settings: Settings) -> None:
    """Say where the pages are, and the office's way in as long as nobody of it has come."""
    typer.echo(f"{TITLE}: đang chạy tại {settings.base_url} (Ctrl+C để dừng)")
    with transaction(engine) as session:
        agency = session.exec(select(Agency)).first()
        if agency is None or agency.id is None or chats_of_role(session, agency.id, ChatRole.OFFICE):
            return
        now = WallClock().now()
        code = invite(session, agency.id, ChatRole.OFFICE, None, now)
        trail.note(session, now, "invite", agency, to=["Văn phòng"])
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
