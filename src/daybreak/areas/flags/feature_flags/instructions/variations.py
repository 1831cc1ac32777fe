"""Variations: adding, removing, changing them, and which new environments start with."""

from dataclasses import replace
from typing import Any

import msgspec

from daybreak.areas.flags.feature_flags.instructions.scene import FlagScene, require_variation
from daybreak.areas.flags.feature_flags.model import FeatureFlag, Variation
from daybreak.logic.patching.json_value import is_json_equal
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Text
from daybreak.rest.semantic_patch import Instruction


class _NewVariation(Body):
    value: Json
    name: Text | None = None
    description: Text | None = None


class _VariationId(Body):
    variation_id: str


class _ChangedVariation(Body, kw_only=True):
    variation_id: str
    value: Json = msgspec.UNSET
    name: Text | msgspec.UnsetType = msgspec.UNSET
    description: Text | msgspec.UnsetType = msgspec.UNSET


class _DefaultVariation(Body):
    """Named by their values. The documents spell them both ways."""

    on_variation_value: Json = msgspec.UNSET
    off_variation_value: Json = msgspec.UNSET
    on_spelt: Json = msgspec.field(name="OnVariationValue", default=msgspec.UNSET)
    off_spelt: Json = msgspec.field(name="OffVariationValue", default=msgspec.UNSET)


def _add(flag: FeatureFlag, parameters: _NewVariation, scene: FlagScene) -> FeatureFlag:
    added = Variation(scene.new_id(), parameters.value, parameters.name, parameters.description)
    return replace(flag, variations=(*flag.variations, added))


def _remove(flag: FeatureFlag, parameters: _VariationId, _: FlagScene) -> FeatureFlag:
    id = require_variation(flag, parameters.variation_id)
    return replace(flag, variations=tuple(each for each in flag.variations if each.id != id))


def _change(flag: FeatureFlag, parameters: _ChangedVariation, _: FlagScene) -> FeatureFlag:
    id = require_variation(flag, parameters.variation_id)
    given: dict[str, Any] = {
        name: value
        for name in ("value", "name", "description")
        if (value := getattr(parameters, name)) is not msgspec.UNSET
    }
    variations = (replace(each, **given) if each.id == id else each for each in flag.variations)
    return replace(flag, variations=tuple(variations))


def _change_defaults(flag: FeatureFlag, parameters: _DefaultVariation, _: FlagScene) -> FeatureFlag:
    on, off = parameters.on_variation_value, parameters.off_variation_value
    on = parameters.on_spelt if on is msgspec.UNSET else on
    off = parameters.off_spelt if off is msgspec.UNSET else off
    return replace(
        flag,
        on_variation_id=flag.on_variation_id if on is msgspec.UNSET else _with_value(flag, on),
        off_variation_id=flag.off_variation_id if off is msgspec.UNSET else _with_value(flag, off),
    )


def _with_value(flag: FeatureFlag, value: Json) -> str:
    for variation in flag.variations:
        if is_json_equal(variation.value, value):
            return variation.id
    raise InvalidRequest(f"the flag has no variation with the value {value!r}")


VARIATIONS: dict[str, Instruction[FeatureFlag, FlagScene]] = {
    "addVariation": Instruction(_NewVariation, _add, "updateFlagVariations"),
    "removeVariation": Instruction(_VariationId, _remove, "updateFlagVariations"),
    "updateVariation": Instruction(_ChangedVariation, _change, "updateFlagVariations"),
    "updateDefaultVariation": Instruction(_DefaultVariation, _change_defaults, "updateFlagDefaultVariations"),
}
