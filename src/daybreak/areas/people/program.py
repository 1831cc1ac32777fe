"""Who it is when nobody asked: what Daybreak does by itself, and what is told on its command line."""

from typing import Final

from daybreak.logic.policy.roles import OWNER
from daybreak.platform.access import Actor

PROGRAM: Final = Actor("program", "program", "Daybreak", (OWNER,), role=OWNER.role_name)
