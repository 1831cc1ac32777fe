"""What the doors for SDKs share: keys, answers, and what browsers ask before they send."""
