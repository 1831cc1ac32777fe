"""Evaluation usage as the API shows it: one series for each variation, told apart by their numbers."""

from collections.abc import Mapping, Sequence

import msgspec

from daybreak.areas.flags.evaluation_usage.requests import EvaluationUsageQuery
from daybreak.areas.flags.feature_flags.model import FeatureFlag, Variation
from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.columns import Json
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path, with_query


class SeriesMetadataShape(Shape):
    """The variation that a series counts. One without an id counts what was no variation of the flag."""

    id: str | msgspec.UnsetType = msgspec.field(name="_id", default=msgspec.UNSET)
    value: Json = msgspec.UNSET
    name: str | msgspec.UnsetType = msgspec.UNSET


class EvaluationUsageShape(Shape):
    """`series` has a point for every bucket: `time` is its start (Unix ms), and `0`, `1` … are the numbers of
    evaluations of the series that `metadata` describes in that order.
    """

    series: list[dict[str, int]]
    metadata: list[SeriesMetadataShape]
    links_: Links = msgspec.field(name="_links")


# Where an SDK served its caller's default, or a variation that the flag has no longer.
OTHERS = SeriesMetadataShape(name="None of the variations")


def represent_usage(
    place: EnvironmentFact,
    flag: FeatureFlag,
    points: Sequence[tuple[int, Mapping[str, int]]],
    query: EvaluationUsageQuery,
) -> EvaluationUsageShape:
    """`points` are the evaluations from an instant on, by the ids of variations. What was none of the
    variations has a series of its own, where there is any.
    """
    numbers = {variation.id: str(n) for n, variation in enumerate(flag.variations)}
    others = str(len(numbers))
    names = list(numbers.values())
    metadata = [_represent_variation(variation) for variation in flag.variations]
    if any(counts.keys() - numbers.keys() for _, counts in points):
        names.append(others)
        metadata.append(OTHERS)
    series = []
    for time, counts in points:
        point = {"time": time} | dict.fromkeys(names, 0)
        for id, count in counts.items():
            point[numbers.get(id, others)] += count
        series.append(point)
    return EvaluationUsageShape(series, metadata, _represent_links(place, flag.key, query))


def _represent_variation(variation: Variation) -> SeriesMetadataShape:
    name = msgspec.UNSET if variation.name is None else variation.name
    return SeriesMetadataShape(id=variation.id, value=variation.value, name=name)


def _represent_links(place: EnvironmentFact, key: str, query: EvaluationUsageQuery) -> Links:
    own = path("/api/v2/usage/evaluations/{p}/{e}/{f}", p=place.project.key, e=place.key, f=key)
    given = {
        name: None if value is None else str(value) for name, value in msgspec.to_builtins(query).items()
    }
    return links(self=with_query(own, "", given), parent=flag_path(place.project.key, key))
