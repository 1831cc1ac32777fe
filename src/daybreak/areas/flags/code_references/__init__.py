"""Code references: where the code of repositories mentions feature flags, as scans of branches tell it."""
