"""The door for SDKs that read: flags as they are now, and as they change."""
