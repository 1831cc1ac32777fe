"""What a flag is set to for one context: its individual target, and what the flag comes to for it."""
