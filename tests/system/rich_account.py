"""An account that has something of everything, made through the API of a running server."""

from typing import Any

import requests

from system.programs import TOKEN, Serving

SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
OWNER_EMAIL = "owner@acme.io"
# More than fit a page.
FILLERS = 120
MANY_SEGMENTS = 24
MANY_MEMBERS = 24
# The year 2100, in Unix milliseconds.
FAR = 4_102_444_800_000


class Owner:
    """Makes and changes things in an account."""

    def __init__(self, server: Serving) -> None:
        self.address = server.address
        self._session = requests.Session()
        self._session.headers["Authorization"] = TOKEN

    def ask(self, method: str, path: str, body: Any = None, *, is_semantic: bool = False) -> Any:
        headers = {"Content-Type": SEMANTIC} if is_semantic else {}
        answer = self._session.request(
            method, f"{self.address}/api/v2{path}", json=body, headers=headers, timeout=30
        )
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.json() if answer.content else None

    def instruct(self, path: str, *instructions: dict[str, Any], environment: str = "production") -> Any:
        body = {"environmentKey": environment, "instructions": list(instructions)}
        return self.ask("PATCH", path, body, is_semantic=True)

    def close(self) -> None:
        self._session.close()


def fill(owner: Owner) -> None:
    people = _add_people(owner)
    _add_projects(owner)
    _add_segments(owner)
    _add_flags(owner, people)


def _add_people(owner: Owner) -> dict[str, str]:
    """The ids of members by their names."""
    flags = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["update*"]}
    never = {"effect": "deny", "resources": ["proj/*:env/*;critical:flag/*"], "actions": ["updateOn"]}
    of_team = {"effect": "allow", "resources": ["proj/${roleAttribute/project}"], "notActions": ["delete*"]}
    roles = {
        "flaggers": {"policy": [flags, never], "basePermissions": "no_access", "description": "Flags only"},
        "viewers": {"policy": [of_team], "basePermissions": "reader"},
    }
    ids = [
        owner.ask("POST", "/roles", {"key": key, "name": key.title(), **more})["_id"]
        for key, more in roles.items()
    ]
    people = [
        {"email": "Ann@acme.io", "firstName": "Ann", "lastName": "Lee", "role": "writer"},
        {"email": "bob@acme.io", "customRoles": ids, "roleAttributes": {"project": ["web"]}},
        {"email": "cid@acme.io", "role": "admin"},
        {"email": "dee@acme.io", "role": "no_access"},
        *({"email": f"m{number}@acme.io", "role": "reader"} for number in range(MANY_MEMBERS)),
    ]
    members = owner.ask("POST", "/members", people)["items"]
    known = {member["email"].partition("@")[0]: member["_id"] for member in members}
    team = {
        "key": "crew",
        "name": "Crew",
        "description": "Ships things",
        "customRoleKeys": ["viewers"],
        "memberIDs": [known["bob"], known["cid"]],
        "roleAttributes": {"project": ["web", "shop"]},
        "permissionGrants": [{"actionSet": "maintainTeam", "memberIDs": [known["ann"]]}],
    }
    owner.ask("POST", "/teams", team)
    owner.ask("POST", "/teams", {"key": "empty", "name": "Empty"})
    return known


def _add_projects(owner: Owner) -> None:
    environments = [
        {"key": "test", "name": "Test", "color": "417505"},
        {
            "key": "production",
            "name": "Production",
            "color": "f5a623",
            "critical": True,
            "secureMode": True,
            "defaultTtl": 5,
            "tags": ["live", "eu"],
            "requireComments": True,
        },
        {"key": "staging", "name": "Staging", "color": "000000", "defaultTrackEvents": True},
        {"key": "preview", "name": "Preview", "color": "ffffff", "confirmChanges": True},
    ]
    availability = {"usingEnvironmentId": True, "usingMobileKey": False}
    web = {"key": "web", "name": "Web", "tags": ["shop"], "environments": environments}
    owner.ask("POST", "/projects", web | {"defaultClientSideAvailability": availability})
    owner.ask("POST", "/projects", {"key": "app", "name": "App", "includeInSnippetByDefault": True})
    defaults = owner.ask("GET", "/projects/web/flag-defaults")
    boolean = defaults["booleanDefaults"] | {"trueDisplayName": "Yes", "onVariation": 1, "offVariation": 0}
    changed = {"tags": ["new"], "temporary": False, "booleanDefaults": boolean}
    owner.ask("PUT", "/projects/web/flag-defaults", changed | {"defaultClientSideAvailability": availability})
    owner.ask("PUT", "/projects/web/context-kinds/org", {"name": "Organization", "description": "Who pays"})
    owner.ask("PUT", "/projects/web/context-kinds/device", {"name": "Device", "archived": True})


