"""Documents as the vendor's API answers them: with what Daybreak has not, without what it always has, and
with nulls.
"""

from typing import Any

from fake_account import SDK_KEY, FakeAccount

PROJECT_ID, ENVIRONMENT_ID = "5f0000000000000000000001", "5f0000000000000000000002"
ANN, BOB, OWNER = "5f00000000000000000000a1", "5f00000000000000000000b0", "5f0000000000000000000099"
FLAGGERS, ODD = "5f00000000000000000000f1", "5f00000000000000000000f2"
AT = 1_700_000_000_000
APPROVALS = {"required": True, "minNumApprovals": 2, "serviceKind": "launchdarkly"}


def a_flag(key: str, **given: Any) -> dict[str, Any]:
    flag = {
        "name": key.title(),
        "kind": "boolean",
        "key": key,
        "_version": 4,
        "creationDate": AT,
        "includeInSnippet": False,
        "clientSideAvailability": {"usingMobileKey": False, "usingEnvironmentId": True},
        "variations": [{"_id": f"{key}-yes", "value": True}, {"_id": f"{key}-no", "value": False}],
        "temporary": True,
        "tags": [],
        "goalIds": [],
        "experiments": {"baselineIdx": 0, "items": []},
        "customProperties": {},
        "archived": False,
        "_links": {"self": {"href": f"/api/v2/flags/shop/{key}", "type": "application/json"}},
        "_unknownThing": {"of": "a newer version"},
        "environments": {"production": a_configuration()},
    }
    return flag | given


def a_configuration(**given: Any) -> dict[str, Any]:
    configuration = {
        "on": True,
        "archived": False,
        "salt": "0a1b2c",
        "sel": "3d4e5f",
        "lastModified": AT + 5,
        "version": 57,
        "targets": None,
        "rules": None,
        "fallthrough": {"variation": 0},
        "offVariation": 1,
        "prerequisites": None,
        "trackEvents": False,
        "trackEventsFallthrough": False,
        "_site": {"href": "/shop/production/features/x", "type": "text/html"},
        "_environmentName": "Production",
        "_debugEventsUntilDate": None,
    }
    return configuration | given


# Rules and clauses of old flags have no ids.
CLAUSE: dict[str, Any] = {"attribute": "email", "op": "endsWith", "values": ["@a.io"], "negate": False}
RULE: dict[str, Any] = {
    "rollout": {
        "variations": [{"variation": 0, "weight": 40_000}, {"variation": 1, "weight": 60_000}],
        "bucketBy": "country",
    },
    "clauses": [CLAUSE],
    "trackEvents": False,
}
STRANGE = {"variation": 0, "clauses": [CLAUSE | {"op": "isPrime"}], "trackEvents": False}


def stock(fake: FakeAccount) -> None:
    """A small account with much that is odd."""
    fake.lists |= {
        "/api/v2/roles": [
            {
                "_id": FLAGGERS,
                "key": "flaggers",
                "name": "Flaggers",
                "policy": [{"effect": "allow", "resources": ["proj/*:env/*:flag/*"], "actions": ["*"]}],
                "_presetStatements": [
                    {"effect": "deny", "resources": ["proj/*"], "actions": ["deleteProject"]}
                ],
            },
            {"_id": ODD, "key": "odd", "name": "Odd", "policy": [{"effect": "allow", "actions": ["*"]}]},
        ],
        "/api/v2/teams": [],
        "/api/v2/members": [
            _member(ANN, "ann@acme.io", role="writer", customRoles=[{"_id": ODD, "key": "odd"}]),
            _member(BOB, "bob@acme.io", role="writer", customRoles=[FLAGGERS, ODD]),
            _member(OWNER, "owner@acme.io", role="owner"),
            _member("5f00000000000000000000e1", "eve@acme.io", role="auditor"),
        ],
        "/api/v2/projects": [
            {
                "_id": PROJECT_ID,
                "key": "shop",
                "name": "Shop",
                "tags": None,
                "includeInSnippetByDefault": False,
            }
        ],
        "/api/v2/projects/shop/environments": [
            {
                "_id": ENVIRONMENT_ID,
                "key": "production",
                "name": "Production",
                "apiKey": SDK_KEY,
                "mobileKey": "mob-********",
                "color": "417505",
                "defaultTtl": 0,
                "secureMode": False,
                "defaultTrackEvents": False,
                "requireComments": False,
                "confirmChanges": False,
                "critical": True,
                "tags": [],
                "approvalSettings": APPROVALS,
            }
        ],
        "/api/v2/projects/shop/context-kinds": [],
        "/api/v2/segments/shop/production": [
            _segment("beta"),
            _segment("synced", unbounded=True, _external="amplitude"),
        ],
        "/api/v2/flags/shop": [
            a_flag("plain", environments={"production": a_configuration(rules=[RULE])}, maintainerId=ANN),
            a_flag("strange", environments={"production": a_configuration(rules=[STRANGE])}),
            a_flag(
                "needy",
                environments={
                    "production": a_configuration(prerequisites=[{"key": "later", "variation": 1}])
                },
            ),
            a_flag(
                "tested", experiments={"baselineIdx": 0, "items": [{"metricKey": "clicks"}]}, goalIds=["g"]
            ),
            a_flag("later"),
            a_flag(
                "lost",
                environments={"production": a_configuration(prerequisites=[{"key": "no", "variation": 0}])},
            ),
        ],
        "/api/v2/metrics/shop": [{"key": "clicks"}, {"key": "views"}, {"key": "buys"}],
        "/api/v2/auditlog": [an_entry(number) for number in range(3)],
    }
    flags = {flag["key"]: flag for flag in fake.lists["/api/v2/flags/shop"]}
    fake.documents |= {f"/api/v2/flags/shop/{key}": flag for key, flag in flags.items()}
    fake.documents["/sdk/latest-all"] = {
        "flags": {},
        "segments": {"beta": {"key": "beta", "version": 3, "salt": "s1"}},
    }


def _member(id: str, email: str, **given: Any) -> dict[str, Any]:
    member = {
        "_id": id,
        "email": email,
        "_pendingInvite": False,
        "_verified": True,
        "customRoles": [],
        "mfa": "enabled",
        "_lastSeen": AT,
        "creationDate": AT,
        "teams": None,
        "oauthProviders": ["google"],
    }
    return member | given


def _segment(key: str, **given: Any) -> dict[str, Any]:
    segment = {
        "name": key.title(),
        "tags": [],
        "creationDate": AT,
        "lastModifiedDate": AT,
        "key": key,
        "included": None,
        "rules": [{"clauses": [CLAUSE], "weight": 20_000}],
        "version": 3,
        "deleted": False,
        "generation": 1,
        "_flags": [],
    }
    return segment | given


def an_entry(number: int) -> dict[str, Any]:
    return {
        "_id": f"6f{number:022x}",
        "_accountId": "5f0000000000000000000077",
        "date": AT + number,
        "accesses": [{"action": "updateOn", "resource": "proj/shop:env/production:flag/plain"}],
        "kind": "flag",
        "name": "Plain",
        "description": "* Turned the flag on",
        "shortDescription": "",
        "titleVerb": "turned on the flag",
        "title": "[Ann](mailto:ann@acme.io) turned on the flag [Plain](https://app.launchdarkly.com/shop)",
        "member": {"_id": ANN, "email": "ann@acme.io", "firstName": "Ann", "lastName": "Lee"},
        "target": {"name": "Plain", "resources": ["proj/shop:env/production:flag/plain"]},
    }
