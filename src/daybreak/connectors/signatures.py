"""Whether a webhook comes from whom it claims to: compared in constant time, never valid without a secret."""

from __future__ import annotations

import hashlib
import hmac

GITHUB_PREFIX = "sha256="


def verify_github(secret: bytes, body: bytes, header: str) -> bool:
    """`header` is X-Hub-Signature-256; `body` the bytes as they came, before any decoding."""
    expected = GITHUB_PREFIX + hmac.new(secret, body, hashlib.sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(expected.encode(), header.strip().encode("utf-8", "replace"))


def verify_gitlab(token: str, header: str) -> bool:
    """`header` is X-Gitlab-Token: GitLab sends the secret itself."""
    return bool(token) and hmac.compare_digest(token.encode(), header.encode("utf-8", "replace"))
