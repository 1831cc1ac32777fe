"""Folders of an application within its repository."""

import pytest

from daybreak.logic.linking.paths import touches


@pytest.mark.parametrize(
    ("paths", "globs", "expected"),
    [
        ({"flagd/main.go"}, ["flagd"], True),
        ({"flagd/cmd/main.go"}, ["flagd/"], True),
        ({"flagd/cmd/main.go"}, ["./flagd"], True),
        ({"flagd"}, ["flagd"], True),
        ({"flagd-proxy/main.go"}, ["flagd"], False),
        ({"core/flagd/main.go"}, ["flagd"], False),
        ({"docs/a.md", "core/pkg/b.go"}, ["flagd", "core"], True),
        ({"core/pkg/b.go"}, ["*.go"], True),
        ({"services/web/api/x.py"}, ["services/*/api/*"], True),
        ({"services/web/ui/x.py"}, ["services/*/api/*"], False),
        ({"Flagd/main.go"}, ["flagd"], False),
        ({"any/where.txt"}, ["."], True),
        (set(), ["flagd"], False),
        (set(), [], True),
        ({"docs/a.md"}, [], True),
        (None, ["flagd"], True),
    ],
)
def test_monorepo__a_change_counts_only_for_the_paths_it_touches(
    paths: set[str] | None, globs: list[str], *, expected: bool
) -> None:
    assert touches(paths, globs) is expected
