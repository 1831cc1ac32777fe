"""The vendor's JavaScript SDKs as programs of Node, which are driven through pipes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from system.programs import Serving

FOLDER = Path(__file__).parents[1] / "node"
NODE = Path(sys.executable).with_name("node")
ANN = {"kind": "user", "key": "ann", "email": "ann@acme.io"}


@dataclass(frozen=True, slots=True)
class NodeSdk:
    """A running program. It answers each command by one line."""

    process: subprocess.Popen[str]

    def ask(self, command: str, **given: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"command": command} | given) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the program ended"
        return json.loads(answer)

    def starts(self) -> bool:
        """Whether the SDK got its first values."""
        return bool(self.ask("start"))

    def value(self, flag: str = "checkout", fallback: Any = None) -> Any:
        return self.ask("value", flag=flag, context=ANN, fallback=fallback)

    def flush(self) -> None:
        self.ask("flush")

    def connections(self) -> list[str]:
        """The requests for values so far; events are sent whether or not anybody listens."""
        requests: list[str] = self.ask("requests")
        return [request for request in requests if request.startswith("GET ")]


@contextmanager
def node_sdk(program: str, server: Serving, key: str, folder: Path) -> Iterator[NodeSdk]:
    """`key` is what the SDK is initialized with, `folder` where it may keep values."""
    settings = {"address": server.address, "key": key, "context": ANN, "folder": str(folder)}
    process = subprocess.Popen(
        [NODE, program, json.dumps(settings)],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield NodeSdk(process)
    finally:
        process.kill()
        process.communicate(timeout=10)
