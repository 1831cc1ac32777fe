"""Which version of the API a request speaks, and which verb it really means."""

from collections.abc import Sequence

from daybreak.platform.errors import InvalidRequest

VALID_VERSIONS = (20160426, 20191212, 20210729, 20220603, 20240415)
LATEST_VERSION = VALID_VERSIONS[-1]
_BY_NAME = {str(version): version for version in VALID_VERSIONS}
OVERRIDABLE = frozenset({"PATCH", "PUT", "DELETE"})


# More than any list has.
EVERYTHING = 1_000_000


def page_size(asked: int | None, version: int, *, paged_since: int, default: int) -> int:
    """Of a list that has had pages since a version of the API: whoever speaks an older one gets everything
    where nothing else was asked for.
    """
    if asked is not None:
        return asked
    return default if version >= paged_since else EVERYTHING


def parse_version(values: Sequence[str], default: int) -> tuple[int, bool]:
    """(version, whether the beta was asked for) from the values of `LD-API-Version`.

    Beta operations answer with and without the header: the vendor's own deployment action does not send it.

    Raises:
        InvalidRequest: the header came twice, or names no version.

    """
    if not values:
        return default or LATEST_VERSION, False
    if len(values) > 1 or "," in values[0]:
        raise InvalidRequest("Too many values for parameter LD-API-Version: send it once")
    value = values[0].strip()
    if value == "beta":
        return LATEST_VERSION, True
    if value not in _BY_NAME:
        raise InvalidRequest(f"LD-API-Version is one of {', '.join(_BY_NAME)}, or beta")
    return _BY_NAME[value], False


def parse_method(method: str, override: str | None) -> str:
    """The verb of a request; a POST may carry another one in `X-HTTP-Method-Override`.

    Raises:
        InvalidRequest: the override is none of PATCH, PUT, DELETE.

    """
    if override is None or method != "POST":
        return method
    meant = override.strip().upper()
    if meant not in OVERRIDABLE:
        raise InvalidRequest("X-HTTP-Method-Override is one of PATCH, PUT, DELETE")
    return meant
