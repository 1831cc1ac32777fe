"""Reads a LaunchDarkly account, or another Daybreak, through its public REST API."""
