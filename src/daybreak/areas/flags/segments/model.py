"""A segment of one environment, whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from daybreak.areas.flags.targeting import USER, Clause, SegmentRule
from daybreak.areas.projects.queries import Home

INCLUDED = "included"
EXCLUDED = "excluded"

# Contexts of each kind by their keys.
Targets = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Segment:
    """Who is included is a member, who is excluded is none, and of the others those whom a rule matches.

    Targets are keys by kind of context. `version` is also what SDKs compare; it begins above the last one of
    a deleted segment with the same key. The members of an unbounded segment are kept apart, under its
    `generation`; how many they are is counted here.
    """

    id: str
    project_id: str
    environment_id: str
    key: str
    name: str
    salt: str
    created_at: int
    modified_at: int
    description: str = ""
    tags: tuple[str, ...] = ()
    included: Targets = field(default_factory=dict)
    excluded: Targets = field(default_factory=dict)
    rules: tuple[SegmentRule, ...] = ()
    is_unbounded: bool = False
    unbounded_context_kind: str = USER
    generation: int = 1
    included_count: int = 0
    excluded_count: int = 0
    version: int = 1

    @property
    def home(self) -> Home:
        return Home(self.project_id, self.environment_id)

    def targets_in(self, listed_in: str) -> Targets:
        return self.included if listed_in == INCLUDED else self.excluded

    @property
    def listings(self) -> frozenset[tuple[str, str, str, str]]:
        """Every target as environment, list, kind and key of the context."""
        return frozenset(
            (self.environment_id, listed_in, kind, key)
            for listed_in in (INCLUDED, EXCLUDED)
            for kind, keys in self.targets_in(listed_in).items()
            for key in keys
        )

    @property
    def needed_segments(self) -> tuple[str, ...]:
        """The keys of segments that its rules name."""
        return segments_named(clause for rule in self.rules for clause in rule.clauses)


def segments_named(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """The keys of the segments that clauses ask for, each once."""
    named = (str(value) for clause in clauses if clause.op == "segmentMatch" for value in clause.values)
    return tuple(dict.fromkeys(named))


def tidy(targets: Mapping[str, Iterable[str]]) -> Targets:
    """Each key once, and no kind without keys."""
    once = {kind: tuple(dict.fromkeys(keys)) for kind, keys in targets.items()}
    return {kind: keys for kind, keys in once.items() if keys}
