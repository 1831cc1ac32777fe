"""A thread in which all tests of this folder run, one after another.

Playwright's synchronous interface leaves an event loop running in the thread that it was started in; tests of
other folders run loops of their own in the main thread, and could not.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class BrowserThread:
    """Begins with the first call, ends with the process."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser")
        self._own: int | None = None

    def run(self, call: Callable[[], Result]) -> Result:
        """What `call` returns or raises; it may itself be called from within."""
        if threading.get_ident() == self._own:
            return call()
        return self._executor.submit(self._begin, call).result()

    def _begin(self, call: Callable[[], Result]) -> Result:
        self._own = threading.get_ident()
        return call()
