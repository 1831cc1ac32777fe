"""What is in a project: kinds of contexts, then the segments of each environment before the flags that ask
for them, and at last the dates at which their targets end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from daybreak.areas.flags.intake import (
    DatesOf,
    carry_context_kinds,
    carry_dates,
    carry_flags,
    carry_segments,
)
from daybreak.areas.flags.queries import list_with_targets, missing_prerequisites
from daybreak.cli.launchdarkly.steps import Steps
from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.account import Account, Document, SourcePage
from daybreak.connectors.launchdarkly.problems import NotShown, SourceProblem
from daybreak.rest.carrying import Source

# Dates are asked for one flag or segment at a time; so many make a page.
DATES_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class Contents:
    """Those of one project."""

    account: Account
    source: Source
    steps: Steps
    project_key: str
    _early: set[str] = field(default_factory=set)
    """Keys of flags that came before their page, because others need them."""

    def carry(self, environments: Sequence[Document]) -> None:
        key = self.project_key
        self.steps.take(
            f"context kinds of {key}",
            ("context-kind", key),
            links.context_kinds(key),
            self.account.read_page,
            lambda call, items, findings: carry_context_kinds(call, self.source, key, items, findings),
        )
        for environment in environments:
            self._carry_segments(environment)
        for are_archived in (False, True):
            self._carry_flags([str(each["key"]) for each in environments], are_archived=are_archived)
        for environment in environments:
            self._carry_dates(str(environment["key"]))

    def _carry_segments(self, environment: Document) -> None:
        place = self.project_key, str(environment["key"])
        salts: dict[str, str] = {}

        def read(path: str) -> SourcePage:
            page = self.account.read_page(path)
            if page.items and not salts:
                salts.update(self._read_salts(environment))
            return page

        self.steps.take(
            f"segments of {'/'.join(place)}",
            ("segment", "/".join(place)),
            links.segments(*place),
            read,
            lambda call, items, findings: carry_segments(call, self.source, place, items, salts, findings),
        )

    def _read_salts(self, environment: Document) -> dict[str, str]:
        """Those of an environment's segments, which only SDKs are told. None where its key is not shown."""
        try:
            delivered = self.account.read_delivered(str(environment.get("apiKey", "")))
        except SourceProblem:
            return {}
        found = {key: segment.get("salt") for key, segment in delivered["segments"].items()}
        return {key: salt for key, salt in found.items() if isinstance(salt, str) and salt}

    def _carry_flags(self, environment_keys: Sequence[str], *, are_archived: bool) -> None:
        key = self.project_key
        self.steps.take(
            f"{'archived flags' if are_archived else 'flags'} of {key}",
            ("flag", key),
            links.flags(key, are_archived=are_archived),
            lambda path: self._read_flags(path, environment_keys),
            lambda call, items, findings: carry_flags(call, self.source, key, items, findings),
        )

    def _read_flags(self, path: str, environment_keys: Sequence[str]) -> SourcePage:
        """A page, and the flags that those on it need, wherever these are listed."""
        page = self.account.read_flags(self.project_key, path, environment_keys)
        items = [flag for flag in page.items if flag.get("key") not in self._early]
        asked: set[str] = set()
        while missing := self._list_missing(items) - asked:
            asked |= missing
            for key in sorted(missing):
                flag = self.account.read_flag(self.project_key, key)
                if flag is not None:
                    self._early.add(key)
                    items.append(flag)
        return SourcePage(items, page.next, page.total)

    def _list_missing(self, items: Sequence[Document]) -> set[str]:
        with self.steps.program.database.reading() as db:
            return missing_prerequisites(db, self.source.name, self.project_key, items)

    def _carry_dates(self, environment_key: str) -> None:
        place = self.project_key, environment_key
        self.steps.take(
            f"expiring targets of {'/'.join(place)}",
            ("expiring-target", "/".join(place)),
            "0",
            lambda start: self._read_dates(place, int(start)),
            lambda call, items, findings: carry_dates(
                call, self.source, place, [DatesOf(**each) for each in items], findings
            ),
        )

    def _read_dates(self, place: tuple[str, str], start: int) -> SourcePage:
        with self.steps.program.database.reading() as db:
            targeting = list_with_targets(db, self.source.name, place)
        asked = targeting[start : start + DATES_AT_ONCE]
        found = [
            {"kind": kind, "key": key, "documents": self._read_dates_of(kind, key, place)}
            for kind, key in asked
        ]
        end = start + DATES_AT_ONCE
        return SourcePage(found, str(end) if end < len(targeting) else "", len(targeting))

    def _read_dates_of(self, kind: str, key: str, place: tuple[str, str]) -> list[Document]:
        project_key, environment_key = place
        try:
            return self.account.read_page(
                links.expiring_targets(kind, project_key, key, environment_key)
            ).items
        except NotShown as refusal:
            if refusal.status == 404:  # it is gone
                return []
            raise
