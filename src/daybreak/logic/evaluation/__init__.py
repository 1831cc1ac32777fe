"""From a flag and a context to a value and the reason for it, as every SDK of the protocol evaluates."""
