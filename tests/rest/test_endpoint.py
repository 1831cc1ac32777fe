"""One request from bytes to bytes: who asks, in which version, with which verb, and what is refused."""

from typing import Any

import pytest

from daybreak.platform.clock import FixedClock
from daybreak.rest.versioning import LATEST_VERSION, parse_version
from rest.server import LARGEST_BODY, Server, ask
from rest.widgets import WIDGETS, a_widget

ORIGIN = "https://pages.example.org"


@pytest.mark.parametrize("token", ["", "nobody-knows", "Bearer admin"])
def test_request__without_a_known_token__answers_401(server: Server, token: str) -> None:
    response = server.get(WIDGETS, token=token)
    assert response.status_code == 401
    assert response.json()["code"] == "unauthorized"


def test_request__known_token__is_looked_up_once_and_seen_each_time(server: Server) -> None:
    for _ in range(3):
        assert server.get(WIDGETS).status_code == 200
    assert server.tokens.asked == 1
    assert [actor.id for actor in server.tokens.seen] == ["admin"] * 3


def test_request__after_a_write__token_is_looked_up_again(server: Server) -> None:
    server.get(WIDGETS)
    server.keep(a_widget("new"))
    server.get(WIDGETS)
    assert server.tokens.asked == 2


def test_request__token_that_has_expired_meanwhile__answers_401(server: Server, clock: FixedClock) -> None:
    server.tokens.add("guest", role="reader", expires_at=clock.at + 1_000)
    assert server.get("/api/v2/feed", token="guest").status_code == 200
    clock.advance(1_000)
    server.tokens.actors.clear()
    assert server.get("/api/v2/feed", token="guest").status_code == 401


def test_request__public_route__needs_no_token(server: Server) -> None:
    assert server.get("/api/v2/open-tally", token="").json()["by"] == "anonymous"


@pytest.mark.parametrize("value", ["20240415", "20160426", "beta", " beta "])
def test_version__known__is_accepted(server: Server, value: str) -> None:
    assert server.get("/api/v2/gadgets", headers={"LD-API-Version": value}).status_code == 200


def test_version__none_on_beta_route__is_accepted(server: Server) -> None:
    assert server.get("/api/v2/gadgets").status_code == 200


@pytest.mark.parametrize("value", ["20991231", "yesterday", "", "20240415,beta", "9" * 5_000])
def test_version__unknown_or_several__answers_400(server: Server, value: str) -> None:
    assert server.get(WIDGETS, headers={"LD-API-Version": value}).status_code == 400


def test_version__header_twice__answers_400(server: Server) -> None:
    twice = [(b"ld-api-version", b"20240415")] * 2
    status, body = ask(server.endpoint, "GET", WIDGETS.encode(), headers=twice)
    assert status == 400
    assert b"Too many values for parameter LD-API-Version" in body


@pytest.mark.parametrize(
    ("values", "default", "expected"),
    [
        ([], 0, (LATEST_VERSION, False)),
        ([], 20191212, (20191212, False)),
        (["20220603"], 20191212, (20220603, False)),
        (["beta"], 20191212, (LATEST_VERSION, True)),
    ],
)
def test_parse_version__header_and_default__gives_the_version(
    values: list[str], default: int, expected: tuple[int, bool]
) -> None:
    assert parse_version(values, default) == expected


def test_override__post_meaning_patch__patches(server: Server) -> None:
    server.keep(a_widget("a", "old"))
    response = server.request(
        "POST", f"{WIDGETS}/a", json={"name": "new"}, headers={"X-HTTP-Method-Override": "patch"}
    )
    assert response.status_code == 200
    assert response.json()["name"] == "new"


def test_override__post_meaning_get__answers_400(server: Server) -> None:
    response = server.request("POST", WIDGETS, json={}, headers={"X-HTTP-Method-Override": "GET"})
    assert response.status_code == 400


