"""Feature flags and segments: what SDKs evaluate."""
