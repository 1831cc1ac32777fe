"""Few words and patterns of them, so that what is drawn meets often."""

from hypothesis import strategies as st

from daybreak.logic.policy.address import Address, parse_specifier

WORDS = st.sampled_from(["a", "ab", "b"])
PATTERNS = st.sampled_from(["*", "a", "a*", "*b", "ab"])
TYPES = st.sampled_from(["proj", "env", "*"])
SEGMENTS = st.builds(
    lambda type_, key, tags: f"{type_}/{key}" + (f";{','.join(tags)}" if tags else ""),
    TYPES,
    PATTERNS,
    st.lists(PATTERNS, max_size=2),
)
SPECIFIERS = st.one_of(st.just("*"), st.lists(SEGMENTS, min_size=1, max_size=2).map(":".join)).map(
    parse_specifier
)
ADDRESSES = st.lists(
    st.tuples(st.sampled_from(["proj", "env"]), WORDS, st.frozensets(WORDS)), min_size=1, max_size=2
).map(lambda places: Address.of(*places))
