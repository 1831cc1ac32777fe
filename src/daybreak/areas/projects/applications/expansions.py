"""The flags inside a representation of the application that evaluated them. Who knows them is told by
whoever builds the area's routes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from daybreak.areas.projects.applications.model import Application
from daybreak.areas.projects.applications.representation import application_path
from daybreak.rest.call import Call, Shape
from daybreak.rest.expansion import Expansion
from daybreak.rest.links import links


class EvaluatedFlags(Protocol):
    """Finds the flags that applications have evaluated."""

    def __call__(self, call: Call, application_keys: Sequence[str]) -> Mapping[str, Sequence[Shape]]:
        """Representations of flags by the application's key. An application without any may be missing."""
        ...


def no_flags(call: Call, application_keys: Sequence[str]) -> Mapping[str, Sequence[Shape]]:  # noqa: ARG001 - as the protocol says
    """Where no flags are kept, none were evaluated."""
    return {}


def flags_expansion(evaluated_flags: EvaluatedFlags) -> Expansion:
    def load_flags(call: Call, applications: Sequence[Application]) -> Mapping[str, Any]:
        found = evaluated_flags(call, [application.key for application in applications])
        return {
            application.id: {
                "items": found.get(application.key, ()),
                "totalCount": len(found.get(application.key, ())),
                "_links": links(self=f"{application_path(application.key)}?expand=flags"),
            }
            for application in applications
        }

    return Expansion("flags", "the flags the application has evaluated", load_flags)
