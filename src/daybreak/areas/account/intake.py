"""What the account may be told: the history of another one."""

from daybreak.areas.account.imports.operations import carry_entries

__all__ = ["carry_entries"]
