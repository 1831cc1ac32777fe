"""What a list of flags shows of code references, and finds flags by. Default branches alone count, of
repositories that the caller may see.
"""

from collections.abc import Collection, Mapping
from typing import Annotated

import msgspec
from sqlalchemy import ColumnElement, true

from daybreak.areas.flags.code_references.representation import StatisticShape, represent_statistics
from daybreak.areas.flags.code_references.resource import CODE_REPOSITORY
from daybreak.areas.flags.code_references.store import (
    about_flags,
    keys_with_more_files,
    list_counts,
    repositories_by_id,
)
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.filtering import Filter, parse_filter
from daybreak.rest.operations import visible

MINIMUM, MAXIMUM = "codeReferences.min", "codeReferences.max"

_Count = Annotated[int, msgspec.Meta(ge=0, le=10**9)]


def statistics_of(
    call: Call, project_key: str, flag_keys: Collection[str]
) -> Mapping[str, list[StatisticShape]]:
    """By the flag's key, an entry for each repository that mentions it. Two queries."""
    where = [*visible(call, CODE_REPOSITORY), about_flags(flag_keys)]
    counts = list_counts(call.db, project_key, where=where)
    repositories = repositories_by_id(call.db, {count.repository_id for count in counts})
    return represent_statistics(project_key, counts, repositories).flags


def reference_filters(
    call: Call, project_key: str, flag_key: ColumnElement[str], text: str | None
) -> Mapping[str, Filter]:
    """Filters by the number of files that mention a flag, whose key is in the column `flag_key`."""
    asked = dict(parse_filter(text))
    seen = visible(call, CODE_REPOSITORY) if {MINIMUM, MAXIMUM} & asked.keys() else []

    def at_least(value: str) -> ColumnElement[bool]:
        count = _parse_count(MINIMUM, value)
        return flag_key.in_(keys_with_more_files(project_key, count - 1, seen)) if count else true()

    def at_most(value: str) -> ColumnElement[bool]:
        return flag_key.not_in(keys_with_more_files(project_key, _parse_count(MAXIMUM, value), seen))

    return {MINIMUM: at_least, MAXIMUM: at_most}


def _parse_count(name: str, text: str) -> int:
    try:
        return msgspec.convert(text, _Count, strict=False)
    except msgspec.ValidationError:
        raise InvalidRequest(f"filter: {name} is a whole number of files") from None
