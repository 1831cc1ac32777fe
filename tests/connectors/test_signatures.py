"""Signatures of webhooks, against the values GitHub publishes for testing."""

from __future__ import annotations

import pytest

from daybreak.connectors.signatures import verify_github, verify_gitlab

SECRET = b"It's a Secret to Everybody"
BODY = b"Hello, World!"
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


def test_verify_github__published_example__is_valid() -> None:
    assert verify_github(SECRET, BODY, SIGNATURE)


@pytest.mark.parametrize(
    ("secret", "body", "header"),
    [
        (b"another", BODY, SIGNATURE),
        (SECRET, BODY + b"\n", SIGNATURE),
        (SECRET, BODY, SIGNATURE.removeprefix("sha256=")),
        (SECRET, BODY, SIGNATURE.replace("sha256", "sha1")),
        (SECRET, BODY, SIGNATURE[:-1]),
        (SECRET, BODY, "sha256=\udcff\u00e9"),
        (SECRET, BODY, ""),
    ],
)
def test_verify_github__anything_else__is_not(secret: bytes, body: bytes, header: str) -> None:
    assert not verify_github(secret, body, header)


def test_verify_github__no_secret__is_never_valid() -> None:
    signed_with_nothing = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    assert not verify_github(b"", b"", signed_with_nothing)


@pytest.mark.parametrize(
    ("token", "header", "is_valid"),
    [("door", "door", True), ("door", "Door", False), ("door", "", False), ("", "", False), ("é", "é", True)],
)
def test_verify_gitlab__token__must_be_the_same(token: str, header: str, *, is_valid: bool) -> None:
    assert verify_gitlab(token, header) is is_valid
