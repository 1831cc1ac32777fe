"""An account is read patiently: limits are kept, failures waited out, and what makes no sense is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.account import Account, without_nulls
from daybreak.connectors.launchdarkly.client import FAILURES, parse_host
from daybreak.connectors.launchdarkly.problems import NotShown, SourceProblem, TokenUnknown
from daybreak.connectors.launchdarkly.waiting import wait_before_next, wait_when_limited
from daybreak.platform.clock import FixedClock
from fake_account import SDK_KEY, TOKEN, FakeAccount, Fault, fake_account

ROLES = "/api/v2/roles"
FLAGS = "/api/v2/flags/web"
NOW = 1_782_909_000_000


class Sleeper:
    """Sleeps no time, and remembers how long it was to."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def fake() -> Iterator[FakeAccount]:
    with fake_account() as running:
        running.lists[ROLES] = [{"key": key} for key in "abcde"]
        yield running


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()


@pytest.fixture
def account(fake: FakeAccount, sleeper: Sleeper) -> Iterator[Account]:
    opened = Account(fake.address, TOKEN, FixedClock(NOW), sleeper)
    yield opened
    opened.close()


def keys(items: list[dict[str, Any]]) -> str:
    return "".join(item["key"] for item in items)


def test_read_all__several_pages__follows_their_links(account: Account, fake: FakeAccount) -> None:
    assert keys(account.read_all(links.roles())) == "abcde"
    assert len(fake.asked) == 3
    assert account.count(links.one_of("roles")) == 5


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(429, headers={"Retry-After": "7"}), 7.0),
        (Fault(429, headers={"X-Ratelimit-Reset": str(NOW + 4_000)}), 4.0),
        (Fault(429), 1.0),
        (Fault(500), 1.0),
        (Fault(503, b"<html>"), 1.0),
        (Fault(200, b"<html>sign in</html>"), 1.0),
        (Fault(200, b"no gzip", headers={"Content-Encoding": "gzip"}), 1.0),
        (Fault(429, headers={"Retry-After": "0"}), 1.0),
        (Fault(0), 1.0),
    ],
)
def test_read__one_trouble__waits_and_asks_again(
    account: Account, fake: FakeAccount, sleeper: Sleeper, fault: Fault, seconds: float
) -> None:
    fake.faults.append(fault)
    assert keys(account.read_page(links.roles()).items) == "ab"
    assert sleeper.seconds == [seconds]


def test_read__trouble_without_end__gives_up_and_says_where(
    account: Account, fake: FakeAccount, sleeper: Sleeper
) -> None:
    fake.refused[ROLES] = Fault(502)
    with pytest.raises(SourceProblem, match=f"{ROLES}: it answered 502") as raised:
        account.read_page(links.roles())
    assert TOKEN not in str(raised.value)
    assert sleeper.seconds == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert len(fake.asked) == FAILURES


def test_read__limits_without_end__gives_up(account: Account, fake: FakeAccount) -> None:
    fake.refused[ROLES] = Fault(429, headers={"Retry-After": "1"})
    with pytest.raises(SourceProblem, match="fewer requests"):
        account.read_page(links.roles())


def test_read__few_requests_left__waits_for_the_next_window(
    account: Account, fake: FakeAccount, sleeper: Sleeper
) -> None:
    fake.headers = {"X-Ratelimit-Route-Remaining": "2", "X-Ratelimit-Reset": str(NOW + 3_000)}
    account.read_page(links.roles())
    assert sleeper.seconds == []
    fake.headers["X-Ratelimit-Auth-Token-Remaining"] = "1"
    account.read_page(links.roles())
    assert sleeper.seconds == [3.0]


def test_waiting__headers_that_make_no_sense__do_not_keep_it_long() -> None:
    assert wait_before_next({"x-ratelimit-global-remaining": "0"}, NOW) == 0.0
    far = {"x-ratelimit-global-remaining": "0", "x-ratelimit-reset": str(NOW + 10**9)}
    assert wait_before_next(far, NOW) == 20.0
    assert wait_when_limited({"retry-after": "Wed, 21 Oct 2026"}, NOW, 2) == 4.0
    assert wait_when_limited({"retry-after": "100000"}, NOW, 0) == 300.0


def test_read__token_that_is_not_known__says_so(account: Account, fake: FakeAccount) -> None:
    other = Account(fake.address, "api-wrong", FixedClock(NOW), Sleeper())
    with pytest.raises(TokenUnknown) as raised:
        other.read_page(links.roles())
    other.close()
    assert "api-wrong" not in str(raised.value)


def test_read__what_the_token_may_not_see__is_told_from_what_fails(
    account: Account, fake: FakeAccount
) -> None:
    fake.refused[ROLES] = Fault(403, b'{"code":"forbidden","message":"not in\\n this plan"}')
    with pytest.raises(NotShown, match="403 not in this plan"):
        account.read_page(links.roles())
    with pytest.raises(NotShown, match="404 Invalid"):
        account.read_page(links.members())


def test_read__sent_elsewhere__does_not_follow(account: Account, fake: FakeAccount) -> None:
    fake.refused[ROLES] = Fault(302, headers={"Location": "https://example.org/"})
    with pytest.raises(SourceProblem, match="sends elsewhere"):
        account.read_page(links.roles())


