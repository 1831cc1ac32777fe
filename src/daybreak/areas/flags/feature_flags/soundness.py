"""What has to be true of a flag after any edit, by whatever way it came."""

from collections.abc import Iterator

from daybreak.areas.flags.faults import clause_faults, reference_faults
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.targeting import WHOLE, Rollout, Served
from daybreak.platform.errors import FieldFault, ValidationFailed


def require_sound(flag: FeatureFlag) -> None:
    """Raises ValidationFailed, naming everything that is wrong with the flag by itself."""
    faults = [*_flag_faults(flag)]
    for environment in flag.environments.values():
        faults += _environment_faults(flag, environment)
    if faults:
        raise ValidationFailed(*faults[:20])


def _flag_faults(flag: FeatureFlag) -> Iterator[FieldFault]:
    ids = [variation.id for variation in flag.variations]
    if len(ids) < 2:
        yield FieldFault("variations", "a flag has at least two")
    if len(set(ids)) < len(ids):
        yield FieldFault("variations", "two have the same _id")
    for name, id in (("onVariation", flag.on_variation_id), ("offVariation", flag.off_variation_id)):
        if id not in ids:
            yield FieldFault(f"defaults.{name}", "the variation was removed: choose another one first")
    if flag.maintainer_id and flag.maintainer_team_key:
        yield FieldFault("maintainerId", "a flag is maintained by a member or by a team, not by both")


def _environment_faults(flag: FeatureFlag, environment: FlagEnvironment) -> Iterator[FieldFault]:
    known = {variation.id for variation in flag.variations}
    if not environment.variation_ids <= known:
        yield FieldFault(
            "variations", "a variation is in use: take it out of targets, rules and defaults first"
        )
    for name, served in (
        ("fallthrough", environment.fallthrough),
        *((f"rules[{n}]", rule.served) for n, rule in enumerate(environment.rules)),
    ):
        yield from _served_faults(name, served)
    for number, rule in enumerate(environment.rules):
        for clause in rule.clauses:
            yield from clause_faults(f"rules[{number}]", clause)
    yield from _target_faults(environment)
    keys = [prerequisite.key for prerequisite in environment.prerequisites]
    if len(set(keys)) < len(keys):
        yield FieldFault("prerequisites", "a flag is named twice")


def _served_faults(name: str, served: Served) -> Iterator[FieldFault]:
    if (served.variation_id is None) == (served.rollout is None):
        yield FieldFault(name, "serves either one variation or a rollout")
    if served.rollout is not None:
        yield from _rollout_faults(name, served.rollout)


def _rollout_faults(name: str, rollout: Rollout) -> Iterator[FieldFault]:
    total = sum(share.weight for share in rollout.variations)
    if total != WHOLE:
        yield FieldFault(f"{name}.rollout", f"weights add up to {WHOLE}, these to {total}")
    if rollout.bucket_by:
        yield from reference_faults(f"{name}.rollout.bucketBy", rollout.bucket_by)


def _target_faults(environment: FlagEnvironment) -> Iterator[FieldFault]:
    seen: dict[tuple[str, str], str] = {}
    for target in environment.targets:
        for key in target.values:
            other = seen.setdefault((target.context_kind, key), target.variation_id)
            if other != target.variation_id:
                yield FieldFault("targets", f"{target.context_kind} {key!r} is targeted in two variations")
