"""A project: what holds environments, flags and everything measured about them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ClientSideAvailability:
    """Which client-side SDKs may see a flag."""

    using_mobile_key: bool = True
    using_environment_id: bool = False


@dataclass(frozen=True, slots=True)
class BooleanDefaults:
    """How the variations of new boolean flags are named and used."""

    true_display_name: str = "True"
    false_display_name: str = "False"
    true_description: str = ""
    false_description: str = ""
    on_variation: int = 0
    off_variation: int = 1


@dataclass(frozen=True, slots=True)
class FlagDefaults:
    """What a new flag of the project starts with."""

    tags: tuple[str, ...] = ()
    temporary: bool = True
    boolean_defaults: BooleanDefaults = field(default_factory=BooleanDefaults)


@dataclass(frozen=True, slots=True)
class NamingConvention:
    """How the keys of new flags should look."""

    case: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project as stored. `created_at` is in Unix milliseconds."""

    id: str
    key: str
    name: str
    tags: tuple[str, ...]
    include_in_snippet_by_default: bool
    default_client_side_availability: ClientSideAvailability
    naming_convention: NamingConvention | None
    flag_defaults: FlagDefaults
    created_at: int
    version: int
