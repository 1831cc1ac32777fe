"""Big segments: their lists by keys, by files, and out again; what they make of a context."""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from areas.flags.seeds import SEMANTIC, a_flag, a_project, ids, instructed
from areas.flags.segment_seeds import SEGMENTS, STAFF, a_segment, ask_of, changed, clause_on
from daybreak.app import Daybreak
from daybreak.areas.flags.big_segments import store
from daybreak.areas.flags.big_segments.tables import big_segment_members
from daybreak.areas.flags.list_transfers import carrying_out, uploads
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database

BETA = f"{SEGMENTS}/beta"


@pytest.fixture(autouse=True)
def big(api: Any) -> None:
    a_project(api)
    a_segment(api, unbounded=True, unboundedContextKind="user")


def run_jobs(app: Daybreak, clock: FixedClock) -> None:
    """Until nothing is left to do for the jobs of big segments."""
    for _ in range(100):
        clock.advance(1_000)
        due = [job for job in app.jobs.list_due() if "big segments" in job.name]
        if not due:
            return
        for job in due:
            assert app.jobs.run(job)
    pytest.fail("the jobs do not come to an end")


def upload(api: Any, content: str, mode: str = "merge", name: str = "keys.csv", **fields: str) -> Any:
    files = {"file": (name, content.encode())}
    return api.request("POST", f"{BETA}/imports", files=files, data={"mode": mode} | fields)


def imported(api: Any, content: str, *given: str, **fields: str) -> str:
    """The path of an import that has begun."""
    response = upload(api, content, *given, **fields)
    assert response.status_code == 204, response.text
    path: str = response.headers["Location"]
    return path


def lists(api: Any, key: str) -> tuple[bool, bool]:
    found = api.get(f"{BETA}/contexts/{key}").json()
    assert found == api.get(f"{BETA}/users/{key}").json()
    assert found["userKey"] == unquote(key)
    return found["included"], found["excluded"]


def counts(api: Any) -> tuple[int, int]:
    told = api.get(BETA).json()["_unboundedMetadata"]
    return told["includedCount"], told["excludedCount"]


def test_members__added_and_removed__are_found_and_counted(api: Any) -> None:
    body = {"included": {"add": ["ann", "bob", "ann"]}, "excluded": {"add": ["cy"]}}
    assert api.post(f"{BETA}/contexts", json=body).status_code == 204
    assert (lists(api, "ann"), lists(api, "cy"), lists(api, "di")) == (
        (True, False),
        (False, True),
        (False, False),
    )
    assert counts(api) == (2, 1)
    body = {"included": {"add": ["ann", "eve"], "remove": ["bob", "zoe"]}, "excluded": {"remove": ["cy"]}}
    assert api.post(f"{BETA}/users", json=body).status_code == 204
    assert (lists(api, "bob"), lists(api, "eve"), lists(api, "cy")) == (
        (False, False),
        (True, False),
        (False, False),
    )
    assert counts(api) == (2, 0)
    assert api.get(BETA).json()["version"] == 3


@pytest.mark.parametrize(
    "body", [{}, {"included": {}}, {"included": {"add": [""]}}, {"included": {"add": ["x" * 513]}}, []]
)
def test_members__nonsense__is_refused(api: Any, body: Any) -> None:
    assert api.post(f"{BETA}/contexts", json=body).status_code == 400
    assert api.get(BETA).json()["version"] == 1


def test_members__segment_that_holds_them_itself__is_refused(api: Any) -> None:
    a_segment(api, "small")
    path = f"{SEGMENTS}/small"
    assert api.post(f"{path}/contexts", json={"included": {"add": ["a"]}}).status_code == 400
    assert api.get(f"{path}/contexts/a").status_code == 400
    assert ask_of(api, {"kind": "addIncludedUsers", "values": ["a"]}).status_code == 400
    big_one = {"kind": "addBigSegmentIncludedTargets", "values": ["a"]}
    assert ask_of(api, big_one, key="small").status_code == 400


def test_members__by_instructions__change_with_the_segment(api: Any) -> None:
    segment = changed(
        api,
        {"kind": "updateName", "value": "Bigger"},
        {"kind": "addBigSegmentIncludedTargets", "values": ["ann", "bob"]},
        {"kind": "addBigSegmentExcludedTargets", "values": ["cy"]},
        {"kind": "removeBigSegmentIncludedTargets", "values": ["bob"]},
    )
    assert segment["name"] == "Bigger"
    assert (lists(api, "ann"), lists(api, "bob"), counts(api)) == ((True, False), (False, False), (1, 1))
    rehearsed = ask_of(api, {"kind": "removeBigSegmentExcludedTargets", "values": ["cy"]}, dryRun="true")
    assert rehearsed.status_code == 200
    assert lists(api, "cy") == (False, True)


