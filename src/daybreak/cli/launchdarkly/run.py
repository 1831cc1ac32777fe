"""The order in which an account comes: people, so that what they maintain finds them; each project with what
is in it; its history; and a last look at what is served there and here.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from daybreak.areas.flags.queries import carried_environment_keys, compare_delivered
from daybreak.areas.projects.intake import carry_project
from daybreak.cli.launchdarkly.contents import Contents
from daybreak.cli.launchdarkly.history import History
from daybreak.cli.launchdarkly.left import count_left
from daybreak.cli.launchdarkly.people import People
from daybreak.cli.launchdarkly.steps import Steps
from daybreak.cli.program import Program
from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.account import Account, Document, SourcePage
from daybreak.connectors.launchdarkly.problems import NotShown, SourceProblem, TokenUnknown
from daybreak.rest.carrying import Source
from daybreak.rest.findings import Findings, Note

# Where there is one answer and no page.
_ONLY: Final = "only"


@dataclass(frozen=True, slots=True)
class Checked:
    """How many flags and segments, counted in each environment, are served as they are there."""

    alike: int
    environments: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run, from the first step that an earlier one has not done."""

    program: Program
    account: Account
    source: Source
    steps: Steps

    def carry(self, project_keys: Sequence[str]) -> tuple[Findings, Checked]:
        """What became of everything. Without keys all projects come. Raises SourceProblem."""
        started_at = self.program.clock.now()
        self._require_token()
        self.steps.begin()
        People(self.account, self.source, self.steps).carry()
        projects = self._list_projects(project_keys)
        environments = {str(each["key"]): self._list_environments(each) for each in projects}
        for project in projects:
            self._carry_project(project, environments[str(project["key"])])
        history = History(self.account, self.source, self.steps)
        read_up_to = history.carry(started_at)
        findings = self.steps.findings
        checked = self._check(environments, findings)
        count_left(self.account, environments, findings)
        with self.program.database.writing() as db:
            self.steps.finish(db)
            history.finish(db, read_up_to)
        return findings, checked

    def _require_token(self) -> None:
        """Not every account tells who is calling; one that does not know the token refuses."""
        with suppress(NotShown):
            self.account.read_one(links.caller())

    def _list_projects(self, keys: Sequence[str]) -> list[Document]:
        try:
            if keys:
                return [self.account.read_one(links.project(key)) for key in dict.fromkeys(keys)]
            return self.account.read_all(links.projects())
        except NotShown as refusal:
            raise SourceProblem(f"A project that was asked for is not shown: {refusal}") from None

    def _list_environments(self, project: Document) -> list[Document]:
        key = str(project["key"])
        try:
            return self.account.read_all(links.environments(key))
        except NotShown as refusal:
            reason = f"could not be read, and nothing that is in them: {refusal}"
            self.steps.tell(_step_of(key), Note("environment", key, reason))
            return []

    def _carry_project(self, project: Document, environments: Sequence[Document]) -> None:
        key = str(project["key"])
        defaults: Any = None
        try:
            defaults = self.account.read_one(links.flag_defaults(key))
        except NotShown as refusal:
            if refusal.status != 404:  # not every account has them
                reason = f"comes without its defaults of new flags: {refusal}"
                self.steps.tell(_step_of(key), Note("project", key, reason))
        self.steps.take(
            _step_of(key),
            ("project", key),
            _ONLY,
            lambda _: SourcePage([project]),
            lambda call, items, findings: carry_project(
                call, self.source, items[0], defaults, environments, findings
            ),
        )
        with self.program.database.reading() as db:
            carried = carried_environment_keys(db, self.source.name, key)
        shown = [each for each in environments if each.get("key") in carried]
        if shown:
            Contents(self.account, self.source, self.steps, key).carry(shown)

    def _check(self, environments: Mapping[str, Sequence[Document]], findings: Findings) -> Checked:
        """Asks as an SDK would, of each environment that came."""
        alike = looked_at = 0
        for project_key, of_project in environments.items():
            with self.program.database.reading() as db:
                carried = carried_environment_keys(db, self.source.name, project_key)
            for environment in of_project:
                place = project_key, str(environment["key"])
                if place[1] not in carried:
                    continue
                try:
                    delivered = self.account.read_delivered(str(environment.get("apiKey", "")))
                except SourceProblem as problem:
                    why = "its SDK key is not shown" if isinstance(problem, TokenUnknown) else problem
                    findings.note("environment", "/".join(place), f"was not compared: {why}")
                    continue
                looked_at += 1
                alike += self._compare(place, delivered, findings)
        return Checked(alike, looked_at)

    def _compare(self, place: tuple[str, str], delivered: Document, findings: Findings) -> int:
        with self.program.database.reading() as db:
            compared = compare_delivered(db, self.source.name, place, delivered)
        if compared is None:
            return 0
        for kind, key, what in compared.differing:
            reason = f"is not served in {place[1]!r} as it is there: {what}"
            findings.note(kind, f"{place[0]}/{key}", reason)
        return compared.alike


def _step_of(project_key: str) -> str:
    return f"project {project_key}"
