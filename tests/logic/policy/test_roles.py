"""The built-in roles, as a table of who may do what."""

import pytest

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import decide
from daybreak.logic.policy.roles import BUILT_IN_ROLES

ACCOUNT = Address.of(("acct", ""))
PROJECT = Address.of(("proj", "web"))
FLAG = Address.of(("proj", "web"), ("env", "production"), ("flag", "dark-mode"))
ENVIRONMENT = Address.of(("proj", "web"), ("env", "production", {"critical"}))
MEMBER = Address.of(("member", "m1"))
TOKEN = Address.of(("member", "m1"), ("token", "t1"))


@pytest.mark.parametrize(
    ("action", "address", "allowed_roles"),
    [
        ("viewProject", PROJECT, "reader writer admin owner"),
        ("viewSdkKey", ENVIRONMENT, "reader writer admin owner"),
        ("createProject", PROJECT, "writer admin owner"),
        ("updateProjectName", PROJECT, "writer admin owner"),
        ("updateOn", FLAG, "writer admin owner"),
        ("createDeployment", ENVIRONMENT, "writer admin owner"),
        ("reviewChanges", FLAG, "writer admin owner"),
        ("viewMember", MEMBER, "reader writer admin owner"),
        ("updateRole", MEMBER, "admin owner"),
        ("createTeam", Address.of(("team", "web")), "admin owner"),
        ("viewTeam", Address.of(("team", "web")), "reader writer admin owner"),
        ("updatePolicy", Address.of(("role", "builders")), "admin owner"),
        ("createAccessToken", TOKEN, "admin owner"),
        ("createAccessToken", Address.of(("service-token", "t1")), "admin owner"),
        ("createWebhook", Address.of(("webhook", "w1")), "admin owner"),
        ("createRelayAutoConfiguration", Address.of(("relay-proxy-config", "r1")), "admin owner"),
        ("updateOn", Address.of(("integration", "i1")), "admin owner"),
        ("createOAuth2Client", Address.of(("oauth2-client", "o1")), "admin owner"),
        ("updateSessionLength", ACCOUNT, "admin owner"),
        ("updateAccountOwner", ACCOUNT, "owner"),
        ("deleteAccount", ACCOUNT, "owner"),
    ],
)
def test_decide__built_in_roles__allow_exactly_these(
    action: str, address: Address, allowed_roles: str
) -> None:
    allowed = [name for name, policy in BUILT_IN_ROLES.items() if decide([policy], action, address).allowed]
    assert allowed == allowed_roles.split()


def test_built_in_roles__names__are_those_of_the_contract() -> None:
    assert list(BUILT_IN_ROLES) == ["reader", "writer", "admin", "owner", "no_access"]
