"""Forms with a file, read piece by piece, whatever their size."""

from dataclasses import dataclass, field
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from daybreak.platform.errors import InvalidRequest

LONGEST_FIELD = 1_000
_READ_AT_ONCE = 64 * 1024


@dataclass
class Form:
    """A form that has been read: its short fields, and its file, which the form calls `file`."""

    file: IO[bytes]
    filename: str = ""
    content_type: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Takes what the parser finds."""

    def __init__(self, form: Form) -> None:
        self._form = form
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
            self._form.filename = options.get(b"filename", b"").decode("utf-8", "replace")[:256]
            self._form.content_type = self._headers.get("content-type", b"").decode("latin-1")

    def add(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._form.file.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > LONGEST_FIELD:
            raise InvalidRequest(f"{self._name}: {LONGEST_FIELD} bytes at most")

    def end_part(self) -> None:
        if not self._is_file:
            self._form.fields[self._name] = self._text.decode("utf-8", "replace")

    def require_file(self) -> None:
        if not self._has_file:
            raise InvalidRequest("file: is required")


def read_form(body: IO[bytes], content_type: str, file: IO[bytes]) -> Form:
    """The form in a body, whose file is written to `file`. Raises InvalidRequest."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise InvalidRequest("Send a form: Content-Type: multipart/form-data, with a file")
    form = Form(file)
    reader = _Reader(form)
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": reader.begin_part,
            "on_header_field": reader.add_header,
            "on_header_value": reader.add_value,
            "on_header_end": reader.end_header,
            "on_headers_finished": reader.end_headers,
            "on_part_data": reader.add,
            "on_part_end": reader.end_part,
        },
    )
    try:
        while piece := body.read(_READ_AT_ONCE):
            parser.write(piece)
        parser.finalize()
    except FormParserError as error:
        raise InvalidRequest(f"The form cannot be read: {error}") from None
    reader.require_file()
    file.seek(0)
    return form
