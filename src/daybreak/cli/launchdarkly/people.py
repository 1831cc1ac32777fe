"""Custom roles, then the teams that share them, then the members who belong to these."""

from dataclasses import dataclass

from daybreak.areas.people.intake import carry_members, carry_roles, carry_teams
from daybreak.cli.launchdarkly.steps import Steps
from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.account import Account, Document, SourcePage
from daybreak.rest.carrying import Source


@dataclass(frozen=True, slots=True)
class People:
    """Those of one account."""

    account: Account
    source: Source
    steps: Steps

    def carry(self) -> None:
        read, source = self.account.read_page, self.source
        self.steps.take(
            "roles",
            ("role", ""),
            links.roles(),
            read,
            lambda call, items, findings: carry_roles(call, source, items, findings),
        )
        self.steps.take(
            "teams",
            ("team", ""),
            links.teams(),
            self._read_teams,
            lambda call, items, findings: carry_teams(call, source, items, findings),
        )
        self.steps.take(
            "members",
            ("member", ""),
            links.members(),
            read,
            lambda call, items, findings: carry_members(call, source, items, findings),
        )

    def _read_teams(self, path: str) -> SourcePage:
        """With their roles, which lists do not show."""
        page = self.account.read_page(path)
        teams = [self._read_team(str(team.get("key"))) for team in page.items]
        return SourcePage(teams, page.next, page.total)

    def _read_team(self, key: str) -> Document:
        team = self.account.read_one(links.team(key))
        roles = team.get("roles", {})
        if roles.get("totalCount", 0) > len(roles.get("items", [])):
            team["roles"] = {"items": self.account.read_all(links.roles_of_team(key))}
        return team
