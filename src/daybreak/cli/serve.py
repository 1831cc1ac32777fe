"""`daybreak serve`: the server, until it is told to stop."""

import gc
import logging
import signal
import socket
from contextlib import nullcontext
from dataclasses import replace
from types import FrameType
from typing import NoReturn

import click
import uvicorn

from daybreak import __version__
from daybreak.app import Daybreak, build
from daybreak.areas.people.intake import LinkSender, create_first_token, set_up_owner
from daybreak.cli.demo.flags import PROJECT, TRAFFIC
from daybreak.cli.demo.project import make_demo
from daybreak.cli.demo.traffic import Traffic
from daybreak.cli.program import Program, open_program
from daybreak.platform.logging import log_to_standard_error
from daybreak.platform.mail import Mail

logger = logging.getLogger(__name__)

SECONDS_TO_FINISH = 10
CONNECTIONS_WAITING = 4096
# So many more than before are made until the collector looks at them.
NEW_OBJECTS = 20_000


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.option("--database", help="sqlite:///FILE or postgresql://…")
@click.option(
    "--demo",
    "with_demo",
    is_flag=True,
    help="Make the project `demo` with flags where there is none, and let made-up people use it.",
)
def serve(host: str | None, port: int | None, database: str | None, with_demo: bool) -> None:
    """Serve the API, bringing the database up to date first."""
    with open_program(database) as program:
        log_to_standard_error(program.clock, program.settings.log_level)
        listens_at = host or program.settings.host, program.settings.port if port is None else port
        run_server(program, *listens_at, with_demo=with_demo)


def run_server(program: Program, host: str, port: int, *, with_demo: bool = False) -> None:
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    settings = replace(program.settings, host=host, port=port)
    address = f"http://{host}:{port}"
    with program.database.writing() as db:
        now, links = program.clock.now(), LinkSender(settings.address, Mail("", ""))
        token = create_first_token(db, now, settings.bootstrap_token)
        setting_up = set_up_owner(db, now, links, settings.owner_email, settings.owner_password)
    app = build(settings, program.database, program.clock)
    click.echo(f"Daybreak {__version__} listens on {address}")
    if token and not settings.bootstrap_token:
        click.echo(f"Admin token (shown this once): {token}")
    if setting_up:
        click.echo(f"Set up the owner: {setting_up}")
    click.echo(f"Reference: {address}/docs    Stop: Ctrl+C")
    with _using_demo(program, host, port) if with_demo else nullcontext():
        _run(app, listening, [str(network) for network in settings.trusted_proxies])


def _using_demo(program: Program, host: str, port: int) -> Traffic:
    sdk_key, is_new = make_demo(program)
    if is_new:
        click.echo(f"Made the project `{PROJECT}`. Turn its flag `{TRAFFIC}` off to end the simulation.")
    return Traffic(host, port, sdk_key, program.clock)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"Cannot listen on {host} port {port}: {reason}. Try --port.") from None
    return listening


def _run(app: Daybreak, listening: socket.socket, trusted_proxies: list[str]) -> None:
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
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
