"""The first owner, and a way back in, with the program as it is run."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import requests

from system.programs import Serving, run_daybreak, serving

OWNER = {"email": "ann@example.com", "first_name": "Ann", "last_name": "Lee"}
PASSWORD, OTHER = "correct horse battery", "staple battery horse"


def post(server: Serving, path: str, form: Mapping[str, str]) -> requests.Response:
    origin = {"Origin": server.address}
    return requests.post(server.address + path, data=form, headers=origin, allow_redirects=False, timeout=30)


def sign_in(server: Serving, password: str) -> int:
    return post(server, "/sign-in", {"email": OWNER["email"], "password": password}).status_code


def test_serve__first_start__asks_for_the_owner_once_and_for_good(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'daybreak.db'}"
    with serving(url) as server:
        [link] = re.findall(r"Set up the owner: (\S+)", "".join(server.lines))
        assert link.startswith(f"{server.address}/welcome/")
        assert requests.get(link, timeout=30).status_code == 200
        came = post(server, urlsplit(link).path, {**OWNER, "password": PASSWORD})
        assert came.status_code == 303
        session = {"Cookie": came.headers["set-cookie"].partition(";")[0]}
        me = requests.get(f"{server.address}/api/v2/members/me", headers=session, timeout=30).json()
        assert (me["email"], me["role"]) == (OWNER["email"], "owner")
        server.kill()
    with serving(url) as server:
        assert "Set up the owner" not in "".join(server.lines)
        assert requests.get(server.address + urlsplit(link).path, timeout=30).status_code == 404
        assert sign_in(server, PASSWORD) == 303


def test_link__owner_who_lost_the_password__comes_in_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'daybreak.db'}"
    given = {"DAYBREAK_OWNER_EMAIL": OWNER["email"], "DAYBREAK_OWNER_PASSWORD": PASSWORD}
    with serving(url, given) as server:
        printed = "".join(server.lines)
        assert "Set up the owner" not in printed
        assert sign_in(server, PASSWORD) == 303
        told = run_daybreak(url, "link", OWNER["email"], DAYBREAK_PUBLIC_URL=server.address)
        assert told.returncode == 0, told.stderr
        path = urlsplit(told.stdout.strip()).path
        assert post(server, path, {"password": OTHER}).status_code == 303
        assert [sign_in(server, each) for each in (PASSWORD, OTHER)] == [401, 303]
        assert run_daybreak(url, "link", "nobody@example.com").returncode != 0
        assert not {PASSWORD, OTHER} & set("".join(server.lines).split())
