"""Contexts as SDKs bring them: learnt from events, searched, and forgotten."""
