"""HTTP/1.1 as uvicorn and httptools read it, with a limit to what comes before a body: they have none."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# The largest that anybody needs is an address with a context in it.
LARGEST_HEAD = 128 * 1024


class LimitedProtocol(HttpToolsProtocol):
    """Ends a connection on which a request line and headers go on and on."""

    _is_in_head = False
    _head = 0

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self.send_400_response(f"An address and headers may have {LARGEST_HEAD} bytes.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head, self._head = True, 0

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        super().on_headers_complete()
