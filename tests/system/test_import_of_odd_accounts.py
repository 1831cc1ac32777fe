"""`daybreak import launchdarkly` where the account, the token or the options are odd: nothing is lost in
silence, and no secret is shown.
"""

import json
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rich.progress import Progress

from daybreak.cli.launchdarkly.history import History
from daybreak.cli.launchdarkly.steps import Steps
from daybreak.cli.program import open_program
from daybreak.connectors.launchdarkly.account import Account
from daybreak.platform.clock import HOUR
from daybreak.rest.carrying import Source
from fake_account import TOKEN, FakeAccount, Fault
from system.bringing_in import Bring, bring_in, fake, report_file
from system.vendor_documents import an_entry

__all__ = ["bring_in", "fake", "report_file"]

LOG = "/api/v2/auditlog"
DEFAULTS = "/api/v2/projects/shop/flag-defaults"
ENVIRONMENTS = "/api/v2/projects/shop/environments"
AT_ONCE = 20


class LogWithoutLinks(FakeAccount):
    """Shows the newest entries between two instants, and never where the next ones are."""

    def answer(self, target: str, authorization: str) -> Fault:
        parts = urlsplit(target)
        if parts.path != LOG or self.faults:
            return super().answer(target, authorization)
        self.asked.append(target)
        query = parse_qs(parts.query)
        after, before = int(query["after"][0]), int(query.get("before", [str(2**53)])[0])
        items = [entry for entry in self.lists[LOG] if after < entry["date"] < before]
        items.sort(key=lambda entry: -int(entry["date"]))
        return Fault(200, json.dumps({"items": items[:AT_ONCE], "_links": {}}).encode())


def reasons(file: Path, kind: str, key: str) -> list[str]:
    notes = json.loads(file.read_text())["notes"]
    return [each["reason"] for each in notes if (each["kind"], each["key"]) == (kind, key)]


def without_links(fake: FakeAccount, dates: list[int]) -> None:
    fake.__class__ = LogWithoutLinks
    fake.lists[LOG] = [an_entry(number) | {"date": date} for number, date in enumerate(dates)]


def ids_here(api: Any) -> set[str]:
    """Of the entries that came."""
    found: set[str] = set()
    path = f"{LOG}?limit=20"
    while path:
        page = api.get(path).json()
        found |= {entry["_id"] for entry in page["items"] if entry["_id"].startswith("6f")}
        path = page["_links"].get("next", {}).get("href", "")
    return found


def test_import__log_that_was_read_in_two_runs__is_read_again_from_when_it_was_begun(
    fake: FakeAccount, bring_in: Bring
) -> None:
    """What happens between the two runs is on no page that the second one reads."""
    fake.page = 1
    fake.documents[LOG] = {"items": [], "_links": {"next": {"href": f"{LOG}/more"}}}
    fake.refused[f"{LOG}/more"] = Fault(401)
    assert bring_in().exit_code == 1
    ended_at = int(time.time() * 1000)
    fake.refused.clear()
    fake.documents[f"{LOG}/more"] = {"items": []}
    assert bring_in().exit_code == 0
    fake.asked.clear()
    assert bring_in().exit_code == 0
    [asked] = [path for path in fake.asked if path.startswith(f"{LOG}?")]
    assert int(parse_qs(urlsplit(asked).query)["after"][0]) <= ended_at - HOUR


def test_history__run_that_ended_after_it__is_read_up_to_when_that_began(
    fake: FakeAccount, database_url: str
) -> None:
    begun = int(time.time() * 1000)
    with (
        open_program(database_url) as program,
        closing(Account(fake.address, TOKEN, program.clock, time.sleep)) as account,
    ):
        for started_at in (begun, begun + HOUR):
            steps = Steps(program, "import", Progress(disable=True))
            steps.begin()
            assert History(account, Source(fake.address), steps).carry(started_at) == begun


