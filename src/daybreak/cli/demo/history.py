"""A schedule with commits, pull requests and versions: what git and GitHub would tell of the made-up shop.

Hashes and numbers are the same at any time, so that a version can be named long after it was deployed. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from daybreak.cli.demo.applications import DemoApplication
from daybreak.cli.demo.schedule import Kind, Landing, make_schedule, spread
from daybreak.connectors.facts import Provider, PullRequestSeen, PullRequestState, RepositorySeen
from daybreak.connectors.git.commits import GitCommit
from daybreak.connectors.git.differences import LineCounts
from daybreak.connectors.git.repository import RepositoryFacts
from daybreak.connectors.message import MessageMarks
from daybreak.platform.clock import DAY, HOUR

BRANCH = "main"
BOT = "dependabot[bot]"
WAYS = (
    "Show {} sooner", "Make {} easier to read", "Fix {} on slow lines", "Measure {}", "Put {} behind a flag",
    "Test {} from end to end", "Remember {} between visits", "Tidy up {}", "Translate {}", "Log less of {}",
    "Check {} twice",
)  # fmt: skip
STEPS = ("{}", "Answer the review", "Say why in a test")


@dataclass(frozen=True, slots=True)
class Deployed:
    """One run of the pipeline, with the commit it took."""

    sha: str
    name: str
    started_at: int
    ended_at: int
    has_failed: bool


@dataclass(frozen=True, slots=True)
class DemoHistory:
    """`commits` have parents before children; `lines` are of those in no pull request."""

    repository: RepositoryFacts
    seen: RepositorySeen
    commits: Sequence[GitCommit]
    lines: dict[str, LineCounts]
    pull_requests: Sequence[PullRequestSeen]
    deployed: Sequence[Deployed]


def make_history(application: DemoApplication, now: int) -> DemoHistory:
    schedule = make_schedule(application, now)
    writer = _Writer(application)
    tips = [(landing.at, writer.land(landing)) for landing in schedule.landings]
    deployed: list[Deployed] = []
    names: dict[str, str] = {}
    good: list[str] = []
    for start in schedule.starts:
        sha = good[-2] if start.goes_back else [tip for at, tip in tips if at <= start.at][-1]
        name = names.setdefault(sha, f"v2.{len(names)}.0")
        if not start.has_failed:
            good.append(sha)
        again = f"{name}-again" if start.goes_back else name
        deployed.append(Deployed(sha, again, start.at, start.ended_at, start.has_failed))
    writer.leave_open(now)
    return DemoHistory(
        RepositoryFacts(
            application.repository, writer.seen.url, BRANCH, writer.tip,
            is_shallow=False, is_partial=False, boundary=frozenset(),
        ),
        writer.seen, writer.commits, writer.lines, writer.pull_requests, deployed,
    )  # fmt: skip


def latest_version(application: DemoApplication) -> str:
    """What of the application is deployed now, as SDKs name it."""
    return make_history(application, 0).deployed[-1].sha


@dataclass
class _Writer:
    """Writes the main branch, change by change."""

    application: DemoApplication
    tip: str = ""
    commits: list[GitCommit] = field(default_factory=list)
    lines: dict[str, LineCounts] = field(default_factory=dict)
    pull_requests: list[PullRequestSeen] = field(default_factory=list)

    @property
    def seen(self) -> RepositorySeen:
        key = self.application.repository
        return RepositorySeen(Provider.GITHUB, key, f"https://github.example/{key}", BRANCH)

    def land(self, landing: Landing) -> str:
        """The commit that the main branch ends in by then."""
        if landing.kind in {Kind.LONE_COMMIT, Kind.FIX}:
            title = self._title()
            subject = f"Hotfix: {title[0].lower()}{title[1:]}" if landing.kind is Kind.FIX else title
            sha = self._commit(subject, self._author(), landing.at - landing.lead, landing.at, self.tip)
            self.lines[sha] = LineCounts(1, *self._count_lines(40))
        else:
            sha = self._merge(landing)
        self.tip = sha
        return sha

    def leave_open(self, now: int) -> None:
        """What people are at work on, a draft among it."""
        for days, is_draft in ((6, False), (2, False), (1, True)):
            title, created_at = self._title(), now - days * DAY + HOUR
            base = self.tip
            head = self._commit(title, self._author(), created_at - 5 * HOUR, created_at - 5 * HOUR, base)
            ready_at = None if is_draft else created_at
            self._see(title, _slug(title), self._author(), created_at, ready_at, None, head, base, 1)

    def _merge(self, landing: Landing) -> str:
        number = len(self.pull_requests) + 1
        author, title, branch, commits = self._author(), self._title(), "", 1 + number % len(STEPS)
        if landing.kind is Kind.BOTS_PULL_REQUEST:
            package = self.application.package
            author, title, commits = BOT, f"Bump {package} from 4.{number}.0 to 4.{number + 1}.0", 1
            branch = f"dependabot/{package}-4.{number + 1}.0"
        elif landing.kind is Kind.REVERT:
            reverted = self.pull_requests[-1]
            title, commits = f'Revert "{reverted.title}"', 1
            branch = f"revert-{reverted.number}-{reverted.head_branch}"
        branch = branch or _slug(title)
        began_at = landing.at - landing.lead
        ready_at = began_at + int(landing.lead * (0.4 + 0.3 * spread(number, 1)))
        base = head = self.tip
        for step in range(commits):
            # The last one shortly before others are asked to look at it.
            at = began_at + (ready_at - began_at) * step // commits
            head = self._commit(STEPS[step].format(title), author, at, at, head)
        subject = f"Merge pull request #{number} from shop/{branch}"
        sha = self._commit(subject, self._author(), landing.at, landing.at, base, head)
        created_at = began_at + (ready_at - began_at) // 2
        self._see(title, branch, author, created_at, ready_at, landing.at, head, base, commits, sha)
        return sha

    def _see(
        self,
        title: str,
        branch: str,
        author: str,
        created_at: int,
        ready_at: int | None,
        merged_at: int | None,
        head: str,
        base: str,
        commits: int,
        merge: str | None = None,
    ) -> None:
        number = len(self.pull_requests) + 1
        additions, deletions = self._count_lines(12 if author == BOT else 420)
        self.pull_requests.append(
            PullRequestSeen(
                repository=self.seen,
                action="opened" if merged_at is None else "closed",
                seen_at=merged_at or created_at,
                number=number,
                external_id=str(number),
                title=title,
                state=PullRequestState.OPEN if merged_at is None else PullRequestState.MERGED,
                is_draft=ready_at is None,
                author=author,
                author_is_bot=author == BOT,
                created_at=created_at,
                ready_at=ready_at,
                merged_at=merged_at,
                closed_at=merged_at,
                base_branch=BRANCH,
                base_sha=base,
                head_branch=branch,
                head_sha=head,
                merge_sha=merge,
                squash_sha=None,
                additions=additions,
                deletions=deletions,
                changed_files=1 + additions // 60,
                commit_count=commits,
                labels=("dependencies",) if author == BOT else (),
                url=f"{self.seen.url}/pull/{number}",
            )
        )

    def _commit(self, subject: str, author: str, authored_at: int, committed_at: int, *parents: str) -> str:
        name = f"{self.application.key} {len(self.commits)}"
        sha = sha256(name.encode()).hexdigest()[:40]
        known = tuple(parent for parent in dict.fromkeys(parents) if parent)
        self.commits.append(
            GitCommit(
                sha=sha,
                parents=known,
                parents_known=True,
                authored_at=authored_at,
                committed_at=committed_at,
                author=author,
                author_is_bot=author == BOT,
                subject=subject,
                marks=MessageMarks(),
                paths=None,
            )
        )
        return sha

    def _author(self) -> str:
        team = self.application.team
        return team[int(spread(len(self.commits)) * len(team))]

    def _title(self) -> str:
        things, number = self.application.things, len(self.commits)
        return WAYS[number % len(WAYS)].format(things[int(spread(number, 2) * len(things))])

    def _count_lines(self, most: int) -> tuple[int, int]:
        number = len(self.commits)
        added = 1 + int(most * spread(number, 3) ** 2)
        return added, int(added * spread(number, 4))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
