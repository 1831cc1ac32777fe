"""Kinds of contexts: `user`, those that callers made, and those that SDKs brought."""