def test_override__on_a_get__means_nothing(server: Server) -> None:
    assert server.get(WIDGETS, headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 200


def test_method__not_possible__answers_405_with_the_verbs(server: Server) -> None:
    response = server.request("PUT", f"{WIDGETS}/a")
    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"
    assert response.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"
    assert response.headers["Allow"] in response.json()["message"]


def test_method__head_where_nothing_is_read__answers_405(server: Server) -> None:
    response = server.request("HEAD", "/api/v2/questions")
    assert response.status_code == 405
    assert response.headers["Allow"] == "OPTIONS, POST"


def test_head__existing__has_the_headers_of_get_and_no_body(server: Server) -> None:
    read, asked = server.get(WIDGETS), server.request("HEAD", WIDGETS)
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["Content-Length"] == str(len(read.content))
    assert asked.headers["Content-Type"] == "application/json"


def test_options__any_path__answers_204_without_a_token(server: Server) -> None:
    response = server.request("OPTIONS", "/api/v2/nowhere", token="", headers={"Origin": ORIGIN})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "LD-API-Version" in response.headers["Access-Control-Allow-Headers"]
    assert "Content-Length" not in response.headers


def test_origin__sent__is_echoed_and_varies(server: Server) -> None:
    response = server.get(WIDGETS, headers={"Origin": ORIGIN})
    assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert response.headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_origin__not_sent__allows_all(server: Server) -> None:
    assert server.get(WIDGETS).headers["Access-Control-Allow-Origin"] == "*"


def test_error__any__has_code_message_and_an_id_of_its_own(server: Server) -> None:
    bodies = [server.get("/api/v2/nowhere").json() for _ in range(2)]
    assert bodies[0].keys() == {"code", "message", "id"}
    assert bodies[0]["code"] == "not_found"
    assert bodies[0]["id"] != bodies[1]["id"]


def test_error__several_attributes__names_each(server: Server) -> None:
    response = server.request("POST", "/api/v2/failures/faulty")
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"attribute": "words", "reason": "too many"},
        {"attribute": "mood", "reason": "too dark"},
    ]


@pytest.mark.parametrize(
    ("reason", "status", "code"),
    [
        ("taken", 409, "conflict"),
        ("busy", 503, "service_unavailable"),
        ("broken", 500, "service_unavailable"),
        ("unforeseen", 500, "service_unavailable"),
    ],
)
def test_error__not_of_the_caller__tells_nothing_of_the_inside(
    server: Server, reason: str, status: int, code: str
) -> None:
    response = server.request("POST", f"/api/v2/failures/{reason}")
    assert response.status_code == status
    assert response.json()["code"] == code
    assert "SELECT" not in response.text
    assert "table" not in response.text


def test_refusal__of_a_reader_who_writes__names_the_action_and_the_address(server: Server) -> None:
    response = server.request("POST", WIDGETS, token="reader", json={"key": "a", "name": "A", "tags": ["x"]})
    assert response.status_code == 403
    assert response.json()["code"] == "forbidden"
    assert "createWidget on widget/a;x" in response.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b"{'a': 1}",
        b'{"words": []} trailing',
        b'{"words": [NaN]}',
        b'{"words": ["\xff"]}',
        b'{"words": ["\\ud800"]}',
        b'{"words": ["\\u0000"]}',
        b'{"\\u0000": 1, "words": []}',
        b'{"words": [], "number": 9223372036854775808}',
        b'{"words": [], "number": ' + b"9" * 5_000 + b"}",
        b'{"words": [], "deep": ' + b"[" * 70 + b"]" * 70 + b"}",
        b'{"words": [], "deep": ' + b"[" * 9_000 + b"]" * 9_000 + b"}",
    ],
)
def test_body__that_is_no_storable_json__answers_400(server: Server, body: bytes) -> None:
    response = server.request("POST", "/api/v2/questions", content=body)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_request"


@pytest.mark.parametrize(
    ("body", "attribute"),
    [
        ({}, "words"),
        ({"words": "one"}, "words"),
        ({"words": [1]}, "words[0]"),
        ([], "body"),
    ],
)
def test_body__of_another_shape__names_the_attribute(server: Server, body: Any, attribute: str) -> None:
    response = server.request("POST", "/api/v2/questions", json=body)
    assert response.status_code == 400
    assert [fault["attribute"] for fault in response.json()["errors"]] == [attribute]


def test_body__with_unknown_fields_and_odd_numbers__is_accepted(server: Server) -> None:
    body = b'{"words": ["a"], "more": [true, null, -9223372036854775807, 1.5]}'
    assert server.request("POST", "/api/v2/questions", content=body).json() == {"words": 1}


def test_body__larger_than_allowed__answers_413(server: Server) -> None:
    response = server.request("POST", "/api/v2/questions", content=b" " * (LARGEST_BODY + 1))
    assert response.status_code == 413
    assert response.json()["code"] == "request_entity_too_large"


@pytest.mark.parametrize(("where", "largest"), [("notes", 100), ("tomes", 1_000_000)])
def test_body__of_a_route_with_its_own_limit__is_read_up_to_that(
    server: Server, where: str, largest: int
) -> None:
    body = b'{"words": []}'.ljust(largest)
    assert server.request("POST", f"/api/v2/{where}", content=body).status_code == 200
    assert server.request("POST", f"/api/v2/{where}", content=body + b" ").status_code == 413


def test_body__of_no_told_length__is_read_until_it_is_too_large(server: Server) -> None:
    chunk = {"type": "http.request", "body": b" " * LARGEST_BODY, "more_body": True}
    status, _ = ask(server.endpoint, "POST", b"/api/v2/questions", messages=[chunk, chunk, chunk])
    assert status == 413


