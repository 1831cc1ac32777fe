"""Steps of long work: each page is written in one transaction with the word that it was, so that a run that
was killed goes on after the last page that is there whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from rich.progress import Progress

from daybreak.cli.program import Program
from daybreak.connectors.launchdarkly.account import SourcePage, follow
from daybreak.connectors.launchdarkly.problems import NotShown
from daybreak.logic.policy.roles import ADMIN
from daybreak.platform.access import Actor
from daybreak.platform.clock import DAY
from daybreak.platform.database import Transaction
from daybreak.platform.progress import Step, forget_steps, list_steps, save_step
from daybreak.rest.call import Call
from daybreak.rest.findings import Findings, Note, together

ACTOR: Final = Actor("import", "import", "daybreak import launchdarkly", (ADMIN,), role="admin")

# What was read longer ago is no longer how it is there: the run begins anew.
WORTH_KEEPING: Final = DAY

Read = Callable[[str], SourcePage]
Write = Callable[[Call, Sequence[dict[str, Any]], Findings], None]


@dataclass(slots=True)
class Steps:
    """The steps of one run. `work` names it, the same each time it is begun."""

    program: Program
    work: str
    progress: Progress
    known: dict[str, Step] = field(default_factory=dict)
    found: dict[str, Findings] = field(default_factory=dict)

    def begin(self) -> None:
        """Takes up what an earlier run has done, unless that is long ago."""
        with self.program.database.writing() as db:
            self.known = list_steps(db, self.work)
            now = self.program.clock.now()
            if any(step.at < now - WORTH_KEEPING for step in self.known.values()):
                forget_steps(db, self.work)
                self.known = {}
        self.found = {name: msgspec.convert(step.findings, Findings) for name, step in self.known.items()}

    def finish(self, db: Transaction) -> None:
        """The next run begins anew."""
        forget_steps(db, self.work)

    def keep(self, name: str, value: str) -> str:
        """What an earlier run has kept under that name; where none has, this value is kept."""
        if name not in self.known:
            self.known[name] = Step(value, {}, self.program.clock.now())
            with self.program.database.writing() as db:
                save_step(db, self.work, name, self.known[name])
        return self.known[name].position

    def tell(self, name: str, note: Note) -> None:
        """Once, in the findings of a step, which are saved with its next page."""
        findings = self.found.setdefault(name, Findings())
        if note not in findings.notes:
            findings.notes.append(note)

    @property
    def findings(self) -> Findings:
        """Of all steps, earlier runs included."""
        return together(self.found.values())

    def take(self, name: str, about: tuple[str, str], first: str, read: Read, write: Write) -> None:
        """Reads page after page from `first` on, and writes each. What the account does not show is told in
        the findings: `about` are the kind and the place of what is read.
        """
        step = self.known.get(name)
        if step is not None and not step.position:
            return
        findings = self.found.setdefault(name, Findings())
        task = self.progress.add_task(name, total=None)

        def read_or_tell(path: str) -> SourcePage:
            try:
                return read(path)
            except NotShown as refusal:
                findings.note(*about, f"could not be read: {refusal}")
                return SourcePage([])

        for page in follow(first if step is None else step.position, read_or_tell):
            with self.program.database.writing() as db:
                now = self.program.clock.now()
                write(Call(db, ACTOR, now), page.items, findings)
                save_step(db, self.work, name, Step(page.next, msgspec.to_builtins(findings), now))
            self.progress.update(task, advance=len(page.items), total=page.total)
        self.progress.remove_task(task)
