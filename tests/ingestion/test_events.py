"""Events as SDKs send them, through HTTP: what is taken, what is refused, and what it adds up to."""

import gzip
import json
import random
import string
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from daybreak.areas.flags.evaluation_counts.tables import (
    evaluation_counts,
    event_totals,
    flag_applications,
    flag_requests,
)
from daybreak.areas.flags.queries import Totals
from daybreak.ingestion import bodies, buffer
from daybreak.ingestion.writing import write_sound
from daybreak.platform.clock import DAY, MINUTE
from daybreak.platform.database import Database, read_revision
from ingestion.sender import Sender, summary

PAYLOAD = "X-LaunchDarkly-Payload-ID"


def test_events__of_each_kind_of_sdk__are_counted(sender: Sender) -> None:
    id, mobile = sender.environment["_id"], sender.environment["mobileKey"]
    answers = [
        sender.bulk(summary()),
        sender.send("/mobile", [summary()], mobile),
        sender.send("/mobile/events", [summary()], mobile),
        sender.send("/mobile/events/bulk", [summary()], mobile),
        sender.send(f"/events/bulk/{id}", [summary()]),
    ]
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 5
    assert sender.counted() == 25


def test_events__in_the_address_of_a_picture__are_counted(sender: Sender) -> None:
    events = b64encode(json.dumps([summary()]).encode()).decode()
    client = TestClient(sender.app)
    answer = client.get(f"/a/{sender.environment['_id']}.gif", params={"d": events})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/gif")
    assert sender.counted() == 5
    assert client.get(f"/a/{sender.environment['_id']}.gif", params={"d": "?"}).status_code == 400
    assert client.get("/a/nowhere.gif", params={"d": events}).status_code == 404


def test_events__compressed__are_unpacked(sender: Sender) -> None:
    packed = gzip.compress(json.dumps([summary()]).encode())
    key = sender.environment["apiKey"]
    assert sender.send("/bulk", packed, key, **{"Content-Encoding": "gzip"}).status_code == 202
    assert sender.counted() == 5
    cut = sender.send("/bulk", packed[:-9], key, **{"Content-Encoding": "gzip"})
    assert cut.status_code == 400
    assert sender.send("/bulk", b"[]", key, **{"Content-Encoding": "gzip"}).status_code == 400
    assert sender.send("/bulk", b"[]", key, **{"Content-Encoding": "br"}).status_code == 400


