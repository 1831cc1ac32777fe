"""Reachability: what is new in one deployment, by walking as little of the history as possible."""

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.linking.graph import (
    Commit,
    CommitsInMemory,
    generations,
    new_commits,
    new_commits_in_sequence,
)

Graph = Mapping[str, tuple[str, ...]]


def a_source(parents_of: Graph) -> CommitsInMemory:
    heights = generations(parents_of)
    return CommitsInMemory(
        {
            sha: Commit(sha, parents, heights[sha], 0, 0, "Ada", is_bot=False, subject=sha)
            for sha, parents in parents_of.items()
        }
    )


class CountingSource:
    """Remembers what was asked for in each call."""

    def __init__(self, source: CommitsInMemory) -> None:
        self.source = source
        self.asked: list[set[str]] = []

    def load(self, shas: Collection[str]) -> Mapping[str, Commit]:
        self.asked.append(set(shas))
        return self.source.load(shas)


class GenerousSource(CountingSource):
    """Returns the whole history whatever is asked."""

    def load(self, shas: Collection[str]) -> Mapping[str, Commit]:
        super().load(shas)
        return self.source.commits


def shas_of(commits: Collection[Commit]) -> list[str]:
    return [commit.sha for commit in commits]


#     A - B - C - D    main
#          \
#           X - Y      1.x
FORK: Graph = {"A": (), "B": ("A",), "C": ("B",), "D": ("C",), "X": ("B",), "Y": ("X",)}


@pytest.mark.parametrize(
    ("tip", "earlier", "expected"),
    [
        ("D", [], ["D", "C", "B", "A"]),
        ("D", ["B"], ["D", "C"]),
        ("D", ["Y"], ["D", "C"]),
        ("Y", ["D"], ["Y", "X"]),
        ("B", ["D"], []),
        ("D", ["D"], []),
        ("D", ["A", "X", "C"], ["D"]),
        ("unknown", ["D"], []),
        ("C", ["unknown"], ["C", "B", "A"]),
    ],
)
def test_new_commits__against_earlier_tips__are_those_no_other_tip_reaches(
    tip: str, earlier: list[str], expected: list[str]
) -> None:
    assert shas_of(new_commits(tip, earlier, a_source(FORK))) == expected


def test_chronological_predecessor__is_not_the_ancestor() -> None:
    # 2.0 was D, then 1.1 came from the maintenance branch as Y, then 2.1 was E.
    source = a_source({**FORK, "E": ("D",)})
    assert shas_of(new_commits("E", ["Y"], source)) == ["E", "D", "C"]
    assert shas_of(new_commits("E", ["D", "Y"], source)) == ["E"]


def test_redeploy_same_sha__brings_no_new_commit() -> None:
    assert list(map(shas_of, new_commits_in_sequence(["B", "B"], a_source(FORK)))) == [["B", "A"], []]


def test_new_commits__parents_cut_off_by_a_shallow_clone__are_roots() -> None:
    source = a_source({"C": ("gone",), "D": ("C", "gone too")})
    assert shas_of(new_commits("D", [], source)) == ["D", "C"]


def test_new_commits__old_history_below__is_not_walked() -> None:
    chain = {f"{number:04}": (f"{number - 1:04}",) for number in range(1, 1000)}
    source = CountingSource(a_source({"0000": (), **chain}))
    assert shas_of(new_commits("0999", ["0996"], source)) == ["0999", "0998", "0997"]
    assert set().union(*source.asked) >= {"0999", "0998", "0997", "0996"}
    assert len(set().union(*source.asked)) < 10


def test_new_commits__many_branches__are_loaded_as_one_frontier() -> None:
    sides: dict[str, tuple[str, ...]] = {}
    for number in range(20):
        sides |= {f"a{number}": ("root",), f"b{number}": (f"a{number}",), f"c{number}": (f"b{number}",)}
    source = CountingSource(a_source({"root": (), **sides, "tip": tuple(f"c{n}" for n in range(20))}))
    assert len(new_commits("tip", [], source)) == 62
    assert [len(asked) for asked in source.asked] == [1, 20, 20, 20, 1]


def test_new_commits__source_gives_more_than_asked__asks_once() -> None:
    source = GenerousSource(a_source(FORK))
    assert shas_of(new_commits("D", ["Y"], source)) == ["D", "C"]
    assert len(source.asked) == 1


def test_generations__two_paths_to_a_root__counts_the_longer_one() -> None:
    assert generations({"D": ("A", "C"), "C": ("B",), "B": ("A",), "A": ()}) == {
        "A": 1,
        "B": 2,
        "C": 3,
        "D": 4,
    }


def test_generations__later_batch__builds_on_what_was_counted() -> None:
    assert generations({"C": ("B", "gone"), "D": ("C",)}, known={"B": 7}) == {"C": 8, "D": 9}


def test_generations__cycle__is_refused() -> None:
    with pytest.raises(ValueError, match="cycle"):
        generations({"A": ("B",), "B": ("A",)})


def test_generations__a_hundred_thousand_commits_in_a_row__need_no_recursion() -> None:
    chain = {str(number): (str(number - 1),) for number in range(1, 100_000)}
    assert generations({"0": (), **chain})["99999"] == 100_000


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    size = draw(st.integers(1, 25))
    graph: dict[str, tuple[str, ...]] = {"0": ()}
    for number in range(1, size):
        parents = draw(st.lists(st.integers(0, number - 1), max_size=3, unique=True))
        graph[str(number)] = tuple(map(str, parents))
    return graph


def reachable(graph: Graph, tips: Collection[str]) -> set[str]:
    found: set[str] = set()
    waiting = [tip for tip in tips if tip in graph]
    while waiting:
        sha = waiting.pop()
        if sha not in found:
            found.add(sha)
            waiting += [parent for parent in graph[sha] if parent in graph]
    return found


@given(graphs(), st.data())
def test_new_commits__any_graph__is_the_difference_of_what_the_tips_reach(
    graph: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    cut = data.draw(st.sets(st.sampled_from(sorted(graph)), max_size=2), label="unknown commits")
    known = {sha: parents for sha, parents in graph.items() if sha not in cut}
    tip, *earlier = data.draw(st.lists(st.sampled_from(sorted(graph)), min_size=1, max_size=5), label="tips")
    fresh = new_commits(tip, earlier, a_source(known))
    assert len(fresh) == len(set(shas_of(fresh)))
    assert set(shas_of(fresh)) == reachable(known, [tip]) - reachable(known, earlier)
    assert sorted(fresh, key=lambda commit: -commit.generation) == fresh


@given(graphs(), st.data())
def test_new_commits_in_sequence__any_graph__agrees_with_one_at_a_time(
    graph: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    tips = data.draw(st.lists(st.sampled_from([*sorted(graph), "unknown"]), max_size=6), label="tips")
    source = a_source(graph)
    expected = [new_commits(tip, tips[:place], source) for place, tip in enumerate(tips)]
    assert list(new_commits_in_sequence(tips, source)) == expected
