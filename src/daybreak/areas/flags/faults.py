"""What can be wrong with parts that flags and segments share."""

from collections.abc import Iterator, Mapping, Sequence

from daybreak.areas.flags.targeting import Clause
from daybreak.logic.evaluation.operators import OPERATORS
from daybreak.logic.evaluation.patterns import PatternRefused, require_safe
from daybreak.logic.evaluation.reference import ReferenceInvalid, parse_reference
from daybreak.platform.errors import Conflict, FieldFault


def clause_faults(name: str, clause: Clause) -> Iterator[FieldFault]:
    """What is wrong with a clause of a flag or segment."""
    if clause.op not in OPERATORS:
        known = ", ".join(OPERATORS)
        yield FieldFault(f"{name}.clauses", f"{clause.op!r} is no operator; known: {known}")
    if clause.op != "segmentMatch":
        yield from reference_faults(f"{name}.clauses.attribute", clause.attribute)
    if clause.op == "matches":
        for value in clause.values:
            try:
                require_safe(str(value))
            except PatternRefused as error:
                yield FieldFault(f"{name}.clauses.values", str(error))


def reference_faults(name: str, reference: str) -> Iterator[FieldFault]:
    try:
        parse_reference(reference, is_path=True)
    except ReferenceInvalid as error:
        yield FieldFault(name, str(error))


def require_acyclic(key: str, needed: Sequence[str], needs: Mapping[str, Sequence[str]], what: str) -> None:
    """Raises Conflict where a flag or segment would need itself. `needs` are those of the others, by key;
    `what` says in an error what they are.
    """
    # Not recursive, for chains may be long; and each is looked at once, for many may need the same one.
    path, remaining = {key: None}, [iter(needed)]
    seen: set[str] = set()
    while remaining:
        current = next(remaining[-1], None)
        if current is None:
            remaining.pop()
            path.popitem()
        elif current in path:
            raise Conflict(f"A {what} cannot need itself: " + " needs ".join([*path, current]))
        elif current not in seen:
            seen.add(current)
            path[current] = None
            remaining.append(iter(needs.get(current, ())))
