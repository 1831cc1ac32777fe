"""What the address of a remote tells."""

from __future__ import annotations

import pytest

from daybreak.connectors.git.repository import parse_address


@pytest.mark.parametrize(
    ("remote", "key", "url"),
    [
        ("https://example.com/acme/web.git", "acme/web", "https://example.com/acme/web"),
        ("https://joe:secret@example.com/acme/web", "acme/web", "https://example.com/acme/web"),
        ("git@example.com:acme/web.git", "acme/web", "https://example.com/acme/web"),
        (
            "ssh://git@example.com:2222/acme/tools/web.git",
            "acme/tools/web",
            "https://example.com/acme/tools/web",
        ),
        ("https://example.com/acme/w%C3%A9b~1", "acme/w-C3-A9b-1", "https://example.com/acme/w%C3%A9b~1"),
        ("/home/someone/web", "web", None),
        ("file:///home/someone/web.git", "web", None),
        ("../web", "web", None),
        ("ssh://[nowhere/web", None, None),
        ("", None, None),
    ],
)
def test_parse_address__each_form__gives_key_and_address_without_credentials(
    remote: str, key: str | None, url: str | None
) -> None:
    assert parse_address(remote) == (key, url)
