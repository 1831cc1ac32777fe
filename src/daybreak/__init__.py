"""Daybreak: release intelligence and feature flags."""

__version__ = "0.1.0"
