"""Where GitHub and GitLab send their webhooks. They carry no token; their secret is checked instead."""

from collections.abc import Collection
from functools import partial

from daybreak.areas.insights.webhooks.operations import take_webhook
from daybreak.areas.insights.webhooks.representation import DeliveryShape
from daybreak.connectors.facts import Provider
from daybreak.rest.routing import Route


def routes(*, github_secret: str, gitlab_token: str, bot_names: Collection[str]) -> list[Route]:
    secrets = {Provider.GITHUB: github_secret, Provider.GITLAB: gitlab_token}
    return [
        Route(
            method="POST",
            path=f"/webhooks/{provider}/{{projectKey}}",
            run=partial(take_webhook, provider=provider, secret=secret, bot_names=bot_names),
            operation=f"post{provider.title()}Webhook",
            tag="Webhooks of providers",
            summary=f"Take in what {provider.title()} tells of a project's repositories",
            public=True,
            raw_body=True,
            answer=DeliveryShape,
            documented=False,
        )
        for provider, secret in secrets.items()
    ]
