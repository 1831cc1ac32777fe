"""Prints the OpenAPI document, as the server answers it, without a server.

python scripts/openapi_document.py > FILE
"""

import sys

from daybreak.app import list_routes
from daybreak.platform.database import Database
from daybreak.platform.mail import Mail
from daybreak.rest.reference import Reference
from daybreak.settings import Settings


def main() -> None:
    # The database is never opened: only what is declared is looked at.
    routes = list_routes(Settings(), Database("sqlite:///nowhere"), Mail("", ""))
    sys.stdout.buffer.write(Reference(routes).document + b"\n")


if __name__ == "__main__":
    main()
