"""Many streams in a process of their own, each of which comes back as soon as it is ended.

It writes an instant (`time.monotonic`, which all processes of a machine share) whenever all are open and have
got everything once more, and when all have heard of a change.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvloop

SECONDS_UNTIL_THE_NEXT_TRY = 0.1
AT_ONCE = 250
BEGUN, CHANGED = b"event: put", b"event: patch"


class _Crowd:
    def __init__(self, url: str, key: str, count: int) -> None:
        self.place = urlsplit(url)
        self.request = (
            f"GET /all HTTP/1.1\r\nHost: {self.place.netloc}\r\nAuthorization: {key}\r\n\r\n".encode()
        )
        self.count = count
        self.open: set[int] = set()
        self.changed: set[int] = set()

    def arrived(self, number: int, wanted: bytes) -> None:
        arrived = self.open if wanted == BEGUN else self.changed
        arrived.add(number)
        if len(arrived) == self.count:
            sys.stdout.write(f"{time.monotonic()}\n")
            sys.stdout.flush()
            if wanted == CHANGED:
                self.changed.clear()

    async def keep_open(self, number: int) -> None:
        while True:
            try:
                reader, writer = await asyncio.open_connection(self.place.hostname, self.place.port)
                writer.write(self.request)
                await self._read(number, reader)
                writer.close()
            except OSError:
                pass
            self.open.discard(number)
            await asyncio.sleep(SECONDS_UNTIL_THE_NEXT_TRY)

    async def _read(self, number: int, reader: asyncio.StreamReader) -> None:
        text, wanted = b"", BEGUN
        while data := await reader.read(65_536):
            text += data
            while wanted in text:
                text = text.partition(wanted)[2]
                self.arrived(number, wanted)
                wanted = CHANGED
            text = text[1 - len(CHANGED) :]


async def _gather(url: str, key: str, count: int) -> None:
    crowd = _Crowd(url, key, count)
    tasks = []
    for number in range(count):
        tasks.append(asyncio.create_task(crowd.keep_open(number)))
        if number % AT_ONCE == 0:
            await asyncio.sleep(0.02)
    await asyncio.gather(*tasks)


@contextmanager
def gathered(url: str, key: str, count: int) -> Iterator[Iterator[float]]:
    """Yields the instants. The first is when all have come."""
    process = subprocess.Popen(
        [sys.executable, "-m", "faults.crowd", url, key, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd="tests",
    )
    with process:
        assert process.stdout is not None
        try:
            yield (float(line) for line in process.stdout)
        finally:
            process.kill()


if __name__ == "__main__":
    uvloop.run(_gather(sys.argv[1], sys.argv[2], int(sys.argv[3])))
