"""`daybreak import launchdarkly` from an account that is a fake: as fixtures, for whoever imports them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daybreak.cli.imports import import_
from fake_account import SDK_KEY, TOKEN, FakeAccount, fake_account
from system.vendor_documents import stock

SECRETS = (TOKEN, SDK_KEY)

Bring = Callable[..., Result]


@pytest.fixture
def fake() -> Iterator[FakeAccount]:
    with fake_account() as running:
        stock(running)
        yield running


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    return tmp_path / "report.json"


@pytest.fixture
def bring_in(database_url: str, fake: FakeAccount, report_file: Path) -> Bring:
    """Runs the command; what it prints holds no secret, and no traceback takes its place."""

    def run(*options: str, token: str = TOKEN) -> Result:
        arguments = ["launchdarkly", "--host", fake.address, "--database", database_url]
        arguments += ["--report", str(report_file), *options]
        result = CliRunner().invoke(import_, arguments, env={"LAUNCHDARKLY_ACCESS_TOKEN": token})
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert not any(secret in result.output for secret in SECRETS)
        return result

    return run
