"""Secret URLs that turn a feature flag on or off in one environment."""
