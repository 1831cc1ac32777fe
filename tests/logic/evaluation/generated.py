"""Environments and contexts made up from a seed: what the official evaluator and ours are compared on.

Everything SDKs can be sent is made, sensible or not. Left out is only where the official Python SDK itself
departs from the other SDKs: dates that RFC 3339 forbids (Python's parser takes some), values of users among
context targets, and segment rules with a weight whose context kind is missing (only it lets them in).
"""

from random import Random
from typing import Any

from daybreak.logic.evaluation.operators import OPERATORS

KINDS = ("user", "org", "device")
ATTRIBUTES = ("key", "name", "email", "age", "beta", "since", "app", "groups", "address", "anonymous", "kind")
PATHS = ("/address/city", "/address/geo/lat", "/name", "/a~1b", "email")
BAD_REFERENCES = ("", "/", "//", "/a/", "/a//b", "/a~x", "/~")
TEXTS = ("ann", "bob", "cy", "Ann", "acme", "ann@acme.io", "", "a/b", "ünï", "org", "user", "n")
NUMBERS = (0, 1, 1.0, 1.5, -3, 17, 99, 10**15, 2.0)
DATES = (
    "2017-12-06T00:00:00.000-07:00",
    "2017-12-06T07:00:00Z",
    "2020-02-29T12:00:00.123456Z",
    "2021-02-29T12:00:00Z",
    "2020-01-01T24:00:00+00:30",
    "not a date",
    1_512_543_600_000,
    1_577_836_800_000.5,
)
VERSIONS = (
    "2.0.0", "2.0", "2", "2-rc", "2.0.1-alpha.1", "2.0.1-alpha.beta", "2.0.1-10", "2.0.1-9", "2.0.1+build",
    "v2.0.0", "02.0.0", "2.0.0.0", "2.", "2.0.0-", "10.0.0", "2.0.0-01",
)  # fmt: skip
PATTERNS = ("a", "^a", "n$", r"\d+", "[", "(a|b)+c", "@acme", "", "*", r"^\w+@\w+\.io$")
OTHERS: tuple[Any, ...] = (True, False, None, [1, "a"], {"a": 1}, [])
SHARES = (0, 0, 1, 20_000, 33_333, 50_000, 100_000)
FLAG_KEYS = tuple(f"flag-{n}" for n in range(6))
SEGMENT_KEYS = tuple(f"segment-{n}" for n in range(4))

Json = Any