def test_events__that_swell__are_refused_without_being_held(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LARGEST_UNPACKED", 100_000)
    bomb = gzip.compress(b" " * 10_000_000)
    answer = sender.send("/bulk", bomb, sender.environment["apiKey"], **{"Content-Encoding": "gzip"})
    assert answer.status_code == 413
    monkeypatch.setattr(bodies, "LARGEST_SENT", 10)
    assert sender.bulk(summary()).status_code == 413
    assert sender.counted() == 0


def test_events__sent_again__count_once(sender: Sender) -> None:
    for _ in range(3):
        assert sender.bulk(summary(), **{PAYLOAD: "one"}).status_code == 202
    sender.bulk(summary(), **{PAYLOAD: "two"})
    sender.bulk(summary())
    assert sender.counted() == 15


@pytest.mark.parametrize("body", [b"", b"nonsense", b"{}", b'"text"', b"\xff\xfe"])
def test_events__body_that_is_no_list__is_refused(sender: Sender, body: bytes) -> None:
    refused = sender.send("/bulk", body, sender.environment["apiKey"], **{PAYLOAD: "one"})
    assert refused.status_code == 400
    assert refused.json()["message"]
    # What was refused may be sent again under its id.
    sender.bulk(summary(), **{PAYLOAD: "one"})
    assert sender.counted() == 5


def test_events__of_unknown_kind_or_wrong_shape__do_not_cost_the_others(sender: Sender) -> None:
    odd = [
        7,
        {"kind": "new-kind", "what": [1, 2]},
        {"kind": 4},
        summary(count=-3),
        summary(count=10**12),
        summary(features={"checkout": {"counters": [{"variation": "a"}]}}),
        {"kind": "feature", "key": "checkout", "variation": 0, "creationDate": 1},
        {"kind": "summary"},
    ]
    assert sender.bulk(*odd, summary()).status_code == 202
    assert sender.counted() == 5
    assert sender.totals() == Totals(received=4, dropped=0, unreadable=5)


def test_events__evaluations_of_unknown_flags__are_not_counted(sender: Sender) -> None:
    unknown = {"checkout": {"counters": [{"unknown": True, "count": 3, "value": 1}]}}
    sender.bulk(summary(features=unknown), summary(key="nothing"))
    assert sender.counted() == 0
    with sender.database.reading() as db:
        assert db.rows(select(flag_requests)) == []


def test_events__of_an_sdk_that_sums_nothing_up__count_one_by_one(sender: Sender) -> None:
    event = {"kind": "feature", "key": "checkout", "variation": 1, "default": "x", "creationDate": 1}
    hidden = event | {"excludeFromSummaries": True}
    sender.bulk(event, event, hidden, **{"X-LaunchDarkly-Unsummarized": "true"})
    assert sender.counted() == 2


def test_events__of_an_application__tell_its_version(sender: Sender) -> None:
    tags = {"X-LaunchDarkly-Tags": "application-id/till application-version/1.2"}
    sender.bulk(summary(), **tags)
    sender.bulk(summary(), **{"X-LaunchDarkly-Tags": "application-id/till"})
    sender.bulk(summary(), **{"X-LaunchDarkly-Tags": "application-id/a%b application-version/1"})
    sender.write()
    with sender.database.reading() as db:
        [row] = db.rows(select(flag_applications))
    assert (row.application_key, row.version) == ("till", "1.2")


def test_events__time_told__is_kept_by_the_minute_where_it_can_be_true(sender: Sender) -> None:
    now = sender.clock.now()
    told = [now - 90_000, now + DAY, now - 30 * DAY, None]
    for end in told:
        sender.bulk(summary(endDate=end))
    sender.write()
    with sender.database.reading() as db:
        minutes = sorted(row.at for row in db.rows(select(evaluation_counts)))
    assert minutes == sorted({now - 90_000 - (now - 90_000) % MINUTE, now - now % MINUTE})


def test_events__without_a_key_or_environment__are_refused(sender: Sender) -> None:
    assert sender.send("/bulk", [summary()]).status_code == 401
    assert sender.send("/bulk", [summary()], sender.environment["mobileKey"]).status_code == 401
    assert sender.send("/mobile", [summary()], sender.environment["apiKey"]).status_code == 401
    assert sender.send("/events/bulk/nowhere", [summary()]).status_code == 404
    client = TestClient(sender.app)
    assert client.get("/bulk").status_code == 405
    assert client.post(f"/a/{sender.environment['_id']}.gif").status_code == 405


def test_events__from_a_page__are_allowed_before_they_are_sent(sender: Sender) -> None:
    path = f"/events/bulk/{sender.environment['_id']}"
    answer = TestClient(sender.app).options(path, headers={"Origin": "https://shop.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert "POST" in answer.headers["access-control-allow-methods"]
    for name in ("Event-Schema", "Payload-ID", "Tags", "Wrapper", "User-Agent"):
        assert f"X-LaunchDarkly-{name}" in answer.headers["access-control-allow-headers"]
    sent = sender.send(path, [summary()])
    assert sent.headers["access-control-expose-headers"] == "Date, ETag, X-LD-FD-Fallback"


def test_diagnostics__one_object__are_taken(sender: Sender) -> None:
    body = {"kind": "diagnostic-init", "id": {"diagnosticId": "a"}, "creationDate": 1}
    paths = {
        "/diagnostic": sender.environment["apiKey"],
        "/mobile/events/diagnostic": sender.environment["mobileKey"],
        f"/events/diagnostic/{sender.environment['_id']}": "",
    }
    for path, key in paths.items():
        assert sender.send(path, body, key).status_code == 202
        assert sender.send(path, [body], key).status_code == 400


def test_buffer__full__drops_and_says_how_much(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(buffer, "MOST_HELD", 3)
    counters = [{"variation": n, "count": 10} for n in range(2)]
    features = {key: {"counters": counters} for key in ("checkout", "other", "third")}
    sender.bulk(summary(features=features))
    sender.bulk(summary(count=1))
    assert sender.totals() == Totals(received=2, dropped=30, unreadable=0)
    assert "30 evaluations and contexts were not kept" in caplog.text
    # Room is made by writing.
    sender.bulk(summary())
    assert sender.counted() == 26


def test_buffer__not_written__is_written_before_the_rest(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.bulk(summary())
    [job] = [job for job in sender.app.jobs.list_due() if "evaluated" in job.name]
    monkeypatch.setattr("daybreak.ingestion.writing.count_evaluations", None)
    assert not sender.app.jobs.run(job)
    monkeypatch.undo()
    sender.bulk(summary())
    assert sender.counted() == 5
    assert sender.counted() == 10


def test_writing__counts__does_not_move_the_revision_and_idles_without_a_write(sender: Sender) -> None:
    with sender.database.reading() as db:
        revision = read_revision(db)
    sender.bulk(summary())
    sender.write()
    with sender.database.reading() as db:
        assert read_revision(db) == revision
    sender.clock.advance(1_000)
    assert [job for job in sender.app.jobs.list_due() if "evaluated" in job.name] == []


def test_events__that_no_database_takes__cost_only_themselves(sender: Sender, api: Any) -> None:
    def learnt(key: str, kind: str = "user") -> bytes:
        return json.dumps({"kind": "identify", "context": {"kind": kind, "key": key}}).encode()

    bad = [
        b'{"kind":"identify","context":{"kind":"user","key":"a","name":"\xff"}}',
        b'{"kind":"custom","key":"\xff"}',
        b'{"kind":"identify","context":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        json.dumps(summary(key="a\0b")).encode(),
        json.dumps(summary(key="k" * 100_000)).encode(),
        learnt("a\0b"),
        learnt("k", kind="k" * 8_000),
        # As many characters as a key may have, of four bytes each, which no index packs.
        learnt("".join(chr(0x10000 + (number * 7919) % 60_000) for number in range(990))),
    ]
    for kinds in (["a\0b"], ["".join(random.Random(7).choices(string.ascii_letters, k=8_000))]):
        odd = summary(count=1)
        odd["features"]["checkout"]["contextKinds"] = kinds
        bad.append(json.dumps(odd).encode())
    good = [json.dumps(summary(count=3)).encode(), learnt("ann")]
    # Each alone first: nothing else makes room for it.
    for event in bad:
        body = b"[" + event + b"]"
        assert sender.send("/bulk", body, sender.environment["apiKey"]).status_code in {202, 400}, body[:80]
        sender.write()
    body = b"[" + b",".join([*bad[:2], *bad[3:], *good]) + b"]"
    assert sender.send("/bulk", body, sender.environment["apiKey"]).status_code == 202

    # The two with odd kinds have counts that are sound, twice.
    assert sender.counted() == 3 + 2 * 2
    search = "/api/v2/projects/web/environments/production/contexts/search"
    assert [item["context"]["key"] for item in api.post(search, json={}).json()["items"]] == ["ann"]


def test_write_sound__some_refused__writes_the_others(database: Database) -> None:
    def write(hours: Sequence[int]) -> None:
        rows = [
            {"hour": hour, "received": 2**63 if hour in {3, 7} else 1, "dropped": 0, "unreadable": 0}
            for hour in hours
        ]
        db.insert(event_totals, rows)

    with database.writing() as db:
        assert write_sound(db, range(10), write) == 2
        assert write_sound(db, (), write) == 0
    with database.reading() as db:
        found = [row.hour for row in db.rows(select(event_totals).order_by(event_totals.c.hour))]
    assert found == [0, 1, 2, 4, 5, 6, 8, 9]


def test_write_sound__other_failure__is_raised(database: Database) -> None:
    def write(_values: Sequence[int]) -> None:
        db.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(DBAPIError), database.writing() as db:
        write_sound(db, [1, 2], write)
