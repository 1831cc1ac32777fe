"""What Relay Proxies are told of environments: taken from what is stored, compared, encoded."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from daybreak.delivery.changes import Change
from daybreak.logic.policy.address import Address
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction

_encode = msgspec.json.Encoder().encode

COLLECTION = "environments"


class KeyedEnvironment(Protocol):
    """An environment with the keys that open it."""

    @property
    def id(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def project_id(self) -> str: ...

    @property
    def project_key(self) -> str: ...

    @property
    def project_name(self) -> str: ...

    @property
    def address(self) -> Address: ...

    @property
    def sdk_key(self) -> str: ...

    @property
    def mobile_key(self) -> str: ...

    @property
    def expiring_sdk_key(self) -> tuple[str, int] | None: ...

    @property
    def default_ttl(self) -> int: ...

    @property
    def secure_mode(self) -> bool: ...


class KeyedEnvironments(Protocol):
    """Whoever keeps environments."""

    def __call__(
        self, db: Transaction, now: int, ids: Collection[str] | None = None, project_ids: Collection[str] = ()
    ) -> Sequence[KeyedEnvironment]:
        """Those of some ids, and all of some projects; without ids every environment."""
        ...


class RelayKey(Protocol):
    """What the key of a Relay Proxy opens, and until when if its days are counted."""

    @property
    def configuration_id(self) -> str: ...

    @property
    def expires_at(self) -> int | None: ...

    def covers(self, address: Address) -> bool:
        """Whether the environment there is delivered."""
        ...


class RelayKeys(Protocol):
    """Whoever keeps Relay Proxy configurations."""

    def __call__(self, db: Transaction, digests: Collection[str], now: int) -> Mapping[str, RelayKey]:
        """By digest, those that work."""
        ...


@dataclass(frozen=True, slots=True)
class RelayEnvironment:
    """An environment as relays see it, and where policies find it. Two are equal where relays see no
    difference.
    """

    id: str
    project_id: str = field(compare=False)
    address: Address = field(compare=False)
    fields: Mapping[str, Json] = field(repr=False)
    sdk_key: str = field(repr=False)
    expiring: tuple[str, int] | None = field(repr=False)


# Environments by id.
Shown = Mapping[str, RelayEnvironment]


def take_environment(found: KeyedEnvironment) -> RelayEnvironment:
    fields = {
        "envID": found.id,
        "envKey": found.key,
        "envName": found.name,
        "mobKey": found.mobile_key,
        "projKey": found.project_key,
        "projName": found.project_name,
        "defaultTtl": found.default_ttl,
        "secureMode": found.secure_mode,
    }
    return RelayEnvironment(
        found.id, found.project_id, found.address, fields, found.sdk_key, found.expiring_sdk_key
    )


def choose_shown(environments: Iterable[RelayEnvironment], key: RelayKey) -> Shown:
    """Those that the key's configuration covers."""
    return {each.id: each for each in environments if key.covers(each.address)}


def choose_again(shown: Shown, before: Shown, after: Shown, key: RelayKey) -> Shown:
    """As `choose_shown`, where it was chosen before by the same key: only what is new is decided on."""
    return {
        id: environment
        for id, environment in after.items()
        if (id in shown if before.get(id) is environment else key.covers(environment.address))
    }


def find_relay_changes(before: Shown, after: Shown, version: int, now: int) -> Iterator[Change]:
    """What became of the environments of one configuration, by what is stored or by its policy."""
    for id, environment in after.items():
        known = before.get(id)
        # Most are the very same, and need no comparison.
        if known is not environment and known != environment:
            body = _encode(_represent(environment, version, now))
            yield Change(COLLECTION, id, version, body)
    for id in sorted(before.keys() - after.keys()):
        yield Change(COLLECTION, id, version, None)


def represent_everything(shown: Shown, version: int, now: int, *, with_filters: bool) -> bytes:
    """The data of a `put`. Relays refuse one without its path. Filters come with the protocol's version 2."""
    data: dict[str, Json] = {
        COLLECTION: {id: _represent(environment, version, now) for id, environment in shown.items()}
    }
    if with_filters:
        data["filters"] = {}
    return _encode({"path": "/", "data": data})


def _represent(environment: RelayEnvironment, version: int, now: int) -> dict[str, Json]:
    sdk_key: dict[str, Json] = {"value": environment.sdk_key}
    if environment.expiring is not None:
        old, expires_at = environment.expiring
        if expires_at > now:
            sdk_key["expiring"] = {"value": old, "timestamp": expires_at}
    return {**environment.fields, "sdkKey": sdk_key, "version": version}
