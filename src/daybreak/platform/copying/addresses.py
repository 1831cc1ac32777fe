"""Addresses of databases as they may be told: without the passwords that stand in them."""

from sqlalchemy.engine import URL

# What names a parameter whose value is secret: `password`, `sslpassword`, `oauth_client_secret`.
SIGNS_OF_A_SECRET = ("password", "secret")


def show_address(address: URL) -> str:
    secret = [name for name in address.query if any(sign in name.lower() for sign in SIGNS_OF_A_SECRET)]
    return address.difference_update_query(secret).render_as_string(hide_password=True)
