"""The one account that an installation is. Its id is the same everywhere, so that copies agree."""

from typing import Final

from daybreak.platform.identifiers import stable_id

ACCOUNT_ID: Final = stable_id("account")
ORGANIZATION: Final = "Daybreak"
