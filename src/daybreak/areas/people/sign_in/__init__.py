"""Signing in: passwords, second factors, sessions, and links that are sent to people."""