class Maker:
    """Draws from one seed."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)

    def chance(self, percent: int) -> bool:
        return self.draw.randrange(100) < percent

    def value(self, op: str) -> Json:
        fitting: tuple[Any, ...] = TEXTS
        if op in {"before", "after"}:
            fitting = DATES
        elif op.startswith("semVer"):
            fitting = VERSIONS
        elif op == "matches":
            fitting = PATTERNS
        elif op.startswith(("less", "greater")):
            fitting = NUMBERS
        if op == "in" or self.chance(15):
            fitting = TEXTS + NUMBERS + OTHERS
        return self.draw.choice(fitting)

    def context(self) -> Json:
        if self.chance(10):
            return self.legacy_user()
        if self.chance(70):
            kind = self.draw.choice(KINDS[:2])
            return {"kind": kind, **self.single()}
        kinds = self.draw.sample(KINDS, self.draw.randint(1, 3))
        return {"kind": "multi", **{kind: self.single() for kind in kinds}}

    def single(self) -> Json:
        made: dict[str, Json] = {"key": self.draw.choice(TEXTS[:6]) if self.chance(98) else ""}
        offered: dict[str, Any] = {
            "name": lambda: self.draw.choice(TEXTS),
            "email": lambda: self.draw.choice(TEXTS),
            "age": lambda: self.draw.choice(NUMBERS),
            "beta": lambda: self.draw.choice((True, False)),
            "since": lambda: self.draw.choice(DATES),
            "app": lambda: self.draw.choice(VERSIONS),
            "groups": lambda: [self.draw.choice(TEXTS + NUMBERS + DATES + VERSIONS) for _ in range(3)],
            "address": lambda: {"city": self.draw.choice(TEXTS), "geo": {"lat": self.draw.choice(NUMBERS)}},
            "anonymous": lambda: self.draw.choice((True, False)),
            "a/b": lambda: self.draw.choice(TEXTS),
            "/address/city": lambda: "a literal name",
        }
        for name, make in offered.items():
            if self.chance(50):
                made[name] = make()
        return made

    def legacy_user(self) -> Json:
        made = self.single()
        top = {name: made.pop(name) for name in ("key", "name", "email", "anonymous") if name in made}
        return {**top, "custom": made}

    def clause(self) -> Json:
        op = self.draw.choice((*OPERATORS, "segmentMatch", "in", "in", "unheardOf"))
        if op == "segmentMatch":
            keys = [
                self.draw.choice((*SEGMENT_KEYS, "no-such-segment")) for _ in range(self.draw.randint(0, 2))
            ]
            return {"attribute": "", "op": op, "values": keys, "negate": self.chance(25)}
        if self.chance(2):
            attribute = self.draw.choice(BAD_REFERENCES)
        else:
            attribute = self.draw.choice(ATTRIBUTES + PATHS)
        values = [self.value(op) for _ in range(self.draw.randint(0, 3))]
        made = {"attribute": attribute, "op": op, "values": values, "negate": self.chance(25)}
        return made | ({"contextKind": self.draw.choice((*KINDS, ""))} if self.chance(70) else {})

    def clauses(self) -> list[Json]:
        return [self.clause() for _ in range(self.draw.choice((0, 1, 1, 1, 2, 2, 3)))]

    def served(self, variations: int) -> Json:
        if self.chance(4):
            return self.draw.choice(
                ({}, {"variation": -1}, {"variation": 99}, {"rollout": {"variations": []}})
            )
        if self.chance(55):
            return {"variation": self.draw.randrange(variations)}
        shares = [
            {
                "variation": self.draw.randrange(variations + self.chance(3)),
                "weight": self.draw.choice(SHARES),
                "untracked": self.chance(25),
            }
            for _ in range(self.draw.randint(1, 4))
        ]
        rollout: dict[str, Json] = {"variations": shares}
        if self.chance(50):
            rollout["kind"] = self.draw.choice(("experiment", "experiment", "rollout"))
        if self.chance(40):
            rollout["seed"] = self.draw.randrange(100)
        if self.chance(60):
            rollout["contextKind"] = self.draw.choice(KINDS)
        if self.chance(40):
            rollout["bucketBy"] = self.draw.choice((*ATTRIBUTES, *PATHS, "", "/"))
        return {"rollout": rollout}

    def targets(self, variations: int) -> Json:
        users = [
            {"variation": n, "values": self.draw.sample(TEXTS, 2), "contextKind": "user"}
            for n in self.draw.sample(range(variations), self.draw.randint(0, variations))
        ]
        if self.chance(50):
            return {"targets": users}
        others = [
            {
                "variation": self.draw.randrange(variations),
                "values": self.draw.sample(TEXTS, 2),
                "contextKind": kind,
            }
            for kind in KINDS[1:]
        ]
        placeholders = [{"variation": t["variation"], "values": [], "contextKind": "user"} for t in users]
        mixed = others + placeholders
        self.draw.shuffle(mixed)
        return {"targets": users, "contextTargets": mixed}

    def flag(self, key: str) -> Json:
        count = self.draw.randint(1, 4)
        made = {
            "key": key,
            "version": self.draw.randrange(100),
            "on": self.chance(88),
            "variations": [self.draw.choice(TEXTS + NUMBERS + OTHERS) for _ in range(count)],
            "fallthrough": self.served(count),
            "rules": [
                {"id": f"rule-{n}", "clauses": self.clauses(), "trackEvents": self.chance(20)}
                | self.served(count)
                for n in range(self.draw.randint(0, 4))
            ],
            "salt": self.draw.choice(("salt", "", "pepper")),
            "trackEventsFallthrough": self.chance(20),
            "prerequisites": [
                {
                    "key": self.draw.choice((*FLAG_KEYS, "no-such-flag")),
                    "variation": self.draw.randrange(2),
                }
                for _ in range(self.draw.choice((0, 0, 0, 0, 1, 1, 2)))
            ],
        }
        if self.chance(80):
            made["offVariation"] = self.draw.randrange(count) if self.chance(95) else 99
        return made | (self.targets(count) if self.chance(40) else {})

    def segment(self, key: str) -> Json:
        made: dict[str, Json] = {
            "key": key,
            "version": 1,
            "salt": self.draw.choice(("salt", "")),
            "included": self.draw.sample(TEXTS, self.draw.choice((0, 0, 1))),
            "excluded": self.draw.sample(TEXTS, self.draw.choice((0, 0, 1))),
            "rules": [self.segment_rule() for _ in range(self.draw.randint(0, 3))],
        }
        for name in ("includedContexts", "excludedContexts"):
            if self.chance(30):
                made[name] = [{"contextKind": self.draw.choice(KINDS), "values": self.draw.sample(TEXTS, 2)}]
        if self.chance(20):
            made |= {"unbounded": True, "unboundedContextKind": self.draw.choice((*KINDS, ""))}
            made |= {"generation": 2} if self.chance(80) else {}
        return made

    def segment_rule(self) -> Json:
        made: dict[str, Json] = {"clauses": self.clauses()}
        if self.chance(30):
            # A clause on the key of that kind comes first, so that the kind is there when shares are dealt.
            kind = self.draw.choice(KINDS)
            present = {"attribute": "key", "contextKind": kind, "op": "contains", "values": [""]}
            made = {
                "clauses": [present, *made["clauses"]],
                "weight": self.draw.choice(SHARES),
                "rolloutContextKind": kind,
            }
            if self.chance(50):
                made["bucketBy"] = self.draw.choice((*ATTRIBUTES, *PATHS, "/"))
        return made

    def environment(self) -> tuple[dict[str, Json], dict[str, Json]]:
        """Flags and segments by key."""
        flags = {key: self.flag(key) for key in FLAG_KEYS}
        return flags, {key: self.segment(key) for key in SEGMENT_KEYS}

    def memberships(self) -> dict[str, dict[str, bool]]:
        """Which context keys big segments include or exclude."""
        return {
            key: {f"{segment}.g2": self.chance(50) for segment in SEGMENT_KEYS if self.chance(50)}
            for key in TEXTS
            if self.chance(60)
        }
