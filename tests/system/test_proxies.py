"""Behind a proxy: whom a request is from is what proxies say that are trusted, and nobody else."""

from pathlib import Path

import pytest
import requests

from databases import sqlite_url
from system.programs import Serving, run_daybreak, serving

FIVE_FAILURES = [401] * 5


def fail(server: Serving, forwarded: str) -> int:
    form = {"email": "ann@example.com", "password": "a wrong password"}
    headers = {"Origin": server.address, "X-Forwarded-For": forwarded}
    return requests.post(f"{server.address}/sign-in", data=form, headers=headers, timeout=60).status_code


def test_sign_in__through_proxies_that_are_trusted__counts_for_whom_they_name(tmp_path: Path) -> None:
    settings = {"DAYBREAK_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}
    with serving(sqlite_url(tmp_path), settings) as server:
        assert [fail(server, "198.51.100.1, 10.0.0.7") for _ in range(6)] == [*FIVE_FAILURES, 429]
        # What somebody claims before the first proxy that is trusted counts for nothing.
        assert fail(server, "203.0.113.1, 198.51.100.1, 10.0.0.9") == 429
        assert fail(server, "198.51.100.2, 10.0.0.7") == 401


def test_sign_in__through_nobody_who_is_trusted__counts_for_the_connection(tmp_path: Path) -> None:
    with serving(sqlite_url(tmp_path), {"DAYBREAK_TRUSTED_PROXIES": ""}) as server:
        assert [fail(server, f"198.51.100.{number}") for number in range(6)] == [*FIVE_FAILURES, 429]


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8"])
def test_serve__proxies_that_are_no_networks__is_told(tmp_path: Path, text: str) -> None:
    ended = run_daybreak(sqlite_url(tmp_path), "serve", DAYBREAK_TRUSTED_PROXIES=text)
    assert ended.returncode != 0
    assert "DAYBREAK_TRUSTED_PROXIES" in ended.stderr
