"""Everything that can be set, with its `DAYBREAK_*` variable and its default. Read once, at start."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import URL

LOOPBACK = ip_network("127.0.0.1/32"), ip_network("::1/128")
LOG_LEVELS = ("debug", "info", "warning", "error")
LARGEST_PORT = 65_535
# A hundred years. Instants so long ago can still be reckoned with.
MOST_DAYS = 36_500


def _setting(variable: str, default: Any, meaning: str, read: Callable[[str], Any] = str) -> Any:
    """`read` reads the text, or each part of what is separated by commas. It raises ValueError with what is
    to be said after the variable's name.
    """
    return field(default=default, metadata={"variable": variable, "meaning": meaning, "read": read})


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        message = f"takes a whole number, not {text!r}"
        raise ValueError(message) from None


def _port(text: str) -> int:
    port = _whole_number(text)
    if not 0 <= port <= LARGEST_PORT:
        message = f"takes a port, from 0 to {LARGEST_PORT}, not {port}"
        raise ValueError(message)
    return port


def _at_least_one(text: str) -> int:
    number = _whole_number(text)
    if number < 1:
        message = f"takes 1 or more, not {number}: with it, no request would be answered"
        raise ValueError(message)
    return number


def _days(fewest: int, reason: str) -> Callable[[str], int]:
    """For how many days something is kept: 0 for ever, or no fewer than it takes, and why."""

    def read(text: str) -> int:
        days = _whole_number(text)
        if days != 0 and days < fewest:
            message = f"takes 0, for ever, or {fewest} days and more: {reason}"
            raise ValueError(message)
        if days > MOST_DAYS:
            message = f"takes {MOST_DAYS:,} days at most, or 0, for ever"
            raise ValueError(message)
        return days

    return read


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        message = f"takes {', '.join(LOG_LEVELS[:-1])} or {LOG_LEVELS[-1]}, not {text!r}"
        raise ValueError(message)
    return text


def _split_address(text: str, *schemes: str) -> SplitResult | None:
    """None of what is no address of a machine."""
    try:
        address = urlsplit(text)
        is_address = address.scheme in schemes and bool(address.hostname) and address.port != 0
    except ValueError:
        return None
    return None if not is_address or address.query or address.fragment or " " in text else address


def _public_url(text: str) -> str:
    address = _split_address(text, "http", "https")
    if text and (address is None or "@" in address.netloc):
        raise ValueError("takes an address that links can begin with, such as https://flags.example")
    return text


def _mail_server(text: str) -> str:
    address = _split_address(text, "smtp", "smtps")
    # What is wrong is not shown: it may be a part of the password.
    if text and (address is None or address.path not in {"", "/"}):
        raise ValueError(
            "takes an address such as smtp://name:password@mail.example:587, where in name and password each "
            "/ is written %2F, ? %3F, # %23, @ %40 and % %25"
        )
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process. Field metadata holds the variable's name and what it means."""

    data_directory: str = _setting(
        "DAYBREAK_DATA_DIR", "data", "folder of the SQLite file, and of events that are not written yet"
    )
    database_url: str = _setting(
        "DAYBREAK_DATABASE_URL",
        "",
        "sqlite:///FILE or postgresql://…; default: daybreak.db in the data folder",
    )
    host: str = _setting("DAYBREAK_HOST", "127.0.0.1", "address to listen on")
    port: int = _setting("DAYBREAK_PORT", 8000, "port to listen on", read=_port)
    bootstrap_token: str = _setting(
        "DAYBREAK_BOOTSTRAP_TOKEN",
        "",
        "on an empty database, the first admin service token; otherwise one is made and printed once",
    )
    log_level: str = _setting("DAYBREAK_LOG_LEVEL", "info", "debug, info, warning or error", read=_log_level)
    largest_body: int = _setting(
        "DAYBREAK_LARGEST_BODY", 5_000_000, "bytes of a request body that are read", read=_at_least_one
    )
    account_rate_limit: int = _setting(
        "DAYBREAK_RATE_LIMIT_ACCOUNT",
        100_000,
        "requests of the whole account in 10 seconds",
        read=_at_least_one,
    )
    route_rate_limit: int = _setting(
        "DAYBREAK_RATE_LIMIT_ROUTE", 50_000, "requests to one operation in 10 seconds", read=_at_least_one
    )
    bot_names: tuple[str, ...] = _setting(
        "DAYBREAK_BOT_NAMES", (), "authors, separated by commas, that count as bots besides *[bot]"
    )
    github_webhook_secret: str = _setting(
        "DAYBREAK_GITHUB_WEBHOOK_SECRET", "", "secret of GitHub webhooks; without it they are refused"
    )
    gitlab_webhook_token: str = _setting(
        "DAYBREAK_GITLAB_WEBHOOK_TOKEN", "", "secret token of GitLab webhooks; without it they are refused"
    )

    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = _setting(
        "DAYBREAK_WEBHOOK_ADDRESSES",
        (),
        "networks, such as 10.0.0.0/8, that webhooks may post to besides public addresses",
        read=ip_network,
    )
    smtp_url: str = _setting(
        "DAYBREAK_SMTP_URL",
        "",
        "mail server, such as smtp://name:password@mail.example:587 or smtps://…; without it links are shown",
        read=_mail_server,
    )
    mail_sender: str = _setting("DAYBREAK_MAIL_SENDER", "daybreak@localhost", "address that mail is from")
    owner_email: str = _setting(
        "DAYBREAK_OWNER_EMAIL", "", "of a new installation's owner; without it the server prints a link"
    )
    owner_password: str = _setting("DAYBREAK_OWNER_PASSWORD", "", "with which that owner first signs in")
    openid_issuer: str = _setting(
        "DAYBREAK_OPENID_ISSUER", "", "URL of a provider of OpenID Connect that people may sign in with"
    )
    openid_client_id: str = _setting(
        "DAYBREAK_OPENID_CLIENT_ID", "", "what the provider knows this server by"
    )
    openid_client_secret: str = _setting("DAYBREAK_OPENID_CLIENT_SECRET", "", "the secret that goes with it")
    openid_name: str = _setting("DAYBREAK_OPENID_NAME", "OpenID Connect", "what the button says")
    openid_role: str = _setting(
        "DAYBREAK_OPENID_ROLE", "", "role of people who are no members yet; without it they are not let in"
    )
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = _setting(
        "DAYBREAK_TRUSTED_PROXIES",
        LOOPBACK,
        "networks of proxies whose X-Forwarded-For says where somebody comes from; default: this machine",
        read=ip_network,
    )
    metrics_networks: tuple[IPv4Network | IPv6Network, ...] = _setting(
        "DAYBREAK_METRICS_NETWORKS",
        LOOPBACK,
        "networks from which /metrics may be read; default: this machine; empty: none",
        read=ip_network,
    )
    metrics_token: str = _setting(
        "DAYBREAK_METRICS_TOKEN", "", "with which /metrics may be read from anywhere, as a bearer token"
    )
    otlp_endpoint: str = _setting(
        "DAYBREAK_OTLP_ENDPOINT",
        "",
        "collector of OpenTelemetry, such as http://127.0.0.1:4318, that traces and logs are sent to",
    )
    public_url: str = _setting(
        "DAYBREAK_PUBLIC_URL",
        "",
        "where the server is reached from elsewhere, such as https://flags.example; default: host and port",
        read=_public_url,
    )

    keep_audit_days: int = _setting(
        "DAYBREAK_KEEP_AUDIT_DAYS",
        0,
        "days that audit log entries are kept, 30 or more; 0: for ever",
        read=_days(30, "webhooks still send entries for days, and people look for what changed last"),
    )
    keep_deployments_days: int = _setting(
        "DAYBREAK_KEEP_DEPLOYMENTS_DAYS",
        0,
        "days after which deployments are added up by the day, 60 or more; 0: never",
        read=_days(60, "scores are explained by the deployments of two periods of 28 days"),
    )
    keep_evaluations_days: int = _setting(
        "DAYBREAK_KEEP_EVALUATIONS_DAYS",
        0,
        "days that evaluations stay counted, 60 or more; 0: for ever",
        read=_days(60, "scores are explained by the evaluations of two periods of 28 days"),
    )
    keep_flag_changes_days: int = _setting(
        "DAYBREAK_KEEP_FLAG_CHANGES_DAYS",
        0,
        "days after which flag changes are added up by the day, 60 or more; 0: never",
        read=_days(60, "scores are explained by the changes of two periods of 28 days"),
    )

    @property
    def address(self) -> str:
        """The URL under which the server is reached, without a slash at the end."""
        return (self.public_url or self.local_address).rstrip("/")

    @property
    def local_address(self) -> str:
        """The URL of what the server listens on."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def database(self) -> str:
        """The database's URL, whether set or derived from the data folder."""
        file = Path(self.data_directory).resolve() / "daybreak.db"
        # Rendered: a folder's name may hold what has a meaning in a URL.
        derived = URL.create("sqlite", database=str(file))
        return self.database_url or derived.render_as_string(hide_password=False)


def read_settings(environ: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Settings from the environment; `given` values that are not None come first.

    Raises:
        ValueError: a variable that cannot be read or would do harm, with its name.

    """
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        variable = entry.metadata["variable"]
        if variable in environ:
            values[entry.name] = _parse(variable, environ[variable], entry.default, entry.metadata["read"])
    return replace(Settings(**values), **{name: value for name, value in given.items() if value is not None})


def _parse(variable: str, text: str, default: object, read: Callable[[str], Any]) -> object:
    try:
        if isinstance(default, tuple):
            return tuple(read(each.strip()) for each in text.split(",") if each.strip())
        return read(text)
    except ValueError as error:
        message = f"{variable} {error}"
        raise ValueError(message) from None
