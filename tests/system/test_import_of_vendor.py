"""`daybreak import launchdarkly` from an account of the vendor's shape, a fake of which answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from daybreak.cli.imports import import_
from daybreak.platform.audit import TOLD_AS
from daybreak.platform.clock import DAY
from daybreak.platform.database import Database, outbox
from daybreak.platform.progress import progress
from fake_account import SDK_KEY, FakeAccount, Fault
from system.bringing_in import SECRETS, Bring, bring_in, fake, report_file
from system.vendor_documents import ENVIRONMENT_ID, a_configuration, a_flag

__all__ = ["bring_in", "fake", "report_file"]


@pytest.fixture
def report(bring_in: Bring, tmp_path: Path) -> dict[str, Any]:
    result = bring_in()
    assert result.exit_code == 0, result.output
    text = (tmp_path / "report.json").read_text()
    assert not any(secret in text for secret in SECRETS)
    read: dict[str, Any] = json.loads(text)
    return read


def reasons(report: dict[str, Any], kind: str, key: str) -> list[str]:
    return [each["reason"] for each in report["notes"] if (each["kind"], each["key"]) == (kind, key)]


def test_import__flag_of_another_shape__serves_the_same(report: dict[str, Any], api: Any) -> None:
    flag = api.get("/api/v2/flags/shop/plain").json()
    production = flag["environments"]["production"]
    assert (production["salt"], production["version"], production["lastModified"]) == (
        "0a1b2c",
        57,
        1_700_000_000_005,
    )
    assert [variation["_id"] for variation in flag["variations"]] == ["plain-yes", "plain-no"]
    [rule] = production["rules"]
    assert rule["rollout"]["bucketBy"] == "country"
    assert rule["clauses"][0]["contextKind"] == "user"
    assert flag["_maintainer"]["email"] == "ann@acme.io"
    assert report["counts"]["flag"] == {"new": 4, "refused": 2}


def test_import__prerequisite_that_is_listed_later__comes_first(report: dict[str, Any], api: Any) -> None:
    needy = api.get("/api/v2/flags/shop/needy").json()
    assert needy["environments"]["production"]["prerequisites"] == [{"key": "later", "variation": 1}]
    assert reasons(report, "flag", "shop/lost")[0] == "it needs the flag 'no', which is not here"


def test_import__what_means_nothing_here__is_refused_and_named(report: dict[str, Any], api: Any) -> None:
    [reason, _] = [*reasons(report, "flag", "shop/strange"), ""][:2]
    assert "'isPrime' is no operator" in reason
    assert api.get("/api/v2/flags/shop/strange").status_code == 404
    assert "give either resources" in reasons(report, "role", "odd")[0]


def test_import__environment__keeps_its_client_side_id_and_the_keys_that_are_shown(
    report: dict[str, Any], api: Any
) -> None:
    environment = api.get("/api/v2/projects/shop/environments/production").json()
    assert (environment["_id"], environment["apiKey"]) == (ENVIRONMENT_ID, SDK_KEY)
    assert environment["mobileKey"].startswith("mob-")
    assert "*" not in environment["mobileKey"]
    told = reasons(report, "environment", "shop/production")
    assert told == [
        "its mobile key is not shown to the token: it has its own here",
        "changes need approval there, which there is none of here",
    ]


def test_import__members__get_no_more_rights_than_they_had(report: dict[str, Any], api: Any) -> None:
    members = api.get("/api/v2/members?limit=100").json()["items"]
    roles = {member["email"]: (member["role"], len(member["customRoles"])) for member in members}
    # A writer by their role alone would do what their custom role did not permit.
    assert roles["ann@acme.io"] == ("no_access", 0)
    assert roles["bob@acme.io"] == ("writer", 1)
    assert roles["owner@acme.io"] == ("admin", 0)
    assert roles["eve@acme.io"] == ("no_access", 0)
    assert [member["role"] for member in members].count("owner") == 1
    role = api.get("/api/v2/roles/flaggers").json()
    assert (role["basePermissions"], [each["effect"] for each in role["policy"]]) == (
        "no_access",
        ["allow", "deny"],
    )


def test_import__segments__keep_the_salt_that_sdks_know(report: dict[str, Any], api: Any) -> None:
    assert api.get("/api/v2/segments/shop/production/beta").json()["rules"][0]["weight"] == 20_000
    assert not reasons(report, "segment", "shop/production/beta")
    told = reasons(report, "segment", "shop/production/synced")
    assert told[0] == "is filled from amplitude there: here its members have to be listed"
    assert "its salt could not be read" in told[1]


def test_import__history__is_told_in_its_own_words_and_sent_to_nobody(
    report: dict[str, Any], api: Any, fake: FakeAccount
) -> None:
    items = api.get("/api/v2/auditlog?q=Plain&before=1700000000009").json()["items"]
    assert [item["_id"][-1] for item in items] == ["2", "1", "0"]
    assert items[0]["title"].startswith("[Ann](mailto:ann@acme.io) turned on")
    assert items[0]["description"] == "* Turned the flag on"
    assert items[0]["_origin"] == {"source": fake.address}
    assert api.get(f"/api/v2/auditlog/{items[0]['_id']}").json()["member"]["email"] == "ann@acme.io"
    found = api.get(f"/api/v2/auditlog?member={items[0]['member']['_id']}").json()["items"]
    assert [item["_id"] for item in found] == [item["_id"] for item in items]


def test_import__what_is_left__is_counted(report: dict[str, Any]) -> None:
    assert reasons(report, "metrics", "shop") == ["3 stay there: there is nothing of that kind here yet"]
    assert reasons(report, "flag", "shop/tested")[0].startswith("it is in experiments there")
    assert "could not be looked at" in reasons(report, "webhooks", "")[0]


def test_import__again__changes_nothing(bring_in: Bring, report: dict[str, Any], tmp_path: Path) -> None:
    assert bring_in().exit_code == 0
    again = json.loads((tmp_path / "report.json").read_text())
    assert again["counts"]["flag"] == {"unchanged": 4, "refused": 2}
    assert not [
        kind for kind, counts in again["counts"].items() if counts.get("new") or counts.get("changed")
    ]


def test_import__group_the_token_may_not_see__is_a_line_in_the_report(
    fake: FakeAccount, bring_in: Bring, tmp_path: Path, api: Any
) -> None:
    fake.refused["/api/v2/members"] = Fault(403, b'{"message":"your token may not"}')
    fake.refused["/api/v2/segments/shop/production"] = Fault(403)
    result = bring_in()
    assert result.exit_code == 0, result.output
    assert "- member: could not be read: 403 your token may not" in result.output
    told = json.loads((tmp_path / "report.json").read_text())
    assert reasons(told, "segment", "shop/production") == ["could not be read: 403"]
    assert reasons(told, "flag", "shop/plain")[0] == "its maintainer is no member here"
    assert "maintainerId" not in api.get("/api/v2/flags/shop/plain").json()


def test_import__token_that_is_not_known__ends_at_once(fake: FakeAccount, bring_in: Bring, api: Any) -> None:
    fake.documents["/api/v2/caller-identity"] = {}
    result = bring_in(token="api-wrong")
    assert result.exit_code == 1
    assert "does not know this credential" in result.output
    assert "api-wrong" not in result.output
    assert fake.asked == ["/api/v2/caller-identity"]


def test_import__project_that_is_not_there__says_so(bring_in: Bring) -> None:
    result = bring_in("--project", "none")
    assert result.exit_code == 1
    assert "A project that was asked for is not shown: 404" in result.output


def test_import__stopped_in_the_middle__asks_for_no_page_again(
    fake: FakeAccount, bring_in: Bring, api: Any, tmp_path: Path
) -> None:
    fake.page = 1
    whole = fake.lists["/api/v2/flags/shop"]
    # The token ends while flags are read.
    fake.refused["/api/v2/flags/shop/later"] = Fault(401)
    result = bring_in()
    assert result.exit_code == 1, result.output
    assert [flag["key"] for flag in api.get("/api/v2/flags/shop").json()["items"]] == ["plain"]
    asked = len(fake.asked)
    fake.refused.clear()
    result = bring_in()
    assert result.exit_code == 0, result.output
    told = json.loads((tmp_path / "report.json").read_text())
    assert told["counts"]["flag"] == {"new": 4, "refused": 2}
    assert told["counts"]["member"] == {"new": 4}
    again = fake.asked[asked:]
    assert not [
        path for path in again if path.startswith(("/api/v2/members", "/api/v2/roles", "/api/v2/segments"))
    ]
    pages = [path for path in again if path.startswith("/api/v2/flags/shop?") and "archived" not in path]
    assert len(pages) == len(whole) - 2


def test_import__changed_there__is_changed_here(
    fake: FakeAccount, bring_in: Bring, report: dict[str, Any], api: Any
) -> None:
    before = api.get("/api/v2/flags/shop/plain").json()["environments"]["production"]["version"]
    fake.lists["/api/v2/flags/shop"][0] = a_flag(
        "plain",
        environments={"production": a_configuration(on=False, version=58, lastModified=1_700_000_000_900)},
    )
    assert bring_in().exit_code == 0
    production = api.get("/api/v2/flags/shop/plain").json()["environments"]["production"]
    assert (production["on"], production["rules"], production["version"]) == (False, [], before + 1)
    assert production["lastModified"] == 1_700_000_000_900
    [entry] = api.get("/api/v2/auditlog?q=Plain&limit=1").json()["items"]
    assert entry["title"] == "daybreak import launchdarkly updated the flag Plain"


def test_import__deleted_here__stays_deleted(
    fake: FakeAccount, bring_in: Bring, report: dict[str, Any], api: Any
) -> None:
    assert api.delete("/api/v2/flags/shop/tested").status_code == 204
    assert bring_in().exit_code == 0
    assert api.get("/api/v2/flags/shop/tested").status_code == 404
    assert bring_in("--overwrite").exit_code == 0
    assert api.get("/api/v2/flags/shop/tested").status_code == 200


def test_import__history__is_told_to_no_webhook(report: dict[str, Any], database: Database) -> None:
    with database.reading() as db:
        told = {
            row.resource_id for row in db.rows(select(outbox.c.resource_id).where(outbox.c.kind == TOLD_AS))
        }
    assert told
    assert not [id for id in told if id.startswith("6f")]


def test_import__odd_tags__are_left_out_and_named(
    fake: FakeAccount, bring_in: Bring, tmp_path: Path, api: Any
) -> None:
    fake.lists["/api/v2/flags/shop"] = [a_flag("tagged", tags=["good", "two words", "x" * 65])]
    assert bring_in().exit_code == 0
    assert api.get("/api/v2/flags/shop/tagged").json()["tags"] == ["good"]
    told = json.loads((tmp_path / "report.json").read_text())
    assert "does not have the tag 'two words', which is none here" in reasons(told, "flag", "shop/tagged")


def members_of(api: Any, key: str) -> list[str]:
    everybody = api.get("/api/v2/members?limit=100").json()["items"]
    return sorted(each["email"] for each in everybody if key in {team["key"] for team in each["teams"]})


def test_import__teams__follow_who_belongs_to_them_there(
    fake: FakeAccount, bring_in: Bring, api: Any
) -> None:
    crew = {
        "key": "crew",
        "name": "Crew",
        "roles": {"totalCount": 1, "items": [{"key": "flaggers", "name": "F"}]},
    }
    fake.lists["/api/v2/teams"] = [{"key": "crew", "name": "Crew"}]
    fake.documents["/api/v2/teams/crew"] = crew
    ann, bob, *_ = fake.lists["/api/v2/members"]
    ann["teams"] = bob["teams"] = [{"key": "crew", "name": "Crew"}]
    ann["permissionGrants"] = [{"resource": "team/crew", "actionSet": "maintainTeam"}]
    assert bring_in().exit_code == 0
    assert members_of(api, "crew") == ["ann@acme.io", "bob@acme.io"]
    team = api.get("/api/v2/teams/crew?expand=roles,maintainers").json()
    assert [role["key"] for role in team["roles"]["items"]] == ["flaggers"]
    assert [each["email"] for each in team["maintainers"]["items"]] == ["ann@acme.io"]
    bob["teams"] = []
    assert bring_in().exit_code == 0
    assert members_of(api, "crew") == ["ann@acme.io"]
    # Who was added here stays, as whatever is changed here.
    eve = next(
        each for each in api.get("/api/v2/members?limit=100").json()["items"] if each["email"][0] == "e"
    )
    api.post(f"/api/v2/members/{eve['_id']}/teams", {"teamKeys": ["crew"]})
    assert bring_in().exit_code == 0
    assert members_of(api, "crew") == ["ann@acme.io", "eve@acme.io"]


def test_import__member_who_was_here__stays_as_they_are(fake: FakeAccount, bring_in: Bring, api: Any) -> None:
    made = api.post("/api/v2/members", [{"email": "ann@acme.io", "role": "admin"}]).json()["items"][0]
    result = bring_in("--overwrite")
    assert result.exit_code == 0, result.output
    assert (
        "member ann@acme.io: was a member here already: their role and teams stay as they are"
        in result.output
    )
    member = api.get(f"/api/v2/members/{made['_id']}").json()
    assert (member["role"], member["customRoles"]) == ("admin", [])
    # What she maintains there she maintains here.
    assert api.get("/api/v2/flags/shop/plain").json()["maintainerId"] == made["_id"]


def test_import__role_of_the_same_key_made_here__is_not_theirs(bring_in: Bring, api: Any) -> None:
    everything = [{"effect": "allow", "resources": ["*"], "actions": ["*"]}]
    made = api.post("/api/v2/roles", {"key": "flaggers", "name": "Mine", "policy": everything})
    assert made.status_code == 201
    result = bring_in()
    assert "role flaggers: was made here" in result.output
    members = api.get("/api/v2/members?limit=100").json()["items"]
    [bob] = [member for member in members if member["email"] == "bob@acme.io"]
    assert (bob["role"], bob["customRoles"]) == ("no_access", [])


def test_import__stopped_more_than_a_day_ago__begins_anew(
    fake: FakeAccount, bring_in: Bring, database: Database
) -> None:
    fake.refused["/api/v2/flags/shop"] = Fault(401)
    assert bring_in().exit_code == 1
    with database.writing() as db:
        db.execute(update(progress).values(at=progress.c.at - DAY - 1))
    asked = len(fake.asked)
    fake.refused.clear()
    assert bring_in().exit_code == 0
    assert [path for path in fake.asked[asked:] if path.startswith("/api/v2/members")]


def test_import__sources__are_listed() -> None:
    printed = CliRunner().invoke(import_, ["--help"]).output
    assert "git " in printed
    assert "launchdarkly " in printed


def test_import__host_that_is_none__says_what_one_is(bring_in: Bring) -> None:
    result = bring_in("--host", "app.launchdarkly.com")
    assert result.exit_code == 1
    assert "give one such as https://app.launchdarkly.com" in result.output
