"""Who follows a feature flag in an environment."""
