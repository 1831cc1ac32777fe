"""Whether flags are new, in use, launched or forgotten, told from what SDKs evaluate."""
