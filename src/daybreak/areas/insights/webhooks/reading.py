"""From the bytes of a webhook to facts: is it from whom it claims to be, and what does it say? Pure."""

from urllib.parse import parse_qsl

from daybreak.areas.insights.webhooks.model import Delivery, Sent
from daybreak.connectors.facts import (
    Fact,
    Nothing,
    Provider,
    Reading,
    ReleasePublished,
    WorkflowRunSeen,
)
from daybreak.connectors.github import parse_github
from daybreak.connectors.gitlab import parse_gitlab
from daybreak.connectors.signatures import verify_github, verify_gitlab
from daybreak.platform.columns import Json
from daybreak.platform.errors import Forbidden, InvalidRequest, Unauthorized
from daybreak.platform.identifiers import digest
from daybreak.rest.parsing import parse_json

VARIABLES = {
    Provider.GITHUB: "DAYBREAK_GITHUB_WEBHOOK_SECRET",
    Provider.GITLAB: "DAYBREAK_GITLAB_WEBHOOK_TOKEN",
}

_FORM = "application/x-www-form-urlencoded"
_LONGEST_ID = 200


def require_genuine(sent: Sent, secret: str) -> None:
    """Passes when the sender knew the secret.

    Raises:
        Forbidden: this server was given no secret, so it could believe nobody.
        Unauthorized: the proof is missing or wrong.

    """
    if not secret:
        raise Forbidden(f"Webhooks of {sent.provider} are refused until {VARIABLES[sent.provider]} is set")
    if sent.provider is Provider.GITHUB:
        is_genuine = verify_github(secret.encode(), sent.raw, sent.header(b"x-hub-signature-256"))
    else:
        is_genuine = verify_gitlab(secret, sent.header(b"x-gitlab-token"))
    if not is_genuine:
        raise Unauthorized("The webhook's secret is missing or wrong")


def parse_delivery(sent: Sent) -> Delivery:
    """What a genuine delivery says. Raises InvalidRequest for a body that is not JSON."""
    if sent.provider is Provider.GITHUB:
        id = sent.header(b"x-github-delivery")
        reading = parse_github(sent.header(b"x-github-event"), _parse_body(sent))
    else:
        id = sent.header(b"x-gitlab-event-uuid")
        reading = parse_gitlab(_parse_body(sent))
    if not id or len(id) > _LONGEST_ID:
        id = digest(sent.raw.decode("latin-1"))
    return Delivery(sent.provider, id, _telling(reading))


def _telling(reading: Reading) -> tuple[Fact, ...]:
    """Which workflow runs and releases deploy, and where to, only their owner could say."""
    facts = () if isinstance(reading, Nothing) else reading
    return tuple(fact for fact in facts if not isinstance(fact, WorkflowRunSeen | ReleasePublished))


def _parse_body(sent: Sent) -> Json:
    if sent.header(b"content-type").split(";")[0].strip().lower() != _FORM:
        return parse_json(sent.raw)
    # GitHub can be set to send a form; the JSON is its one field.
    try:
        form = dict(parse_qsl(sent.raw.decode(), strict_parsing=True, errors="strict", max_num_fields=10))
    except ValueError:
        raise InvalidRequest("The body is not a form") from None
    return parse_json(form.get("payload", "").encode())
