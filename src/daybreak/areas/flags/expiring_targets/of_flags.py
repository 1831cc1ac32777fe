"""The expiring targets of flags: what they belong to, and what an instruction about them is about."""

from collections.abc import Collection
from functools import partial

from daybreak.areas.flags.expiring_targets.carrying_out import Subject
from daybreak.areas.flags.expiring_targets.representation import FLAG, flag_targets_path
from daybreak.areas.flags.expiring_targets.resource import Owner, expiring_targets_of
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, flag_address_in
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction


def _owners(db: Transaction, ids: Collection[str]) -> dict[str, Owner]:
    return {id: _owner(flag) for id, flag in bare_flags_by_id(db, ids).items()}


def _owner(flag: FeatureFlag) -> Owner:
    return Owner(flag.key, flag.name, partial(_address, flag), partial(_path, flag))


def _address(flag: FeatureFlag, place: EnvironmentFact) -> Address:
    return flag_address_in(place, flag)


def _path(flag: FeatureFlag, place: EnvironmentFact) -> str:
    return flag_targets_path(place.project.key, flag.key, place.key)


EXPIRING_FLAG_TARGET = expiring_targets_of(FEATURE_FLAG, _owners)


def subject_of(flag: FeatureFlag, place: EnvironmentFact) -> Subject:
    return Subject(FLAG, flag.id, place.home, flag.listings)
