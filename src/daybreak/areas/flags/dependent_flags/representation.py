"""Dependent flags as the API shows them: over all environments, or in one of them."""

from collections.abc import Sequence

import msgspec

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.rest.call import Shape
from daybreak.rest.links import HTML, Links, link, links, path


class PlacedShape(Shape):
    """A flag, or an environment of it, by its key."""

    name: str
    key: str
    links_: Links = msgspec.field(name="_links")
    site_: dict[str, str] = msgspec.field(name="_site")


class DependentFlagShape(Shape):
    """A flag and the environments in which it needs the other one."""

    name: str
    key: str
    environments: list[PlacedShape]


class DependentFlagsShape(Shape):
    """The flags that need a flag in any environment."""

    items: list[DependentFlagShape]
    links_: Links = msgspec.field(name="_links")
    site_: dict[str, str] = msgspec.field(name="_site")


class DependentFlagsInEnvironmentShape(Shape):
    """The flags that need a flag in one environment."""

    items: list[PlacedShape]
    links_: Links = msgspec.field(name="_links")
    site_: dict[str, str] = msgspec.field(name="_site")


def represent_everywhere(
    project_key: str, key: str, found: Sequence[tuple[FeatureFlag, Sequence[EnvironmentFact]]]
) -> DependentFlagsShape:
    return DependentFlagsShape(
        items=[
            DependentFlagShape(
                name=flag.name,
                key=flag.key,
                environments=[
                    PlacedShape(
                        name=place.name,
                        key=place.key,
                        links_=links(self=_environment_path(place), flag=flag_path(project_key, flag.key)),
                        site_=_site(place, flag.key),
                    )
                    for place in places
                ],
            )
            for flag, places in found
        ],
        links_=links(
            self=path("/api/v2/flags/{p}/{f}/dependent-flags", p=project_key, f=key),
            parent=flag_path(project_key, key),
        ),
        site_=link(path("/{p}/features/{f}/dependents", p=project_key, f=key), content_type=HTML),
    )


def represent_in_environment(
    place: EnvironmentFact, key: str, found: Sequence[FeatureFlag]
) -> DependentFlagsInEnvironmentShape:
    project_key = place.project.key
    return DependentFlagsInEnvironmentShape(
        items=[
            PlacedShape(
                name=flag.name,
                key=flag.key,
                links_=links(self=flag_path(project_key, flag.key)),
                site_=_site(place, flag.key),
            )
            for flag in found
        ],
        links_=links(
            self=path("/api/v2/flags/{p}/{e}/{f}/dependent-flags", p=project_key, e=place.key, f=key),
            parent=flag_path(project_key, key),
        ),
        site_=_site(place, key),
    )


def _site(place: EnvironmentFact, key: str) -> dict[str, str]:
    return link(path("/{p}/{e}/features/{f}", p=place.project.key, e=place.key, f=key), content_type=HTML)


def _environment_path(place: EnvironmentFact) -> str:
    return path("/api/v2/projects/{p}/environments/{e}", p=place.project.key, e=place.key)