@pytest.mark.parametrize(("length", "expected"), [(b"9" * 5_000, 413), (b"many", 200)])
def test_body__told_an_absurd_length__is_not_trusted(server: Server, length: bytes, expected: int) -> None:
    status, _ = ask(
        server.endpoint,
        "POST",
        b"/api/v2/questions",
        headers=[(b"content-length", length)],
        body=b'{"words": []}',
    )
    assert status == expected


def test_body__in_parts__is_put_together(server: Server) -> None:
    parts = [
        {"type": "http.request", "body": b'{"words":', "more_body": True},
        {"type": "http.request", "body": b'["a", "b"]}'},
    ]
    assert ask(server.endpoint, "POST", b"/api/v2/questions", messages=parts) == (200, b'{"words":2}')


def test_body__connection_closed_within__is_refused(server: Server) -> None:
    messages = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    status, _ = ask(server.endpoint, "POST", b"/api/v2/questions", messages=messages)
    assert status == 400


@pytest.mark.parametrize(
    ("raw_path", "expected"),
    [
        (b"/api/v2/widgets/%FF", 404),
        (b"/api/v2/widgets/\xff", 404),
        (b"/api/v2/widgets/a%00b", 400),
        (b"/api/v2/widgets/a%2Fb", 200),
        (b"/api/v2/widgets/a/b", 404),
        (b"/api/v2/widgets/", 200),
        (b"//api/v2/widgets", 200),
        (b"/", 404),
    ],
)
def test_path__of_any_bytes__is_decoded_strictly_segment_by_segment(
    server: Server, raw_path: bytes, expected: int
) -> None:
    server.keep(a_widget("a/b"))
    assert ask(server.endpoint, "GET", raw_path)[0] == expected


def test_path__from_a_server_without_raw_paths__is_decoded_once(server: Server) -> None:
    server.keep(a_widget("50%25"))
    assert ask(server.endpoint, "GET", None, path="/api/v2/widgets/50%25")[0] == 200


def test_path__not_percent_encoded__is_so_in_links(server: Server) -> None:
    status, body = ask(server.endpoint, "GET", "/api/v2/feed".replace("d", "%64").encode())
    assert status == 200
    assert b'"self":{"href":"/api/v2/fee%64"' in body


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (b"filter=query:%FF", 400),
        (b"filter=query:\xc3\xa9", 400),
        (b"filter=query:%00", 400),
        (b"%00=1", 400),
        (b"filter=query:%C3%A9", 200),
        (b"unknown=1&limit=", 200),
        (b"&".join(b"a=1" for _ in range(201)), 400),
        (b"filter=query:" + b"a" * 17_000, 400),
        (b"limit=0", 400),
        (b"limit=21", 400),
        (b"limit=many", 400),
        (b"limit=" + b"9" * 5_000, 400),
        (b"offset=-1", 400),
        (b"offset=99999999999999999999", 400),
        (b"limit=1&limit=2", 200),
    ],
)
def test_query__of_any_bytes__is_decoded_strictly(server: Server, query: bytes, expected: int) -> None:
    assert ask(server.endpoint, "GET", WIDGETS.encode(), query=query)[0] == expected


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("size=1&size=2,3", 6),
        ("size=4,", 4),
        ("size=", 0),
        ("", 0),
        ("size=1&more=2,3&twice=true", 12),
        ("twice=&more=1&more=2", 3),
    ],
)
def test_query__lists__are_repeated_or_separated_by_commas(server: Server, query: str, total: int) -> None:
    assert server.get(f"/api/v2/sizes?{query}").json() == {"sum": total}


def test_query__list_of_another_kind__names_the_parameter(server: Server) -> None:
    response = server.get("/api/v2/sizes?size=big")
    assert response.status_code == 400
    assert response.json()["message"].startswith("Query parameter size[0]: Expected `int`")


def test_answer__not_of_json__keeps_its_status_type_and_headers(server: Server) -> None:
    response = server.request("POST", "/api/v2/echo", content=b"as it is", headers={"X-Kind": "plain"})
    assert (response.status_code, response.content) == (202, b"as it is")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["X-Kind"] == "plain"


@pytest.mark.parametrize(("method", "status"), [("POST", 204), ("PUT", 202), ("PATCH", 200)])
def test_answer__nothing__has_the_route_s_status_or_204(server: Server, method: str, status: int) -> None:
    response = server.request(method, "/api/v2/oblivion")
    assert (response.status_code, response.content) == (status, b"")


def test_page__that_pages_by_other_means__has_its_own_links(server: Server) -> None:
    body = server.get("/api/v2/feed?x=1").json()
    assert body == {
        "items": ["news"],
        "_links": {
            "self": {"href": "/api/v2/feed?x=1", "type": "application/json"},
            "next": {"href": "/api/v2/feed?before=1", "type": "application/json"},
        },
        "freshness": 1,
    }
