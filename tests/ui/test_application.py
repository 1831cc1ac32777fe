"""The door of the web interface, with a made-up build."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from areas.people.members import a_member, signed_in
from daybreak.app import build
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings
from daybreak.ui.application import read_files

INDEX = "<!doctype html><title>Daybreak</title>"
SCRIPT = "export const answer = 42;\n" * 200
FONT = b"wOF2" + b" and what follows" * 100

OWN_PATHS = [
    "/",
    "/projects",
    "/projects/",
    "/projects/web/environments/production/scores",
    "/settings",
    "/settings/members",
    "/web/production/features/checkout",
    # Keys that begin like addresses of pages.
    "/account/production/features/checkout",
    "/sign-in/production/features/checkout",
]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / ".sources").write_text("a note of the build")
    (folder / "index.html").write_text(INDEX)
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "theme.js").write_text("document.title;")
    (folder / "assets" / "index-aB3.js").write_text(SCRIPT)
    (folder / "assets" / "short-eF5.js").write_text("export {};")
    (folder / "assets" / "font-cD4.woff2").write_bytes(FONT)
    return folder


@pytest.fixture
def browser(settings: Settings, database: Database, clock: FixedClock, dist: Path) -> Iterator[TestClient]:
    app = build(settings, database, clock, dist=dist)
    client = TestClient(app, headers={"Accept-Encoding": "identity"}, follow_redirects=False)
    yield client
    client.close()


@pytest.fixture
def session(api: Any, database: Database) -> dict[str, str]:
    """What the browser of somebody sends who is signed in."""
    member = a_member(api, "ann@example.com")
    return {"Cookie": f"daybreak-session={signed_in(api, database, member).session}"}


@pytest.mark.parametrize("path", OWN_PATHS)
def test_index__signed_in__is_one_page_for_every_path(
    browser: TestClient, session: dict[str, str], path: str
) -> None:
    answer = browser.get(path, headers=session)
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "next_"),
    [
        ("/", "%2F"),
        ("/index.html", "%2Findex.html"),
        ("/projects/web?tab=scores&from=1", "%2Fprojects%2Fweb%3Ftab%3Dscores%26from%3D1"),
        ("/a%20b/c%3Fd/features/e", "%2Fa%2520b%2Fc%253Fd%2Ffeatures%2Fe"),
    ],
)
def test_index__not_signed_in__leads_to_the_form_and_back(browser: TestClient, path: str, next_: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={next_}")
    assert answer.headers["cache-control"] == "no-store"


def test_index__session_that_ended__leads_to_the_form(
    browser: TestClient, session: dict[str, str], clock: FixedClock
) -> None:
    tag = browser.get("/", headers=session).headers["etag"]
    clock.advance(14 * DAY)
    assert browser.get("/", headers={**session, "If-None-Match": tag}).status_code == 303


def test_index__same_tag__is_not_sent_again(browser: TestClient, session: dict[str, str]) -> None:
    first = browser.get("/", headers=session)
    for asked in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = browser.get("/settings", headers={**session, "If-None-Match": asked})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = browser.get("/", headers={**session, "If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("path", "kind"), [("/icon.svg", "image/svg+xml"), ("/theme.js", "text/javascript")])
def test_file_at_the_top__anybody__is_asked_for_again(browser: TestClient, path: str, kind: str) -> None:
    first = browser.get(path)
    assert first.status_code == 200
    assert first.headers["content-type"].startswith(kind)
    assert first.headers["cache-control"] == "no-cache"
    again = browser.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_asset__anybody__is_kept_for_good(browser: TestClient) -> None:
    answer = browser.get("/assets/index-aB3.js")
    assert (answer.status_code, answer.text) == (200, SCRIPT)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate,GZIP"])
def test_asset__gzip_accepted__is_compressed(browser: TestClient, accepted: str) -> None:
    for _ in range(2):
        with browser.stream("GET", "/assets/index-aB3.js", headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            raw = b"".join(answer.iter_raw())
        assert gzip.decompress(raw).decode() == SCRIPT
        assert int(answer.headers["content-length"]) == len(raw) < len(SCRIPT) / 4


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0"])
def test_asset__gzip_not_accepted__is_sent_as_it_is(browser: TestClient, accepted: str) -> None:
    answer = browser.get("/assets/index-aB3.js", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


@pytest.mark.parametrize("name", ["font-cD4.woff2", "short-eF5.js"])
def test_asset__dense_or_short__is_not_compressed(browser: TestClient, dist: Path, name: str) -> None:
    answer = browser.get(f"/assets/{name}", headers={"Accept-Encoding": "gzip"})
    assert answer.content == (dist / "assets" / name).read_bytes()
    assert {"content-encoding", "vary"}.isdisjoint(answer.headers)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/assets/none.js",
        "/assets/%2e%2e/index.html",
        "/assets/..%2f..%2f..%2fpages.py",
        "/assets/%2Fetc%2Fpasswd",
        "/.sources",
        "/assets",
    ],
)
def test_path__of_no_file__is_not_found(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/projects/web", "/icon.svg", "/assets/index-aB3.js"])
def test_other_methods__every_path__are_refused(browser: TestClient, method: str, path: str) -> None:
    answer = browser.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/icon.svg", "/assets/index-aB3.js"])
def test_head__every_file__has_the_headers_alone(
    browser: TestClient, session: dict[str, str], path: str
) -> None:
    asked = session | {"X-Request-Id": "the-same"}
    full, head = browser.get(path, headers=asked), browser.head(path, headers=asked)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == full.headers


@pytest.mark.parametrize("path", ["/", "/icon.svg", "/assets/index-aB3.js", "/assets/none.js"])
def test_headers__every_answer__let_browsers_do_no_more_than_needed(
    browser: TestClient, session: dict[str, str], path: str
) -> None:
    headers = browser.get(path, headers=session).headers
    policy = dict(each.split(" ", 1) for each in headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["connect-src"]) == ("'self'", "'self'")
    assert {policy[name] for name in ("frame-ancestors", "base-uri", "object-src")} == {"'none'"}
    assert "script-src" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/api/v2/features/checkout", "/api/v2/projects", "/web/features/checkout"])
def test_path__not_of_the_interface__is_for_other_doors(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {401, 404}
    assert answer.headers["content-type"] == "application/json"


def test_index__not_built__says_how_to_build_it(
    settings: Settings, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    app = build(settings, database, clock, dist=tmp_path / "nowhere")
    with TestClient(app, follow_redirects=False) as browser:
        answer = browser.get("/")
        assert (answer.status_code, "make run" in answer.text) == (503, True)
        assert browser.get("/assets/index-aB3.js").status_code == 404
        assert browser.get("/sign-in").status_code == 200


def test_files__changed_after_the_start__are_served_as_they_were(browser: TestClient, dist: Path) -> None:
    (dist / "icon.svg").write_text("<svg>other</svg>")
    (dist / "later.js").write_text("")
    assert browser.get("/icon.svg").text == "<svg/>"
    assert browser.get("/later.js").status_code == 404


def test_read_files__a_folder__leaves_hidden_files_out(dist: Path) -> None:
    assert set(read_files(dist)) == {
        "/index.html",
        "/icon.svg",
        "/theme.js",
        "/assets/index-aB3.js",
        "/assets/short-eF5.js",
        "/assets/font-cD4.woff2",
    }


def test_account__signed_in__leads_back_to_the_interface(
    browser: TestClient, session: dict[str, str]
) -> None:
    assert '<a href="/">' in browser.get("/account", headers=session).text
    assert browser.get("/account").headers["location"] == "/sign-in?next=/account"