@pytest.mark.parametrize("href", ["https://example.org/api/v2/roles", "//example.org/api/v2/roles", "/other"])
def test_readPage__next_page_on_another_host__is_not_asked_for(
    account: Account, fake: FakeAccount, href: str
) -> None:
    fake.documents[ROLES] = {"items": [], "_links": {"next": {"href": href}}}
    with pytest.raises(SourceProblem, match="another host"):
        account.read_page(links.roles())


def test_readPage__next_page_is_the_same__does_not_go_round(account: Account, fake: FakeAccount) -> None:
    fake.documents[ROLES] = {"items": [], "_links": {"next": {"href": links.roles()}}}
    with pytest.raises(SourceProblem, match="the same one"):
        account.read_page(links.roles())


def test_readAll__pages_that_lead_round__do_not_go_round(account: Account, fake: FakeAccount) -> None:
    fake.documents[ROLES] = {"items": [], "_links": {"next": {"href": f"{ROLES}/b"}}}
    fake.documents[f"{ROLES}/b"] = {"items": [], "_links": {"next": {"href": links.roles()}}}
    with pytest.raises(SourceProblem, match="read before"):
        account.read_all(links.roles())
    assert len(fake.asked) == 2


def test_read__link_that_leads_nowhere__is_refused(account: Account) -> None:
    with pytest.raises(SourceProblem, match="a link that leads nowhere"):
        account.read_page(f"{ROLES}\x01")


@pytest.mark.parametrize("credential", ["", " \r", "api-\N{BULLET}1", "api-\r\n1"])
def test_read__what_can_be_no_credential__is_neither_sent_nor_shown(
    account: Account, fake: FakeAccount, credential: str
) -> None:
    with pytest.raises(TokenUnknown) as raised:
        account.read_delivered(credential)
    assert "api-" not in str(raised.value)
    assert fake.asked == []


@pytest.mark.parametrize("answer", [[1], {"items": "all"}, {"items": [1]}, "text"])
def test_readPage__something_else_than_a_list__is_refused(
    account: Account, fake: FakeAccount, answer: Any
) -> None:
    fake.documents[ROLES] = answer
    with pytest.raises(SourceProblem, match="something else than a list"):
        account.read_page(links.roles())


def test_readFlags__more_environments_than_at_once__are_put_together(
    account: Account, fake: FakeAccount
) -> None:
    places = ["a", "b", "c", "d"]
    fake.lists[FLAGS] = [
        {"key": key, "environments": {place: {"on": place == key} for place in places}} for key in places
    ]
    page = account.read_flags("web", links.flags("web", are_archived=False), places)
    assert [list(flag["environments"]) for flag in page.items] == [places, places]
    assert "env=" not in page.next
    assert keys(account.read_flags("web", page.next, places).items) == "cd"


def test_readFlags__list_that_moved_meanwhile__asks_for_single_flags(
    account: Account, fake: FakeAccount
) -> None:
    fake.lists[FLAGS] = [{"key": "x", "environments": {"a": {"on": True}}}, {"key": "y", "environments": {}}]
    fake.documents[f"{FLAGS}/x"] = {"key": "x", "environments": {"a": {}, "b": {}}}
    page = account.read_flags("web", links.flags("web", are_archived=False), ["a", "b"])
    # The other one is gone.
    assert keys(page.items) == "x"
    assert set(page.items[0]["environments"]) == {"a", "b"}


def test_readDelivered__key_of_an_environment__is_sent_in_place_of_the_token(
    account: Account, fake: FakeAccount
) -> None:
    fake.documents["/sdk/latest-all"] = {"flags": {}, "segments": {"beta": {"salt": "s"}}}
    assert account.read_delivered(SDK_KEY)["segments"]["beta"] == {"salt": "s"}
    with pytest.raises(TokenUnknown):
        account.read_delivered("sdk-other")
    fake.documents["/sdk/latest-all"] = {"flags": {}}
    with pytest.raises(SourceProblem):
        account.read_delivered(SDK_KEY)


def test_withoutNulls__values_of_others__are_left_alone() -> None:
    document = {"a": None, "b": [{"c": None, "value": {"d": None}}], "values": [None, 1], "value": None}
    assert without_nulls(document) == {"b": [{"value": {"d": None}}], "values": [None, 1], "value": None}
    assert without_nulls({"values": None}) == {"values": []}


@pytest.mark.parametrize(
    "host",
    [
        "",
        "app.launchdarkly.com",
        "ftp://a",
        "https://a/b",
        "https://u@a",
        "https://a?b",
        "http://[",
        "http://a:b",
        "http://a:0",
    ],
)
def test_parseHost__no_address_of_a_host__is_refused(host: str) -> None:
    with pytest.raises(SourceProblem, match="is no address of a host"):
        parse_host(host)


@pytest.mark.parametrize(
    ("host", "of_sdks"),
    [
        ("https://app.launchdarkly.com", "https://sdk.launchdarkly.com"),
        ("https://app.eu.launchdarkly.com", "https://sdk.eu.launchdarkly.com"),
        ("https://app.launchdarkly.us", "https://sdk.launchdarkly.us"),
        ("https://app.daybreak.example", "https://app.daybreak.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_hostOfSdks__each_account__is_where_its_sdks_ask(host: str, of_sdks: str) -> None:
    assert links.host_of_sdks(parse_host(host + "/")) == of_sdks