def _add_segments(owner: Owner) -> None:
    place = "/segments/web/production"
    owner.ask("POST", place, {"key": "beta", "name": "Beta", "tags": ["early"], "description": "Early"})
    weighted = {
        "clauses": [_clause("email", "endsWith", "@acme.io")],
        "weight": 20_000,
        "bucketBy": "country",
        "rolloutContextKind": "user",
    }
    owner.ask(
        "PATCH",
        f"{place}/beta",
        {
            "merge": {
                "included": ["ann", "bob"],
                "excluded": ["eve"],
                "includedContexts": [{"contextKind": "org", "values": ["acme"]}],
                "excludedContexts": [{"contextKind": "org", "values": ["evil"]}],
                "rules": [weighted, {"clauses": [_clause("/address/city", "in", "Bern", "Rome")]}],
            }
        },
    )
    owner.ask("POST", place, {"key": "vip", "name": "Vip"})
    of_beta = {"clauses": [_clause("", "segmentMatch", "beta"), _clause("plan", "in", "gold", negate=True)]}
    owner.ask("PATCH", f"{place}/vip", {"merge": {"rules": [of_beta]}})
    owner.ask("POST", place, {"key": "big", "name": "Big", "unbounded": True, "unboundedContextKind": "org"})
    for number in range(MANY_SEGMENTS):
        owner.ask("POST", "/segments/web/test", {"key": f"s{number}", "name": f"S{number}"})


def _add_flags(owner: Owner, people: dict[str, str]) -> None:
    flags = "/flags/web"
    for number in range(FILLERS):
        owner.ask("POST", flags, {"key": f"filler-{number}", "name": f"Filler {number}"})
    checkout = owner.ask(
        "POST", flags, {"key": "checkout", "name": "Checkout", "maintainerId": people["ann"]}
    )
    values: list[Any] = [{"a": None, "b": [1, None]}, "text", 3, None]
    variations = [{"value": value, "name": f"V{n}", "description": "d"} for n, value in enumerate(values)]
    owner.ask("POST", flags, {"key": "theme", "name": "Theme", "variations": variations, "tags": ["ui"]})
    owner.ask("POST", flags, {"key": "needed", "name": "Needed", "maintainerTeamKey": "crew"})
    _configure(owner, checkout)
    needed = owner.ask("GET", f"{flags}/needed")["variations"][0]["_id"]
    owner.instruct(f"{flags}/checkout", {"kind": "addPrerequisite", "key": "needed", "variationId": needed})
    owner.ask(
        "POST",
        flags,
        {"key": "move", "name": "Move", "purpose": "migration", "migrationSettings": {"stageCount": 4}},
    )
    owner.ask("POST", flags, {"key": "old", "name": "Old", "temporary": True})
    owner.instruct(f"{flags}/old", {"kind": "archiveFlag"})
    owner.ask("POST", flags, {"key": "aging", "name": "Aging"})
    owner.instruct(f"{flags}/aging", {"kind": "deprecateFlag"})
    theme = owner.ask("GET", f"{flags}/theme")["variations"][1]["_id"]
    until = {"value": FAR, "variationId": theme, "contextKey": "ann", "contextKind": "user"}
    owner.instruct(f"{flags}/theme", {"kind": "addTargets", "values": ["ann", "bob"], "variationId": theme})
    owner.instruct(f"{flags}/theme/expiring-targets/production", {"kind": "addExpiringTarget", **until})
    of_segment = {"value": FAR, "targetType": "included", "contextKey": "bob", "contextKind": "user"}
    path = "/segments/web/beta/expiring-targets/production"
    owner.instruct(path, {"kind": "addExpiringTarget", **of_segment})
    owner.ask("POST", "/flags/app", {"key": "checkout", "name": "Of another project", "isFlagOn": True})


def _configure(owner: Owner, checkout: dict[str, Any]) -> None:
    yes, no = (variation["_id"] for variation in checkout["variations"])
    path = "/flags/web/checkout"
    owner.instruct(
        path,
        {"kind": "turnFlagOn"},
        {"kind": "addTargets", "contextKind": "org", "values": ["acme"], "variationId": no},
        {"kind": "addTargets", "contextKind": "user", "values": ["ann", "bob"], "variationId": yes},
        {"kind": "addTargets", "contextKind": "device", "values": ["phone"], "variationId": yes},
        {"kind": "addRule", "clauses": [_clause("", "segmentMatch", "beta", "vip")], "variationId": yes},
        {"kind": "addCustomProperties", "key": "jira", "name": "Jira", "values": ["WEB-1"]},
        {"kind": "updateTrackEvents", "trackEvents": True},
    )
    rollout = {"contextKind": "org", "bucketBy": "country", "seed": 61}
    shares = [{"variation": 0, "weight": 30_000}, {"variation": 1, "weight": 70_000}]
    production = "/environments/production"
    rule = {
        "clauses": [_clause("version", "semVerGreaterThan", "2.0.0"), _clause("n", "in", 1, None, 2.5)],
        "rollout": rollout | {"variations": shares},
        "description": "Newer than 2",
        "trackEvents": True,
    }
    owner.ask(
        "PATCH",
        path,
        [
            {"op": "add", "path": f"{production}/rules/-", "value": rule},
            {
                "op": "replace",
                "path": f"{production}/fallthrough",
                "value": {"rollout": {"variations": shares}},
            },
            {"op": "replace", "path": f"{production}/trackEventsFallthrough", "value": True},
            {"op": "remove", "path": f"{production}/offVariation"},
            {"op": "replace", "path": "/environments/test/on", "value": True},
        ],
    )


def _clause(attribute: str, op: str, *values: Any, negate: bool = False) -> dict[str, Any]:
    return {"attribute": attribute, "op": op, "values": list(values), "contextKind": "user", "negate": negate}
