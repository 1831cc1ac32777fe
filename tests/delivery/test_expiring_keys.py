"""An SDK key that was replaced, and opens a stream until its days are over."""

import time

import pytest
import requests

from delivery.programs_of_sdks import PRODUCTION, poll, sdk_key
from system.programs import TOKEN, Serving


@pytest.mark.parametrize("path", ["/all", "/flags", "/sdk/stream"])
def test_stream__key_expires__ends(server: Serving, path: str) -> None:
    before = sdk_key(server)
    expiry = int(time.time() * 1_000) + 1_500
    reset = f"{server.address}{PRODUCTION}/apiKey?expiry={expiry}"
    assert requests.post(reset, headers={"Authorization": TOKEN}, timeout=30).status_code == 200

    headers = {"Authorization": before}
    with requests.get(server.address + path, headers=headers, stream=True, timeout=10) as stream:
        lines = list(stream.iter_lines())

    assert any(line.startswith(b"event:") for line in lines)
    assert time.time() * 1_000 >= expiry
    assert poll(server, path, before).status_code == 401
