"""Everything that can be set, with its `DAYBREAK_*` variable and its default. Read once, at start."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

LOOPBACK = ip_network("127.0.0.1/32"), ip_network("::1/128")


def _setting(variable: str, default: Any, meaning: str, part: Callable[[str], Any] = str) -> Any:
    """`part` reads each part of what is separated by commas. It raises ValueError."""
    return field(default=default, metadata={"variable": variable, "meaning": meaning, "part": part})


# Of settings that say for how many days something is kept, besides 0 for ever: the fewest, and why.
_FEWEST_DAYS = {
    "keep_audit_days": (30, "webhooks still send entries for days, and people look for what changed last"),
    "keep_deployments_days": (60, "scores are explained by the deployments of two periods of 28 days"),
    "keep_evaluations_days": (60, "scores are explained by the evaluations of two periods of 28 days"),
    "keep_flag_changes_days": (60, "scores are explained by the changes of two periods of 28 days"),
}


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
    port: int = _setting("DAYBREAK_PORT", 8000, "port to listen on")
    bootstrap_token: str = _setting(
        "DAYBREAK_BOOTSTRAP_TOKEN",
        "",
        "on an empty database, the first admin service token; otherwise one is made and printed once",
    )
    log_level: str = _setting("DAYBREAK_LOG_LEVEL", "info", "debug, info, warning or error")
    largest_body: int = _setting("DAYBREAK_LARGEST_BODY", 5_000_000, "bytes of a request body that are read")
    account_rate_limit: int = _setting(
        "DAYBREAK_RATE_LIMIT_ACCOUNT", 100_000, "requests of the whole account in 10 seconds"
    )
    route_rate_limit: int = _setting(
        "DAYBREAK_RATE_LIMIT_ROUTE", 50_000, "requests to one operation in 10 seconds"
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
        part=ip_network,
    )
    smtp_url: str = _setting(
        "DAYBREAK_SMTP_URL",
        "",
        "mail server, such as smtp://name:password@mail.example:587 or smtps://…; without it links are shown",
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
        part=ip_network,
    )
    metrics_networks: tuple[IPv4Network | IPv6Network, ...] = _setting(
        "DAYBREAK_METRICS_NETWORKS",
        LOOPBACK,
        "networks from which /metrics may be read; default: this machine; empty: none",
        part=ip_network,
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
    )

    keep_audit_days: int = _setting(
        "DAYBREAK_KEEP_AUDIT_DAYS", 0, "days that audit log entries are kept, 30 or more; 0: for ever"
    )
    keep_deployments_days: int = _setting(
        "DAYBREAK_KEEP_DEPLOYMENTS_DAYS",
        0,
        "days after which deployments are added up by the day, 60 or more; 0: never",
    )
    keep_evaluations_days: int = _setting(
        "DAYBREAK_KEEP_EVALUATIONS_DAYS", 0, "days that evaluations stay counted, 60 or more; 0: for ever"
    )
    keep_flag_changes_days: int = _setting(
        "DAYBREAK_KEEP_FLAG_CHANGES_DAYS",
        0,
        "days after which flag changes are added up by the day, 60 or more; 0: never",
    )

    @property
    def address(self) -> str:
        """The URL under which the server is reached, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """The database's URL, whether set or derived from the data folder."""
        return self.database_url or f"sqlite:///{Path(self.data_directory).resolve() / 'daybreak.db'}"


def read_settings(environ: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Settings from the environment; `given` values that are not None come first.

    Raises:
        ValueError: a variable that cannot be read or would do harm, with its name.

    """
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        variable = entry.metadata["variable"]
        if variable in environ:
            values[entry.name] = _parse(variable, environ[variable], entry.default, entry.metadata["part"])
    settings = Settings(**values)
    _require_days(settings)
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def _require_days(settings: Settings) -> None:
    variables = {entry.name: entry.metadata["variable"] for entry in fields(Settings)}
    for name, (fewest, reason) in _FEWEST_DAYS.items():
        days = getattr(settings, name)
        if days != 0 and days < fewest:
            message = f"{variables[name]} takes 0, for ever, or {fewest} days and more: {reason}"
            raise ValueError(message)


def _parse(variable: str, text: str, default: object, part: Callable[[str], Any]) -> object:
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            message = f"{variable} takes a whole number, not {text!r}"
            raise ValueError(message) from None
    if isinstance(default, tuple):
        try:
            return tuple(part(each.strip()) for each in text.split(",") if each.strip())
        except ValueError as error:
            message = f"{variable}: {error}"
            raise ValueError(message) from None
    return text