def test_import__entries_of_one_millisecond_on_two_pages__all_come(
    fake: FakeAccount, bring_in: Bring, api: Any
) -> None:
    now = int(time.time() * 1000)
    without_links(fake, [now - number // 3 for number in range(50)])
    assert bring_in().exit_code == 0
    assert len(ids_here(api)) == 50


def test_import__more_in_one_millisecond_than_a_page__is_told_and_older_ones_come(
    fake: FakeAccount, bring_in: Bring, api: Any, report_file: Path
) -> None:
    now = int(time.time() * 1000)
    without_links(fake, [now] * (AT_ONCE + 5) + [now - 1, now - 2])
    assert bring_in().exit_code == 0
    assert {an_entry(AT_ONCE + 5)["_id"], an_entry(AT_ONCE + 6)["_id"]} <= ids_here(api)
    last_shown = str(an_entry(AT_ONCE - 1)["_id"])
    [reason] = reasons(report_file, "audit-log-entry", last_shown)
    assert "some of that may not have come" in reason


def test_import__links_that_lead_round__end(fake: FakeAccount, bring_in: Bring) -> None:
    roles = "/api/v2/roles"
    for path, following in (
        (roles, f"{roles}/b"),
        (f"{roles}/b", f"{roles}/c"),
        (f"{roles}/c", f"{roles}/b"),
    ):
        fake.documents[path] = {"items": [], "_links": {"next": {"href": following}}}
    result = bring_in()
    assert result.exit_code == 1
    assert "leads back to one that was read before" in result.output
    assert len([path for path in fake.asked if path.startswith(roles)]) == 3


A_BOOLEAN = {
    "trueDisplayName": "Yes",
    "falseDisplayName": "No",
    "trueDescription": "",
    "falseDescription": "",
    "onVariation": 0,
    "offVariation": 1,
}


def flag_defaults(**boolean: Any) -> dict[str, Any]:
    return {
        "tags": ["good", "two words"],
        "temporary": False,
        "booleanDefaults": A_BOOLEAN | boolean,
        "defaultClientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": False},
    }


def test_import__odd_tags_of_new_flags__are_left_out_and_named(
    fake: FakeAccount, bring_in: Bring, api: Any, report_file: Path
) -> None:
    fake.documents[DEFAULTS] = flag_defaults()
    assert bring_in().exit_code == 0
    here = api.get(DEFAULTS).json()
    assert (here["tags"], here["booleanDefaults"]["trueDisplayName"]) == (["good"], "Yes")
    assert reasons(report_file, "project", "shop") == [
        "does not give new flags the tag 'two words', which is none here"
    ]


@pytest.mark.parametrize("odd", [{"trueDisplayName": ""}, {"onVariation": 5}, {"trueDescription": "\0"}])
def test_import__defaults_of_new_flags_that_mean_nothing_here__do_not_come(
    fake: FakeAccount, bring_in: Bring, api: Any, report_file: Path, odd: dict[str, Any]
) -> None:
    fake.documents[DEFAULTS] = flag_defaults(**odd)
    result = bring_in()
    assert result.exit_code == 0, result.output
    assert api.get("/api/v2/flags/shop/plain").status_code == 200
    [reason] = reasons(report_file, "project", "shop")
    assert reason.startswith("comes without its defaults of new flags: ")


def test_import__defaults_of_new_flags_that_are_refused__are_told(
    fake: FakeAccount, bring_in: Bring, report_file: Path
) -> None:
    fake.refused[DEFAULTS] = Fault(403)
    assert bring_in().exit_code == 0
    assert reasons(report_file, "project", "shop") == ["comes without its defaults of new flags: 403"]


def test_import__environments_the_token_may_not_see__are_told(
    fake: FakeAccount, bring_in: Bring, report_file: Path
) -> None:
    fake.refused[ENVIRONMENTS] = Fault(403, b'{"message":"not you"}')
    fake.refused[LOG] = Fault(401)
    assert bring_in().exit_code == 1
    # Still in the report of the run that goes on, to which they are shown: its step is done.
    fake.refused.clear()
    assert bring_in().exit_code == 0
    told = reasons(report_file, "environment", "shop")
    assert told == ["could not be read, and nothing that is in them: 403 not you"]


@pytest.mark.parametrize(
    "token", ["api-\N{HORIZONTAL ELLIPSIS}", "api-secret\r\nx", "\r\n", "api-se\x7fcret"]
)
def test_import__token_that_can_be_none__is_not_shown(fake: FakeAccount, bring_in: Bring, token: str) -> None:
    result = bring_in(token=token)
    assert result.exit_code == 1
    assert "This is no credential" in result.output
    assert "api-" not in result.output
    assert fake.asked == []


def test_import__white_space_around_the_token__is_none_of_it(bring_in: Bring) -> None:
    assert bring_in(token=f" {TOKEN}\r\n").exit_code == 0


def test_import__key_that_is_hidden_by_other_characters__is_not_shown_to_the_token(
    fake: FakeAccount, bring_in: Bring, report_file: Path
) -> None:
    fake.lists[ENVIRONMENTS][0]["apiKey"] = "sdk-\N{BULLET}\N{BULLET}-1234"
    assert bring_in().exit_code == 0
    told = reasons(report_file, "environment", "shop/production")
    assert "was not compared: its SDK key is not shown" in told


@pytest.mark.parametrize(
    "host", ["http://[", "http://h:abc", "http://u:hidden@h", "http://:hidden@h", "u:hidden@h"]
)
def test_import__host_that_is_refused__is_a_line_and_leaves_the_last_report(
    bring_in: Bring, report_file: Path, host: str
) -> None:
    report_file.write_text("{}")
    result = bring_in("--host", host)
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "is no address of a host" in result.output
    assert "hidden" not in result.output
    assert report_file.read_text() == "{}"


def test_import__run_without_a_report__leaves_the_last_one(bring_in: Bring, report_file: Path) -> None:
    report_file.write_text("{}")
    assert bring_in(token="api-wrong").exit_code == 1
    assert report_file.read_text() == "{}"
    assert bring_in().exit_code == 0
    assert "counts" in json.loads(report_file.read_text())


def test_import__report_that_cannot_be_written__is_said_before_anything_is_asked(
    fake: FakeAccount, bring_in: Bring, tmp_path: Path
) -> None:
    result = bring_in("--report", str(tmp_path / "none" / "report.json"))
    assert result.exit_code == 1
    assert "No such file or directory" in result.output
    assert fake.asked == []
