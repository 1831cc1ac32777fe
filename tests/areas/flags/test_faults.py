"""What may not need itself, however much needs what."""

import pytest

from daybreak.areas.flags.faults import require_acyclic
from daybreak.platform.errors import Conflict


def test_require_acyclic__needs_itself_through_others__shows_the_way() -> None:
    needs = {"a": ["dead-end", "b"], "b": ["dead-end", "top"]}

    with pytest.raises(Conflict, match="top needs a needs b needs top"):
        require_acyclic("top", ["dead-end", "a"], needs, "flag")


def test_require_acyclic__others_need_each_other__shows_the_way() -> None:
    with pytest.raises(Conflict, match="top needs a needs b needs a"):
        require_acyclic("top", ["a"], {"a": ["b"], "b": ["a"]}, "flag")


def test_require_acyclic__layers_that_need_all_of_the_next__is_quick() -> None:
    # There are 2 to the power of 60 ways through.
    needs = {f"{side}{layer}": [f"a{layer + 1}", f"b{layer + 1}"] for layer in range(60) for side in "ab"}

    require_acyclic("top", ["a0", "b0"], needs, "flag")


def test_require_acyclic__long_chain__is_followed_to_its_end() -> None:
    needs = {f"f{place}": [f"f{place + 1}"] for place in range(5_000)}
    require_acyclic("top", ["f0"], needs, "flag")

    with pytest.raises(Conflict):
        require_acyclic("top", ["f0"], needs | {"f5000": ["top"]}, "flag")
