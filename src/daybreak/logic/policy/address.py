"""Which resources a policy speaks of: a specifier such as `proj/web;beta:env/production:flag/dark-*`, and
the address of one concrete resource that it is matched with.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final, Self, TypeAlias
from urllib.parse import quote

from daybreak.logic.policy.wildcard import ANYTHING, TextTest, Wildcard

# The only type there is one of, so it is written without a key.
ACCOUNT: Final = "acct"


class SpecifierInvalid(ValueError):
    """The text is no resource specifier."""


@dataclass(frozen=True, slots=True)
class Segment:
    type: str
    key: str
    tags: frozenset[str] = frozenset()

    def __str__(self) -> str:
        # No key is a lone star: it stands for all of a kind, as the environments of a flag.
        key = self.key if self.key == "*" else quote(self.key, safe="")
        name = f"{self.type}/{key}" if self.key else self.type
        tags = ",".join(quote(tag, safe="") for tag in sorted(self.tags))
        return f"{name};{tags}" if tags else name


Name: TypeAlias = tuple[str, str]
"""Type and key of one resource, apart from what holds it."""

Place: TypeAlias = tuple[str, str] | tuple[str, str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Address:
    """One concrete resource, from the outermost thing that holds it to itself."""

    segments: tuple[Segment, ...]
    types: tuple[str, ...] = field(init=False, repr=False, compare=False)
    names: tuple[Name, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", tuple(segment.type for segment in self.segments))
        object.__setattr__(self, "names", tuple((segment.type, segment.key) for segment in self.segments))

    @classmethod
    def of(cls, *places: Place) -> Self:
        """From (type, key) or (type, key, tags), as in `of(("proj", "web", {"beta"}), ("env", "test"))`."""
        return cls(tuple(Segment(place[0], place[1], frozenset(*place[2:])) for place in places))

    def __str__(self) -> str:
        """As a specifier that names just this: `proj/web;beta:env/test`. Separators in keys are
        percent-encoded.
        """
        return ":".join(str(segment) for segment in self.segments)


@dataclass(frozen=True, slots=True)
class SegmentPattern:
    type: str
    key: Wildcard
    tags: tuple[Wildcard, ...] = ()

    def matches(self, segment: Segment) -> bool:
        return (
            self.type in {ANYTHING, segment.type}
            and self.key.matches(segment.key)
            and all(any(map(tag.matches, segment.tags)) for tag in self.tags)
        )


@dataclass(frozen=True, slots=True)
class Specifier:
    """Parsed by `parse_specifier`. No segments at all means `*`: every resource there is."""

    text: str
    segments: tuple[SegmentPattern, ...] = field(compare=False)
    types: tuple[str, ...] = field(init=False, repr=False, compare=False)
    has_any_type: bool = field(init=False, repr=False, compare=False)
    _keys: tuple[tuple[int, TextTest], ...] = field(init=False, repr=False, compare=False)
    _tags: tuple[tuple[int, frozenset[str]], ...] = field(init=False, repr=False, compare=False)
    _tag_patterns: tuple[tuple[int, TextTest], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Matching happens for every row of a list: only what can fail is left to be tested then.
        keys: list[tuple[int, TextTest]] = []
        tags: list[tuple[int, frozenset[str]]] = []
        patterns: list[tuple[int, TextTest]] = []
        for position, segment in enumerate(self.segments):
            if not segment.key.is_anything:
                keys.append((position, segment.key.matches))
            exact = frozenset(tag.text for tag in segment.tags if tag.is_exact)
            if exact:
                tags.append((position, exact))
            patterns.extend((position, tag.matches) for tag in segment.tags if not tag.is_exact)
        types = tuple(segment.type for segment in self.segments)
        object.__setattr__(self, "types", types)
        object.__setattr__(self, "has_any_type", not types or ANYTHING in types)
        object.__setattr__(self, "_keys", tuple(keys))
        object.__setattr__(self, "_tags", tuple(tags))
        object.__setattr__(self, "_tag_patterns", tuple(patterns))

    def reaches_into(self, place: Address) -> bool:
        """Whether it names the place, or something that may be in it."""
        if not self.segments:
            return True
        outer = zip(self.segments, place.segments, strict=False)
        return len(self.segments) >= len(place.segments) and all(
            pattern.matches(segment) for pattern, segment in outer
        )

    def matches_names(self, segments: tuple[Segment, ...]) -> bool:
        """Whether keys and tags match, given that the types do."""
        # Plain loops: a generator would cost more than what it does here.
        for position, matches_key in self._keys:
            if not matches_key(segments[position].key):
                return False
        for position, names in self._tags:
            if not names <= segments[position].tags:
                return False
        for position, matches_tag in self._tag_patterns:
            if not any(map(matches_tag, segments[position].tags)):
                return False
        return True


def parse_specifier(text: str) -> Specifier:
    if text == ANYTHING:
        return Specifier(text, ())
    return Specifier(text, tuple(_parse_segment(part, text) for part in text.split(":")))


def address_named(text: str) -> Address:
    """The one resource that a specifier without wildcards and tags names. Raises SpecifierInvalid."""
    specifier = parse_specifier(text)
    for segment in specifier.segments:
        if segment.tags or not segment.key.is_exact or segment.type == ANYTHING:
            raise SpecifierInvalid(f"{text!r}: name one resource, without '*' and tags")
    if not specifier.segments:
        raise SpecifierInvalid("'*' is no single resource")
    return Address(tuple(Segment(each.type, each.key.text) for each in specifier.segments))


def matches(specifier: Specifier, address: Address) -> bool:
    if specifier.types == address.types or _matches_types(specifier.types, address.types):
        return specifier.matches_names(address.segments)
    return False


def _matches_types(wanted: tuple[str, ...], types: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    return len(wanted) == len(types) and all(
        want in (ANYTHING, type_) for want, type_ in zip(wanted, types, strict=True)
    )


def _parse_segment(part: str, text: str) -> SegmentPattern:
    name, *tail = part.split(";")
    if len(tail) > 1:
        raise SpecifierInvalid(f"{text!r}: {part!r} has more than one ';': separate tags with commas")
    type_, slash, key = name.partition("/")
    if not slash and type_ == ACCOUNT:
        return SegmentPattern(type_, Wildcard(""), _parse_tags(tail, text))
    _require_word(type_, f"a resource type is missing in {part!r}", text)
    if ANYTHING in type_ and type_ != ANYTHING:
        raise SpecifierInvalid(f"{text!r}: a resource type is a word or '*', not {type_!r}")
    _require_word(key, f"{type_!r} needs a key, as in '{type_}/*'", text)
    return SegmentPattern(type_, Wildcard(key), _parse_tags(tail, text))


def _parse_tags(tail: list[str], text: str) -> tuple[Wildcard, ...]:
    tags = [tag for part in tail for tag in part.split(",")]
    for tag in tags:
        _require_word(tag, "a tag is missing", text)
    return tuple(Wildcard(tag) for tag in tags)


def _require_word(word: str, otherwise: str, text: str) -> None:
    if not word:
        raise SpecifierInvalid(f"{text!r}: {otherwise}")
    if word != word.strip():
        raise SpecifierInvalid(f"{text!r}: there is a space before or after {word.strip()!r}")
