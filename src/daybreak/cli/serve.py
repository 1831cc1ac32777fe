"""`daybreak serve`: the server, until it is told to stop."""

import gc
import logging
import signal
import socket
from collections.abc import Collection
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import NoReturn

import click
import uvicorn

from daybreak import __version__
from daybreak.app import Daybreak, Duty, build
from daybreak.areas.people.intake import LinkSender, create_first_token, set_up_owner
from daybreak.cli.demo.flags import PROJECT, TRAFFIC
from daybreak.cli.demo.project import make_demo
from daybreak.cli.demo.traffic import Traffic
from daybreak.cli.program import Program, open_program
from daybreak.cli.protocol import LimitedProtocol
from daybreak.cli.workers import Workers
from daybreak.platform.journal import open_journal
from daybreak.platform.logging import log_to_standard_error
from daybreak.platform.mail import Mail
from daybreak.platform.metrics.exposition import Sharing, shared_folder
from daybreak.platform.telemetry import require_telemetry

logger = logging.getLogger(__name__)

SECONDS_TO_FINISH = 10
CONNECTIONS_WAITING = 4096

# A client that is gone without a word, as when a network stops, is given up after two minutes of silence (in
# seconds), or once it has taken nothing of what was sent to it for half a minute (in milliseconds).
LIVELY = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4, "TCP_USER_TIMEOUT": 30_000}
# So many more than before are made until the collector looks at them.
NEW_OBJECTS = 20_000


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.option("--database", help="sqlite:///FILE or postgresql://…")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes on this machine that share the port and the database.",
)
@click.option(
    "--only",
    "only",
    type=click.Choice([duty.value for duty in Duty]),
    multiple=True,
    help="What this server is for (repeatable): the API and its pages, SDKs, recurring work.  [default: all]",
)
@click.option(
    "--demo",
    "with_demo",
    is_flag=True,
    help="Make the project `demo` with flags where there is none, and let made-up people use it.",
)
def serve(
    host: str | None,
    port: int | None,
    database: str | None,
    workers: int,
    only: tuple[str, ...],
    with_demo: bool,
) -> None:
    """Serve the API, bringing the database up to date first."""
    with open_program(database, processes=workers) as program:
        log_to_standard_error(program.clock, program.settings.log_level)
        listens_at = host or program.settings.host, program.settings.port if port is None else port
        duties = frozenset(Duty(each) for each in only) or frozenset(Duty)
        run_server(program, *listens_at, workers=workers, duties=duties, with_demo=with_demo)


def run_server(
    program: Program,
    host: str,
    port: int,
    *,
    workers: int = 1,
    duties: Collection[Duty] = frozenset(Duty),
    with_demo: bool = False,
) -> None:
    require_telemetry(program.settings.otlp_endpoint)
    if Duty.DELIVERY in duties:
        _require_journal(program)
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    settings = replace(program.settings, host=host, port=port)
    address = settings.local_address
    with program.database.writing() as db:
        now, links = program.clock.now(), LinkSender(settings.address, Mail("", ""))
        token = create_first_token(db, now, settings.bootstrap_token)
        setting_up = set_up_owner(db, now, links, settings.owner_email, settings.owner_password)
    click.echo(f"Daybreak {__version__} listens on {address}")
    if token and not settings.bootstrap_token:
        click.echo(f"Admin token (shown this once): {token}")
    if setting_up:
        click.echo(f"Set up the owner: {setting_up}")
    click.echo(f"Reference: {address}/docs    Stop: Ctrl+C")
    traffic = _make_demo(program, host, port) if with_demo else nullcontext()
    program = replace(program, settings=settings)
    if workers == 1:
        with traffic:
            _serve(program, duties, listening)
        return
    # Connections are not shared with a process that is forked.
    program.database.close()
    with shared_folder() as folder:
        places = [Sharing(folder, place) for place in range(workers)]
        works = [partial(_work, program, duties, listening, place) for place in places]
        Workers([*works, *([partial(_keep, traffic)] if with_demo else [])]).run()
    program.database.come_to_rest()


def _work(program: Program, duties: Collection[Duty], listening: socket.socket, sharing: Sharing) -> None:
    """One of several processes."""
    program.database.board.take_place(sharing.place)
    with closing(program.database):
        _serve(program, duties, listening, sharing)


def _keep(traffic: AbstractContextManager[object]) -> None:
    with traffic:
        signal.pause()


def _make_demo(program: Program, host: str, port: int) -> Traffic:
    sdk_key, is_new = make_demo(program)
    if is_new:
        click.echo(f"Made the project `{PROJECT}`. Turn its flag `{TRAFFIC}` off to end the simulation.")
    return Traffic(host, port, sdk_key, program.clock)


def _require_journal(program: Program) -> None:
    folder = program.settings.data_directory
    try:
        open_journal(program.database, folder).require_place()
    except OSError as error:
        advice = (
            "Events of SDKs are kept there until they are in the database: name another by DAYBREAK_DATA_DIR"
        )
        raise click.ClickException(f"{folder} cannot be written to ({error.strerror}). {advice}.") from None


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections are accepted with the same options.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in LIVELY.items():
        if hasattr(socket, name):
            listening.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    try:
        listening.bind((host, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"Cannot listen on {host} port {port}: {reason}. Try --port.") from None
    return listening


def _serve(
    program: Program, duties: Collection[Duty], listening: socket.socket, sharing: Sharing | None = None
) -> None:
    app = build(program.settings, program.database, program.clock, duties=duties, sharing=sharing)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=LimitedProtocol,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=[str(network) for network in program.settings.trusted_proxies],
        backlog=CONNECTIONS_WAITING,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    # The server raises again what stopped it, once it has finished: that is an orderly end.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    _spare_the_collector()
    _Server(config, app).run(sockets=[listening])


def _spare_the_collector() -> None:
    """What was made until now stays, and is not looked at again. A collection stops everything, so it comes
    seldom: there is little in cycles that nobody refers to.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)


class _Server(uvicorn.Server):
    """Ends the streams of SDKs first when it stops: it would wait for them."""

    def __init__(self, config: uvicorn.Config, app: Daybreak) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.delivery.close()
        await super().shutdown(sockets)


def _end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - the signature of signal handlers
    logger.info("stopped", extra={"signal": signal.Signals(number).name})
    raise SystemExit(0)
