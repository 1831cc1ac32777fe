"""What flags come to for a context that a caller describes. SDKs are served elsewhere, and are counted."""
