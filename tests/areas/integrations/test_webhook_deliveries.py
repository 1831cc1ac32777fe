"""Entries of the audit log on their way: to a real HTTP server, in order, at least once."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

from areas.integrations.receivers import (
    Deliverer,
    Receiver,
    a_webhook,
    deliveries_of,
    finish_posting,
    on_tags,
    path_of,
)
from daybreak.areas.account.queries import EntryFact
from daybreak.areas.integrations.webhooks import posting
from daybreak.areas.integrations.webhooks.model import (
    GIVEN_UP_AFTER,
    KEPT,
    LEASE,
    LONGEST_PAUSE,
    Webhook,
    pause_after,
)
from daybreak.areas.integrations.webhooks.queueing import choose
from daybreak.logic.policy.address import Address
from daybreak.platform.clock import HOUR, MINUTE, SECOND, FixedClock
from daybreak.platform.database import Database


def projects(api: Any, *keys: str) -> None:
    for key in keys:
        assert api.post("/api/v2/projects", {"key": key, "name": key}).status_code == 201


PROJECTS = on_tags("proj/*")


def test_delivery__entry__is_the_one_of_the_audit_log_signed(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    hook = a_webhook(api, f"{receiver.url}/in?room=7", secret="shared", statements=[PROJECTS])
    projects(api, "web")
    deliverer.turn()
    [got] = receiver.received
    assert got.path == "/in?room=7"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["x-ld-signature"] == hmac.new(b"shared", got.body, hashlib.sha256).hexdigest()
    assert got.entry == api.get(f"/api/v2/auditlog/{got.entry['_id']}").json()
    [told] = deliveries_of(api, hook)
    assert got.headers["x-daybreak-delivery"] == told["_id"]
    assert (told["entryId"], told["state"], told["status"]) == (got.entry["_id"], "delivered", 200)
    assert (told["answer"], told["reason"], told["attempts"]) == ("noted ", "", 1)
    assert "nextAttempt" not in told


def test_delivery__statements__choose_the_entries(api: Any, receiver: Receiver, deliverer: Deliverer) -> None:
    a_webhook(api, receiver.url, statements=[on_tags("proj/w*"), {**PROJECTS, "effect": "deny"}])
    a_webhook(api, f"{receiver.url}/shop", statements=[on_tags("proj/shop")])
    projects(api, "web", "shop")
    deliverer.turn()
    assert [(each.path, each.entry["name"]) for each in receiver.received] == [("/shop", "shop")]


class Counted(list[dict[str, Any]]):
    """Notes how often somebody goes through it."""

    times = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self.times += 1
        return super().__iter__()


def test_queue__many_entries__reads_the_statements_once() -> None:
    def read(count: int) -> int:
        statements = Counted([on_tags("proj/*")])
        hook = Webhook(
            id="hook",
            name="",
            url="https://hooks.example/",
            on=True,
            secret=None,
            statements=statements,
            tags=[],
            created_at=0,
            version=1,
        )
        entries = {
            f"{number}": EntryFact(Address.of(("proj", f"p{number}")), ("createProject",))
            for number in range(count)
        }
        assert choose(hook, entries) == list(entries)
        return statements.times

    assert read(20) == read(1)


def test_delivery__refused_writes_and_what_came_before__are_not_told(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    projects(api, "earlier")
    a_webhook(api, receiver.url, statements=[PROJECTS])
    assert api.as_role("reader").delete("/api/v2/projects/earlier").status_code == 403
    deliverer.turn()
    assert receiver.received == []


def test_delivery__many__arrive_in_order(api: Any, receiver: Receiver, deliverer: Deliverer) -> None:
    a_webhook(api, receiver.url, statements=[PROJECTS])
    keys = [f"p{number}" for number in range(12)]
    projects(api, *keys)
    deliverer.turn()
    assert [each.entry["name"] for each in receiver.received] == keys


def test_delivery__failing__is_tried_again_before_those_after_it(
    api: Any, receiver: Receiver, deliverer: Deliverer, clock: FixedClock
) -> None:
    hook = a_webhook(api, receiver.url, statements=[PROJECTS])
    receiver.statuses = [500, 503]
    projects(api, "one", "two")
    deliverer.turn()
    [waiting, failed] = deliveries_of(api, hook)
    assert (failed["status"], failed["state"], failed["attempts"]) == (500, "waiting", 1)
    assert failed["reason"] == "the answer was 500"
    assert 10 * SECOND <= failed["nextAttempt"] - failed["lastAttempt"] <= 12 * SECOND
    assert (waiting["state"], waiting["attempts"]) == ("waiting", 0)
    deliverer.turn()
    assert len(receiver.received) == 1, "too early"
    clock.advance(10 * SECOND)
    deliverer.turn()
    clock.advance(25 * SECOND)
    deliverer.turn()
    assert [each.entry["name"] for each in receiver.received] == ["one", "one", "one", "two"]
    assert {each["state"] for each in deliveries_of(api, hook)} == {"delivered"}


def test_delivery__given_up_after_a_day__lets_those_after_it_through(
    api: Any, receiver: Receiver, deliverer: Deliverer, clock: FixedClock
) -> None:
    hook = a_webhook(api, receiver.url, statements=[PROJECTS])
    receiver.statuses = [500, 500]
    projects(api, "one")
    deliverer.turn()
    clock.advance(GIVEN_UP_AFTER)
    projects(api, "two")
    deliverer.turn()
    deliverer.turn()
    assert [each.entry["name"] for each in receiver.received] == ["one", "one", "two"]
    assert [each["state"] for each in deliveries_of(api, hook)] == ["delivered", "failed"]


def test_pause_after__failures__doubles_up_to_an_hour() -> None:
    assert [pause_after(attempts, 0.0) for attempts in (1, 2, 3)] == [10_000, 20_000, 40_000]
    assert pause_after(50, 0.0) == LONGEST_PAUSE
    assert HOUR < pause_after(50, 0.99) < HOUR + HOUR / 5


def test_delivery__process_that_died__is_sent_by_another_one(
    api: Any, receiver: Receiver, deliverer: Deliverer, clock: FixedClock, database: Database
) -> None:
    a_webhook(api, f"{receiver.url}/slow", statements=[PROJECTS])
    projects(api, "web")
    deliverer.turn(waits=False)
    other = Deliverer(database, clock)
    other.turn(waits=False)
    clock.advance(LEASE)
    # The first one never wrote down how it went: to the other it looks as if it had died.
    other.turn(waits=False)
    for _ in range(2):
        receiver.wait_for_another()
    receiver.holds.set()
    finish_posting()
    assert {each.entry["name"] for each in receiver.received} == {"web"}
    assert len(receiver.received) == 2
    assert len({each.headers["x-daybreak-delivery"] for each in receiver.received}) == 1


def test_delivery__slow_receiver__keeps_no_other_waiting(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    slow = a_webhook(api, f"{receiver.url}/slow", statements=[PROJECTS])
    quick = a_webhook(api, f"{receiver.url}/quick", statements=[PROJECTS])
    projects(api, "one")
    deliverer.turn(waits=False)
    projects(api, "two")
    while len(deliveries_of(api, quick)) < 2 or deliveries_of(api, quick)[0]["state"] != "delivered":
        deliverer.turn(waits=False)
    assert [each["state"] for each in deliveries_of(api, slow)] == ["waiting", "waiting"]
    receiver.holds.set()
    finish_posting()
    assert {each["state"] for each in deliveries_of(api, slow)} == {"delivered"}


def test_delivery__no_end_of_the_answer_or_no_answer__ends_in_time(
    api: Any, receiver: Receiver, deliverer: Deliverer, monkeypatch: Any
) -> None:
    monkeypatch.setattr(posting, "SECONDS_TO_ANSWER", 5.0)
    endless = a_webhook(api, f"{receiver.url}/endless", statements=[PROJECTS])
    slow = a_webhook(api, f"{receiver.url}/slow", statements=[PROJECTS])
    nobody = a_webhook(api, "http://127.0.0.1:9/", statements=[PROJECTS])
    projects(api, "web")
    deliverer.turn()
    [told] = deliveries_of(api, endless)
    assert (told["status"], told["state"], set(told["answer"])) == (200, "delivered", {"x"})
    assert told["duration"] < 20 * SECOND
    [told] = deliveries_of(api, slow)
    assert (told["status"], told["reason"]) == (0, "there was no answer within 5 seconds")
    assert told["duration"] < 20 * SECOND
    assert "refused" in deliveries_of(api, nobody)[0]["reason"]


def test_delivery__turned_off__is_not_sent_later(
    api: Any, receiver: Receiver, deliverer: Deliverer, clock: FixedClock
) -> None:
    hook = a_webhook(api, receiver.url, statements=[PROJECTS])
    receiver.statuses = [500]
    projects(api, "one")
    deliverer.turn()
    api.patch(path_of(hook), [{"op": "replace", "path": "/on", "value": False}])
    projects(api, "two")
    clock.advance(MINUTE)
    deliverer.turn()
    api.patch(path_of(hook), [{"op": "replace", "path": "/on", "value": True}])
    projects(api, "three")
    deliverer.turn()
    assert [each.entry["name"] for each in receiver.received] == ["one", "three"]
    assert deliveries_of(api, hook)[-1]["reason"] == "the webhook was turned off"


def test_resend__delivered__arrives_once_more(api: Any, receiver: Receiver, deliverer: Deliverer) -> None:
    hook = a_webhook(api, receiver.url, statements=[PROJECTS])
    projects(api, "web")
    deliverer.turn()
    [told] = deliveries_of(api, hook)
    path = told["_links"]["resend"]["href"]
    assert api.as_role("reader").post(path).status_code == 403
    answer = api.post(path)
    assert (answer.status_code, answer.content) == (202, b"")
    deliverer.turn()
    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["x-daybreak-delivery"] != second.headers["x-daybreak-delivery"]
    assert (
        api.get("/api/v2/auditlog?limit=1").json()["items"][0]["titleVerb"].startswith("sent an entry again")
    )


def test_resend__unknown_or_of_another_webhook__answers_404(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    one, other = a_webhook(api, receiver.url), a_webhook(api, receiver.url)
    deliverer.turn()
    id = deliveries_of(api, one)[0]["_id"]
    assert api.post(f"{path_of(other)}/deliveries/{id}/resend").status_code == 404
    assert api.post(f"{path_of(one)}/deliveries/nothing/resend").status_code == 404


def test_deliveries__more_than_are_kept__forget_the_oldest(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    hook = a_webhook(api, receiver.url, statements=[PROJECTS])
    projects(api, "web")
    rename = [{"op": "replace", "path": "/name", "value": ""}]
    for number in range(KEPT + 5):
        assert api.patch("/api/v2/projects/web", [rename[0] | {"value": f"{number}"}]).status_code == 200
    deliverer.turn()
    deliverer.turn()
    assert len(receiver.received) == KEPT + 6
    page = api.get(f"{path_of(hook)}/deliveries?limit=1&offset=1").json()
    assert (page["totalCount"], len(page["items"])) == (KEPT, 1)


def test_delivery__logs__hold_no_secret(
    api: Any, receiver: Receiver, deliverer: Deliverer, caplog: Any, clock: FixedClock
) -> None:
    caplog.set_level("DEBUG")
    a_webhook(api, f"{receiver.url}/?key=in-the-url", secret="known-to-two")
    receiver.statuses = [500]
    deliverer.turn()
    clock.advance(MINUTE)
    deliverer.turn()
    assert len(receiver.received) == 2
    assert "known-to-two" not in caplog.text
    assert "in-the-url" not in caplog.text
