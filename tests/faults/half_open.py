"""A stream whose client is gone without a word. Run in a network of its own, which only this program uses.

Writes, as JSON, after how many seconds the server had given the connection up, and how soon another SDK had
heard of the change that was made in between.
"""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from ldclient import Context

from delivery.programs_of_sdks import becomes, instruct, sdk, sdk_key
from faults.test_kills import a_project
from system.programs import serving

# Of the same machine, and reached by a route of its own.
FAR_AWAY = "127.0.0.2"
SECONDS_OF_PATIENCE = 120


def _is_open(process: int, port: int) -> bool:
    """Whether the server's end of the far connection is there."""
    far = socket.inet_aton(FAR_AWAY)[::-1].hex().upper()
    rows = [line.split() for line in Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]]
    return any(row[1].endswith(f":{port:04X}") and row[2].startswith(far) and row[3] == "01" for row in rows)


def main(url: str) -> None:
    with serving(url) as server:
        a_project(server)
        key, port = sdk_key(server), urlsplit(server.address).port or 0
        with (
            sdk(server, key) as client,
            socket.create_connection(("127.0.0.1", port), None, (FAR_AWAY, 0)) as far,
        ):
            far.sendall(f"GET /all HTTP/1.1\r\nHost: daybreak\r\nAuthorization: {key}\r\n\r\n".encode())
            assert b"event: put" in far.recv(65_536) + far.recv(65_536)
            assert _is_open(server.process.pid, port)
            # From now on whatever is sent there vanishes, and nothing comes back.
            subprocess.run(["ip", "route", "add", "blackhole", FAR_AWAY, "table", "local"], check=True)
            instruct(server, {"kind": "turnFlagOn"})
            changed = time.monotonic()
            context = Context.create("ann")
            assert becomes(lambda: client.variation("checkout", context, default=False), value=True)
            heard = time.monotonic() - changed
            assert becomes(
                lambda: _is_open(server.process.pid, port), value=False, within=SECONDS_OF_PATIENCE
            )
            sys.stdout.write(json.dumps([time.monotonic() - changed, heard]))


if __name__ == "__main__":
    main(sys.argv[1])
