"""An account as pages of plain values: what its JSON says by null is left out, as is what it does not say."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from daybreak.connectors.launchdarkly import links
from daybreak.connectors.launchdarkly.client import Client
from daybreak.connectors.launchdarkly.problems import NotShown, SourceProblem
from daybreak.platform.clock import Clock

Document = dict[str, Any]

# How many environments a list of flags is asked for at once: answers grow with each.
ENVIRONMENTS_AT_ONCE: Final = 3

# Below these names stand values that belong to somebody else: null means something there.
_VALUES: Final = frozenset({"value", "values"})


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Some resources, and where the next ones are: `next` is empty on the last page. `total` is of all pages,
    where the account tells it.
    """

    items: list[Document]
    next: str = ""
    total: int | None = None


class Account:
    """What one access token sees of an account."""

    def __init__(
        self,
        host: str,
        token: str,
        clock: Clock,
        sleep: Callable[[float], None],
        *,
        host_of_sdks: str | None = None,
    ) -> None:
        """`sleep` takes seconds. Raises SourceProblem for what is no address of a host."""
        self._token = token
        self._client = Client(host, clock, sleep)
        self._sdks = Client(host_of_sdks or links.host_of_sdks(self._client.host), clock, sleep)

    @property
    def host(self) -> str:
        return self._client.host

    def close(self) -> None:
        self._client.close()
        self._sdks.close()

    def read_one(self, path: str) -> Document:
        """Raises SourceProblem."""
        answer = without_nulls(self._client.read(path, self._token))
        if not isinstance(answer, dict):
            raise SourceProblem(f"{self.host} answered with something else than one resource")
        return answer

    def read_page(self, path: str, *, is_beta: bool = False) -> SourcePage:
        """Raises SourceProblem."""
        answer = self._client.read(path, self._token, is_beta=is_beta)
        items = answer.get("items") if isinstance(answer, dict) else None
        if items is None and isinstance(answer, dict):
            items = []
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise SourceProblem(f"{self.host} answered with something else than a list")
        total = answer.get("totalCount")
        return SourcePage(
            [without_nulls(item) for item in items],
            _next(answer, path),
            total if isinstance(total, int) else None,
        )

    def read_all(self, path: str) -> list[Document]:
        """The items of all pages, each of which has a key. Raises SourceProblem."""
        found = [item for page in follow(path, self.read_page) for item in page.items]
        if not all(isinstance(item.get("key"), str) for item in found):
            raise SourceProblem(f"{self.host} answered with something that has no key")
        return found

    def count(self, path: str, *, is_beta: bool = False) -> int:
        """How many items there are; `path` may lead to a page with few of them. Raises SourceProblem."""
        page = self.read_page(path, is_beta=is_beta)
        return len(page.items) if page.total is None else page.total

    def read_flags(self, project_key: str, path: str, environment_keys: Sequence[str]) -> SourcePage:
        """A page of flags with all of their configuration in these environments. Raises SourceProblem."""
        chunks = [
            environment_keys[start : start + ENVIRONMENTS_AT_ONCE]
            for start in range(0, len(environment_keys), ENVIRONMENTS_AT_ONCE)
        ]
        first, *others = [self.read_page(links.configured(path, chunk)) for chunk in chunks or [()]]
        by_key = {str(flag.get("key")): flag for flag in first.items}
        for page in others:
            for flag in page.items:
                known = by_key.get(str(flag.get("key")))
                if known is not None:
                    known["environments"] = known.get("environments", {}) | flag.get("environments", {})
        # The list may have moved between two answers.
        complete = [
            flag
            if set(environment_keys) <= set(flag.get("environments", {}))
            else self.read_flag(project_key, key)
            for key, flag in by_key.items()
        ]
        next_page = links.without_configuration(first.next) if first.next else ""
        return SourcePage([flag for flag in complete if flag is not None], next_page, first.total)

    def read_flag(self, project_key: str, key: str) -> Document | None:
        """With its configuration in all environments; None where it is gone. Raises SourceProblem."""
        try:
            return self.read_one(links.flag(project_key, key))
        except NotShown as refusal:
            if refusal.status == 404:
                return None
            raise

    def read_delivered(self, sdk_key: str) -> Document:
        """Flags and segments of an environment as SDKs are sent them. Raises SourceProblem."""
        answer = self._sdks.read(links.DELIVERED, sdk_key)
        if not isinstance(answer, dict) or not {"flags", "segments"} <= answer.keys():
            raise SourceProblem(f"{self._sdks.host} answered with something else than flags and segments")
        return answer


def follow(path: str, read: Callable[[str], SourcePage]) -> Iterator[SourcePage]:
    """Page after page. Raises SourceProblem where one leads back to an earlier one, which would never end."""
    asked: set[str] = set()
    while path:
        if path in asked:
            raise SourceProblem("The link to the next page leads back to one that was read before")
        asked.add(path)
        page = read(path)
        yield page
        path = page.next


def _next(answer: Document, path: str) -> str:
    """The next page's path, where there is one."""
    link = (answer.get("_links") or {}).get("next") or {}
    href = link.get("href")
    if not isinstance(href, str) or not href:
        return ""
    if links.require_own(href) == path:
        raise SourceProblem("The link to the next page leads back to the same one")
    return href


def without_nulls(value: Any) -> Any:
    """Objects without the members that are null. What lies in the values of variations and clauses stays as
    it is; where there are none, the list is empty.
    """
    if isinstance(value, dict):
        return {
            name: ([] if member is None and name == "values" else member)
            if name in _VALUES
            else without_nulls(member)
            for name, member in value.items()
            if member is not None or name in _VALUES
        }
    if isinstance(value, list):
        return [without_nulls(member) for member in value]
    return value
