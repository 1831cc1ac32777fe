"""What an account has that does not come: counted, so that nobody misses it later."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.account import Account, Document
from daybreak.connectors.launchdarkly.problems import SourceProblem
from daybreak.rest.findings import Findings

UNKNOWN_HERE: Final = "there is nothing of that kind here yet"
SECRET: Final = "their secrets are not shown: they have to be made anew"  # noqa: S105 - it says that there are some
NOT_READ: Final = "they are not read: they concern single changes, and are soon over"


class _Left(NamedTuple):
    kind: str
    parts: tuple[str, ...]
    reason: str
    is_beta: bool = False


_OF_ACCOUNT: Final = (
    _Left("access tokens", ("tokens",), SECRET),
    _Left("webhooks", ("webhooks",), SECRET),
    _Left("OAuth clients", ("oauth", "clients"), SECRET),
    _Left("Relay Proxy configurations", ("account", "relay-auto-configs"), SECRET),
    _Left("data export destinations", ("destinations",), UNKNOWN_HERE),
    _Left("approval requests", ("approval-requests",), NOT_READ),
    _Left("workflow templates", ("templates",), UNKNOWN_HERE),
    _Left("code reference repositories", ("code-refs", "repositories"), "scanners tell of them anew"),
)

# `{p}` is the key of a project, `{e}` that of an environment.
_OF_PROJECTS: Final = (
    _Left("metrics", ("metrics", "{p}"), UNKNOWN_HERE),
    _Left("metric groups", ("projects", "{p}", "metric-groups"), UNKNOWN_HERE, is_beta=True),
    _Left("layers", ("projects", "{p}", "layers"), UNKNOWN_HERE),
    _Left("AI Configs", ("projects", "{p}", "ai-configs"), UNKNOWN_HERE, is_beta=True),
    _Left("release pipelines", ("projects", "{p}", "release-pipelines"), UNKNOWN_HERE, is_beta=True),
    _Left("views", ("projects", "{p}", "views"), UNKNOWN_HERE, is_beta=True),
)
_OF_ENVIRONMENTS: Final = (
    _Left("experiments", ("projects", "{p}", "environments", "{e}", "experiments"), UNKNOWN_HERE),
    _Left("holdouts", ("projects", "{p}", "environments", "{e}", "holdouts"), UNKNOWN_HERE, is_beta=True),
    _Left(
        "followers of flags",
        ("projects", "{p}", "environments", "{e}", "followers"),
        "whoever follows a flag says so again",
    ),
)

# No list tells of these as a whole.
_UNCOUNTED: Final = (
    ("flag triggers", "their URLs are secret: they have to be made anew"),
    ("scheduled changes and workflows", "they are shown for one flag at a time only"),
    ("integrations", "they are shown for one product at a time only"),
    ("contexts", "they are known again as soon as SDKs send them"),
)


def count_left(account: Account, environments: Mapping[str, Sequence[Document]], findings: Findings) -> None:
    """Adds to the findings what was seen; `environments` are those of each project. What is not shown is told
    once for each kind.
    """
    hidden: dict[tuple[str, str], list[str]] = defaultdict(list)
    for left, place in _places(environments):
        try:
            number = account.count(links.one_of(*left.parts), is_beta=left.is_beta)
        except SourceProblem as problem:  # nothing depends on it
            hidden[left.kind, str(problem)].append(place)
            continue
        if number:
            findings.note(left.kind, place, f"{number} stay there: {left.reason}")
    for (kind, reason), places in hidden.items():
        where = f" (in {len(places)} places)" if len(places) > 1 else ""
        findings.note(kind, "", f"could not be looked at{where}: {reason}")
    for kind, reason in _UNCOUNTED:
        findings.note(kind, "", f"do not come: {reason}")


def _places(environments: Mapping[str, Sequence[Document]]) -> Iterator[tuple[_Left, str]]:
    for left in _OF_ACCOUNT:
        yield left, ""
    for project_key, of_project in environments.items():
        for left in _OF_PROJECTS:
            yield _filled_in(left, project_key), project_key
        for environment in of_project:
            key = str(environment.get("key"))
            for left in _OF_ENVIRONMENTS:
                yield _filled_in(left, project_key, key), f"{project_key}/{key}"


def _filled_in(left: _Left, project_key: str, environment_key: str = "") -> _Left:
    known = {"{p}": project_key, "{e}": environment_key}
    return left._replace(parts=tuple(known.get(part, part) for part in left.parts))
