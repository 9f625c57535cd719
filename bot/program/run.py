"""`nhacviec run`: the real thing, from the environment or `.env`."""

import gc
import sys
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.app import CannotRun, run_worker, shift_of
from bot.log_lines import LogFormat, keep_log
from bot.settings import Settings, what_is_wrong
from scheduler.clock import Clock


def run(
    web: Annotated[
        bool, typer.Option("--web/--no-web", help="Có trang web, hoặc chỉ nhắc việc và trả lời.")
    ] = True,
) -> None:
    """Chạy thật: cơ sở dữ liệu, trang web, nhắc việc theo giờ thật."""
    try:
        serve(Settings(), with_pages=web)
    except ValidationError as wrong:
        for error in wrong.errors(include_input=False):
            typer.echo(what_is_wrong(error), err=True)
        raise typer.Exit(2) from None
    except CannotRun as cannot:
        typer.echo(str(cannot), err=True)
        raise typer.Exit(2) from None


# In seconds. An answer asks the database a hundred small things, and after each of them waits so long for its next step
# while another thread reckons: 5 ms, as Python has it, made half a second of that.
HANDS_OVER_AFTER = 0.001


def serve(settings: Settings, *, with_pages: bool, clock: Clock | None = None) -> None:
    """Until told to stop; CannotRun when something that is needed is not to be had."""
    # what is loaded stays loaded: the collector need not walk it each time a summary makes thousands of facts
    gc.freeze()
    # nor is it to look a dozen times at what lives only as long as one summary
    gc.set_threshold(50_000, 20, 50)
    sys.setswitchinterval(HANDS_OVER_AFTER)
    if not with_pages:
        run_worker(settings, clock)
        return
    # NiceGUI is half of what a process loads: workers and the other commands do without
    from bot.site import check_port, serve_office

    keep_log(settings.log_level, LogFormat(settings.log_format), settings.secrets)
    with shift_of(settings, clock=clock) as shift:
        check_port(settings)
        serve_office(settings, shift)
