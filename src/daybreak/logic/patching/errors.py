"""What can go wrong with a patch. The three kinds differ because a client is answered differently:
the patch makes no sense, it does not fit the document, or the document is not what the client expected.
"""


class PatchInvalid(ValueError):
    """The patch itself is malformed, whatever the document."""


class PatchFailed(ValueError):
    """The patch is well formed but cannot be applied to this document."""


class PatchTestFailed(PatchFailed):
    """A `test` operation found something else: the document changed since the client read it."""
