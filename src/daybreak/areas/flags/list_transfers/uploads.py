"""The upload of a list: a form with a file, read piece by piece, whatever its size."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import chain, islice
from typing import IO

import msgspec
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from daybreak.areas.flags.list_transfers.model import Mode, Part
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body

# So many members are handled in one piece.
PART = 5_000

LONGEST_KEY = 512
LONGEST_FIELD = 1_000
_READ_AT_ONCE = 64 * 1024

# What the first line of a list may be called instead of being a member.
_HEADINGS = {"key", "keys", "contextkey", "context key", "userkey", "user key"}


@dataclass
class Upload:
    """A form that has been read: its short fields, and its file."""

    file: IO[bytes]
    filename: str = ""
    content_type: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def mode(self) -> Mode:
        """Raises InvalidRequest."""
        given = self.fields.get("mode", Mode.MERGE.value)
        try:
            return Mode(given)
        except ValueError:
            raise InvalidRequest(f"mode: {given!r} is unknown; known: merge, replace") from None

    @property
    def waits(self) -> bool:
        """Whether the import is to begin only when it is told to."""
        return self.fields.get("waitOnApprovals", "").lower() == "true"

    def parts(self) -> Iterator[Part]:
        """Raises InvalidRequest for a line that is no member, naming it."""
        lines = TextIOWrapper(self.file, encoding="utf-8-sig", newline="")
        try:
            members = _read_json(lines) if self._is_json else _read_csv(lines)
            yield from _cut(members)
        except UnicodeDecodeError:
            raise InvalidRequest("file: is not UTF-8") from None
        finally:
            lines.detach()

    @property
    def _is_json(self) -> bool:
        return "json" in self.content_type or self.filename.endswith((".ndjson", ".jsonl"))


class _Form:
    """Takes what the parser finds."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._has_file = False
        self._header = self._value = b""
        self._headers: dict[str, bytes] = {}
        self._name = ""
        self._text = b""
        self._is_file = False

    def begin_part(self) -> None:
        self._headers, self._text, self._header, self._value = {}, b"", b"", b""

    def add_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def end_header(self) -> None:
        self._headers[self._header.decode("latin-1").lower()] = self._value
        self._header = self._value = b""

    def end_headers(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = self._name == "file"
        if self._is_file:
            if self._has_file:
                raise InvalidRequest("file: one at a time")
            self._has_file = True
            self._upload.filename = options.get(b"filename", b"").decode("utf-8", "replace")[:256]
            self._upload.content_type = self._headers.get("content-type", b"").decode("latin-1")

    def add(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._upload.file.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > LONGEST_FIELD:
            raise InvalidRequest(f"{self._name}: {LONGEST_FIELD} bytes at most")

    def end_part(self) -> None:
        if not self._is_file:
            self._upload.fields[self._name] = self._text.decode("utf-8", "replace")

    def require_file(self) -> None:
        if not self._has_file:
            raise InvalidRequest("file: is required, with one key in each line")


def read_upload(body: IO[bytes], content_type: str, file: IO[bytes]) -> Upload:
    """The form in a body, whose file is written to `file`. Raises InvalidRequest."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise InvalidRequest("Send a form: Content-Type: multipart/form-data, with a file and a mode")
    upload = Upload(file)
    form = _Form(upload)
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": form.begin_part,
            "on_header_field": form.add_header,
            "on_header_value": form.add_value,
            "on_header_end": form.end_header,
            "on_headers_finished": form.end_headers,
            "on_part_data": form.add,
            "on_part_end": form.end_part,
        },
    )
    try:
        while piece := body.read(_READ_AT_ONCE):
            parser.write(piece)
        parser.finalize()
    except FormParserError as error:
        raise InvalidRequest(f"The form cannot be read: {error}") from None
    form.require_file()
    file.seek(0)
    return upload


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
