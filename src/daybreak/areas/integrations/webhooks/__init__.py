"""What other systems are told: each entry of the audit log that a webhook waits for, signed and in order."""