def test_import__merged__adds_to_the_list(api: Any, app: Daybreak, clock: FixedClock) -> None:
    api.post(f"{BETA}/contexts", json={"included": {"add": ["old"]}})
    path = imported(api, 'key\nann\n"b,ob",true\ncy,false\n\nann\n')
    begun = api.get(path).json()
    assert (begun["status"], begun["mode"], begun["keys"]) == ("in_progress", "merge", 4)
    assert begun["files"] == [{"filename": "keys.csv", "status": "in_progress"}]
    assert api.get(BETA).json()["_importInProgress"] is True
    assert upload(api, "another\n").status_code == 409
    run_jobs(app, clock)
    done = api.get(path).json()
    assert (done["status"], done["keysDone"]) == ("complete", 4)
    assert (lists(api, "old"), lists(api, "ann"), lists(api, "b%2Cob"), lists(api, "cy")) == (
        (True, False),
        (True, False),
        (True, False),
        (False, True),
    )
    assert counts(api) == (3, 1)
    [entry, *_] = api.get("/api/v2/auditlog", spec="proj/*:env/*:segment/*").json()["items"]
    assert entry["comment"] == "4 members were imported from keys.csv"


def test_import__replaced__takes_the_place_of_the_list_at_once(
    api: Any, app: Daybreak, clock: FixedClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PART", 2)
    monkeypatch.setattr(carrying_out, "PARTS_AT_ONCE", 1)
    monkeypatch.setattr(store, "REMOVED_AT_ONCE", 2)
    api.post(f"{BETA}/contexts", json={"included": {"add": ["old", "o2", "o3"]}, "excluded": {"add": ["x"]}})
    path = imported(api, "a\nb\nc\nd\ne\n", "replace")
    [job] = [job for job in app.jobs.list_due() if "import members" in job.name]
    assert app.jobs.run(job)
    assert (lists(api, "old"), lists(api, "a")) == ((True, False), (False, False))
    assert api.get(path).json()["keysDone"] == 2
    run_jobs(app, clock)
    assert (lists(api, "old"), lists(api, "a"), lists(api, "x")) == (
        (False, False),
        (True, False),
        (False, True),
    )
    segment = api.get(BETA).json()
    assert (segment["generation"], counts(api)) == (2, (5, 1))
    with database.reading() as db:
        assert db.value(select(func.count()).select_from(big_segment_members)) == 6


def test_import__by_json_lines__is_understood(api: Any, app: Daybreak, clock: FixedClock) -> None:
    lines = ['"ann"', json.dumps({"key": "bob"}), json.dumps({"key": "cy", "included": False}), ""]
    imported(api, "\n".join(lines), "merge", "keys.ndjson")
    run_jobs(app, clock)
    assert (lists(api, "ann"), lists(api, "bob"), lists(api, "cy")) == (
        (True, False),
        (True, False),
        (False, True),
    )


def test_import__that_waits__begins_when_told_to(api: Any, app: Daybreak, clock: FixedClock) -> None:
    path = imported(api, "ann\n", waitOnApprovals="true")
    run_jobs(app, clock)
    assert (api.get(path).json()["status"], lists(api, "ann")) == ("ready", (False, False))
    process = {"kind": "processBigSegmentImport", "importId": path.rpartition("/")[2]}
    assert ask_of(api, process | {"importId": "none"}).status_code == 404
    assert ask_of(api, process).status_code == 200
    run_jobs(app, clock)
    assert lists(api, "ann") == (True, False)
    assert ask_of(api, process).status_code == 409


@pytest.mark.parametrize(
    ("content", "mode", "name", "why"),
    [
        ("ann\n", "append", "keys.csv", "mode"),
        ("ann,perhaps\n", "merge", "keys.csv", "line 1"),
        ("ann\n" + "x" * 513, "merge", "keys.csv", "line 2"),
        ('"ann"\n{}', "merge", "keys.ndjson", "line 2"),
        ("not json", "merge", "keys.jsonl", "line 1"),
    ],
)
def test_import__file_that_makes_no_sense__is_refused_whole(
    api: Any, content: str, mode: str, name: str, why: str
) -> None:
    refused = upload(api, content, mode, name)
    assert refused.status_code == 400
    assert why in refused.json()["message"]
    assert api.get(BETA).json()["_importInProgress"] is False


def test_import__no_form__is_refused(api: Any) -> None:
    assert api.request("POST", f"{BETA}/imports", content=b"ann\n").status_code == 400
    assert api.request("POST", f"{BETA}/imports", data={"mode": "merge"}).status_code == 400
    assert api.request("POST", f"{BETA}/imports", files={"other": ("a", b"b")}).status_code == 400
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert api.request("POST", f"{BETA}/imports", content=b"nonsense", headers=broken).status_code == 400
    assert api.get(f"{BETA}/imports/none").status_code == 404
    assert api.get(f"{BETA}/exports/none").status_code == 404


def test_export__complete__can_be_imported_again(
    api: Any, app: Daybreak, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_out, "PART", 2)
    monkeypatch.setattr(carrying_out, "PARTS_AT_ONCE", 1)
    body = {"included": {"add": ["ann", 'b"o,b', "cy", "di"]}, "excluded": {"add": ["eve"]}}
    api.post(f"{BETA}/contexts", json=body)
    export = api.post(f"{BETA}/exports").json()
    path = export["_links"]["self"]["href"]
    assert export["status"] == "in_progress"
    assert api.get(f"{path}/file").status_code == 409
    run_jobs(app, clock)
    export = api.get(path).json()
    assert export["status"] == "complete"
    file = api.get(export["_links"]["file"]["href"])
    assert file.headers["content-disposition"] == 'attachment; filename="beta.csv"'
    lines = file.text.splitlines()
    assert (lines[0], sorted(lines[1:])) == (
        "key,included",
        ['"b""o,b",true', "ann,true", "cy,true", "di,true", "eve,false"],
    )
    assert export["sizeBytes"] == len(file.content) - len(lines[0]) - 1
    imported(api, file.text, "replace")
    run_jobs(app, clock)
    assert (lists(api, "ann"), lists(api, "eve"), counts(api)) == ((True, False), (False, True), (4, 1))
    clock.advance(8 * DAY)
    [job] = [job for job in app.jobs.list_due() if "old imports" in job.name]
    assert app.jobs.run(job)
    assert api.get(path).status_code == 404


def test_segment__deleted__leaves_no_members(
    api: Any, app: Daybreak, clock: FixedClock, database: Database
) -> None:
    api.post(f"{BETA}/contexts", json={"included": {"add": ["ann"]}})
    assert api.delete(BETA).status_code == 204
    a_segment(api, unbounded=True)
    assert lists(api, "ann") == (False, False)
    run_jobs(app, clock)
    with database.reading() as db:
        assert db.value(select(func.count()).select_from(big_segment_members)) == 0


def test_segments_evaluate__context__says_why_it_is_a_member(api: Any) -> None:
    api.post(f"{BETA}/contexts", json={"included": {"add": ["ann"]}, "excluded": {"add": ["bob"]}})
    a_segment(api, "staff")
    changed(
        api,
        {"kind": "addIncludedUsers", "values": ["cy"]},
        {"kind": "addRule", "clauses": [STAFF]},
        key="staff",
    )

    def evaluate(key: str, **attributes: str) -> dict[str, tuple[bool, bool, bool]]:
        path = "/api/v2/projects/web/environments/production/segments/evaluate"
        items = api.post(path, json={"kind": "user", "key": key} | attributes).json()["items"]
        names = ("isMember", "isIndividuallyTargeted", "isRuleTargeted")
        return {item["key"]: tuple(item[name] for name in names) for item in items}

    assert evaluate("ann") == {"beta": (True, True, False), "staff": (False, False, False)}
    assert evaluate("bob", email="bob@acme.io") == {
        "beta": (False, False, False),
        "staff": (True, False, True),
    }
    assert evaluate("cy")["staff"] == (True, True, False)
    path = "/api/v2/projects/web/environments/production/segments/evaluate"
    assert api.post(path, json={"kind": "user"}).status_code == 400


def test_flags_evaluate__big_segment__decides_by_its_lists(api: Any) -> None:
    on, off = ids(a_flag(api))
    instructed(
        api,
        {"kind": "addRule", "clauses": [clause_on("beta")], "variationId": on},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": off},
        {"kind": "turnFlagOn"},
    )
    api.post(f"{BETA}/contexts", json={"included": {"add": ["ann"]}})
    path = "/api/v2/projects/web/environments/production/flags/evaluate"
    values = [
        api.post(path, json={"kind": "user", "key": key}).json()["items"][0]["_value"]
        for key in ("ann", "bob")
    ]
    assert values == [True, False]


def test_big_segments__reader__may_look_and_not_touch(api: Any) -> None:
    reader = api.as_role("reader")
    assert reader.get(f"{BETA}/contexts/ann").status_code == 200
    assert reader.post(f"{BETA}/contexts", json={"included": {"add": ["a"]}}).status_code == 403
    assert upload(reader, "ann\n").status_code == 403
    assert reader.post(f"{BETA}/exports").status_code == 403
    body = {"instructions": [{"kind": "addBigSegmentIncludedTargets", "values": ["a"]}]}
    assert reader.patch(BETA, json=body, headers=SEMANTIC).status_code == 403
