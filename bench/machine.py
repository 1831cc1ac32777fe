"""What the measurements were made on and with, as the machine itself says it."""

import os
import platform
import sqlite3
import subprocess
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from bench.unleash_server import PACKAGES, node, version_of
from databases import postgresql_server

GIBIBYTE = 2**30
_UNKNOWN = "an unknown processor"


def describe_machine() -> str:
    """Processor, memory, kernel, and the versions of everything that took part."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    parts = [
        f"{os.cpu_count()} cores of {_processor()}",
        f"{memory:.0f} GiB of memory",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"PostgreSQL {_postgresql()}",
    ]
    if PACKAGES.is_dir():
        asked = subprocess.run([node(), "--version"], check=True, capture_output=True, text=True)
        parts += [f"Node {asked.stdout.strip().removeprefix('v')}"]
        parts += [f"Unleash {version_of('unleash-server')} (its SDK {version_of('unleash-client')})"]
    return ", ".join(parts)


def _processor() -> str:
    """The name that Linux tells; other systems have other ways."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or _UNKNOWN


def _postgresql() -> str:
    with postgresql_server() as server:
        url = make_url(server)
        with psycopg.connect(
            host=str(url.query["host"]), user=url.username, dbname=url.database
        ) as connection:
            row = connection.execute("SHOW server_version").fetchone()
    assert row is not None
    return str(row[0])
