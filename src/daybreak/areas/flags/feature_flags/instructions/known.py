"""Every instruction a flag understands. `deleteFlag` is in `deletion.py`: it leaves no flag to go on with."""

from daybreak.areas.flags.feature_flags.instructions.lifecycle import LIFECYCLE
from daybreak.areas.flags.feature_flags.instructions.rules import RULES
from daybreak.areas.flags.feature_flags.instructions.targeting import TARGETING
from daybreak.areas.flags.feature_flags.instructions.variations import VARIATIONS

INSTRUCTIONS = {**TARGETING, **RULES, **VARIATIONS, **LIFECYCLE}
