"""The upload of a list: a form with a file, read piece by piece, whatever its size."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain, islice

import msgspec

from daybreak.areas.flags.list_transfers.model import Mode, Part
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.forms import Form

# So many members are handled in one piece.
PART = 5_000

LONGEST_KEY = 512

# What the first line of a list may be called instead of being a member.
_HEADINGS = {"key", "keys", "contextkey", "context key", "userkey", "user key"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A list that has been sent, and what is to become of it."""

    form: Form

    @property
    def mode(self) -> Mode:
        """Raises InvalidRequest."""
        given = self.form.fields.get("mode", Mode.MERGE.value)
        try:
            return Mode(given)
        except ValueError:
            raise InvalidRequest(f"mode: {given!r} is unknown; known: merge, replace") from None

    @property
    def waits(self) -> bool:
        """Whether the import is to begin only when it is told to."""
        return self.form.fields.get("waitOnApprovals", "").lower() == "true"

    def parts(self) -> Iterator[Part]:
        """Raises InvalidRequest for a line that is no member, naming it."""
        lines = TextIOWrapper(self.form.file, encoding="utf-8-sig", newline="")
        try:
            members = _read_json(lines) if self._is_json else _read_csv(lines)
            yield from _cut(members)
        except UnicodeDecodeError:
            raise InvalidRequest("file: is not UTF-8") from None
        finally:
            lines.detach()

    @property
    def _is_json(self) -> bool:
        return "json" in self.form.content_type or self.form.filename.endswith((".ndjson", ".jsonl"))


def _read_csv(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Keys in the first column; a second one may say `false` of those that are excluded."""
    rows = csv.reader(lines)
    first = next(rows, [])
    is_heading = bool(first) and first[0].strip().lower() in _HEADINGS
    numbered = enumerate(rows if is_heading else chain([first], rows), 2 if is_heading else 1)
    try:
        for number, row in numbered:
            if row and row[0].strip():
                yield _require_key(row[0].strip(), number), not _is_excluded(row, number)
    except csv.Error as error:
        raise InvalidRequest(f"file: line {rows.line_num} is no CSV: {error}") from None


def _is_excluded(row: list[str], number: int) -> bool:
    word = row[1].strip().lower() if len(row) > 1 else "true"
    if word not in {"", "true", "false"}:
        raise InvalidRequest(f"file: line {number}: the second column is true or false, not {word[:20]!r}")
    return word == "false"


class _Member(Body):
    key: str
    included: bool = True


_member = msgspec.json.Decoder(_Member | str)


def _read_json(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """One JSON text in each line: a key, or an object with `key` and perhaps `included`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            member = _member.decode(line)
        except msgspec.DecodeError as error:
            raise InvalidRequest(f"file: line {number}: {error}") from None
        if isinstance(member, str):
            yield _require_key(member, number), True
        else:
            yield _require_key(member.key, number), member.included


def _require_key(key: str, number: int) -> str:
    if not 0 < len(key) <= LONGEST_KEY or "\0" in key:
        raise InvalidRequest(f"file: line {number}: a key has 1 to {LONGEST_KEY} characters")
    return key


def _cut(members: Iterator[tuple[str, bool]]) -> Iterator[Part]:
    while some := list(islice(members, PART)):
        yield Part(
            tuple(key for key, is_included in some if is_included),
            tuple(key for key, is_included in some if not is_included),
        )
