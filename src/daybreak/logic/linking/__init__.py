"""Proves which change was delivered by which deployment, and which deployment failed."""
