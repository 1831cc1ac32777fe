"""The audit log of the last 90 days, the newest entries first. What an earlier run has read to its end is not
read again.
"""

from dataclasses import dataclass
from typing import Final

from daybreak.areas.account.intake import carry_entries
from daybreak.cli.launchdarkly.steps import Steps
from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.account import Account, SourcePage
from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Transaction
from daybreak.platform.progress import Step, list_steps, save_step
from daybreak.rest.carrying import Source

DAYS: Final = 90
KIND: Final = "audit-log-entry"

# Entries may become visible a little later than they happened.
_OVERLAP: Final = HOUR
_STEP: Final = "audit log"


@dataclass(frozen=True, slots=True)
class History:
    """That of one account."""

    account: Account
    source: Source
    steps: Steps

    def carry(self, now: int) -> None:
        with self.steps.program.database.reading() as db:
            last = list_steps(db, self._work).get(_STEP)
        after = now - DAYS * DAY
        if last is not None:
            after = max(after, int(last.position) - _OVERLAP)
        self.steps.take(
            _STEP,
            (KIND, ""),
            links.audit_log(after),
            lambda path: self._read(path, after),
            lambda call, items, findings: carry_entries(call, self.source, items, findings),
        )

    def finish(self, db: Transaction, started_at: int) -> None:
        """Everything up to then is here. A log that was not shown is read from its beginning once it is."""
        if not any(note.kind == KIND and not note.key for note in self.steps.findings.notes):
            save_step(db, self._work, _STEP, Step(str(started_at), {}, started_at))

    @property
    def _work(self) -> str:
        return f"history of {self.source.name}"

    def _read(self, path: str, after: int) -> SourcePage:
        """A full page may not say where the next one is: then it is before the last of its entries."""
        page = self.account.read_page(path)
        if page.next or len(page.items) < links.PLAIN_PAGE:
            return page
        further = links.audit_log_before(after, int(page.items[-1].get("date", 0)))
        return SourcePage(page.items, "" if further == path else further, page.total)
