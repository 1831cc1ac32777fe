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
from daybreak.rest.findings import Note

DAYS: Final = 90
KIND: Final = "audit-log-entry"

# Entries may become visible a little later than they happened.
_OVERLAP: Final = HOUR
_STEP: Final = "audit log"
_BEGUN: Final = "audit log begun at"


@dataclass(frozen=True, slots=True)
class History:
    """That of one account."""

    account: Account
    source: Source
    steps: Steps

    def carry(self, now: int) -> int:
        """Up to when the log is here then: a run that goes on with older pages does not see what happened
        since the first of them was read.
        """
        begun = int(self.steps.keep(_BEGUN, str(now)))
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
        return begun

    def finish(self, db: Transaction, read_up_to: int) -> None:
        """Everything up to then is here. A log that was not shown is read from its beginning once it is."""
        if not any(note.kind == KIND and not note.key for note in self.steps.findings.notes):
            save_step(db, self._work, _STEP, Step(str(read_up_to), {}, read_up_to))

    @property
    def _work(self) -> str:
        return f"history of {self.source.name}"

    def _read(self, path: str, after: int) -> SourcePage:
        """A full page may not say where the next one is: then it begins with the millisecond of the last of
        its entries, where there may be more.
        """
        page = self.account.read_page(path)
        last = page.items[-1].get("date") if len(page.items) >= links.PLAIN_PAGE else None
        if page.next or not isinstance(last, int):
            return page
        before, asked_before = last + 1, links.end_of_audit_log(path)
        if asked_before is not None and before >= asked_before:
            before = asked_before - 1
            reason = "happened together with more than a page shows: some of that may not have come"
            self.steps.tell(_STEP, Note(KIND, str(page.items[-1].get("_id", last)), reason))
        further = links.audit_log_before(after, before) if before > after + 1 else ""
        return SourcePage(page.items, further, page.total)
