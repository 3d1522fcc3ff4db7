"""Every mutant of the page, held against the quick tests of it: `python -m tests.torture.mutation_quick`.

A program of its own: where pytest runs, each assertion that fails is explained at length, and 3,713 explanations take
three minutes. Here they take a second.
"""

import json
from collections.abc import Callable

import tests.workflow.test_page as page
import tests.workflow.test_survivors as survivors
from tests.torture.mutation_page import Mutant, mutants

QUICK: tuple[Callable[[], None], ...] = (
    page.test_every_move_of_the_specification_is_on_the_page_with_its_states_its_people_and_its_reason,
    page.test_every_promise_of_the_specification_is_on_the_page_at_its_level,
    page.test_only_residents_or_associations_may_be_missing_and_only_from_a_networking_table,
    page.test_every_follow_on_of_the_specification_is_on_the_page,
    survivors.test_what_the_page_remembers_beside_the_specification_is_for_those_and_then,
    survivors.test_only_what_was_sent_out_cannot_be_undone,
)
"""Tests that hold the page against tables written by hand, in a thousandth of a second."""


def noticed(mutant: Mutant) -> bool:
    """Whether any of the quick tests notices."""
    with mutant.made():
        return any(_fails(test) for test in QUICK)


def _fails(test: Callable[[], None]) -> bool:
    try:
        test()
    except AssertionError:
        return True
    return False


def main() -> None:
    """Say which tests fail on the page as it is, how many mutants there are, and which of them nobody noticed."""
    tried = list(mutants())
    failing = [test.__name__ for test in QUICK if _fails(test)]
    unnoticed = [mutant.name for mutant in tried if not noticed(mutant)]
    print(json.dumps({"failing": failing, "tried": len(tried), "unnoticed": unnoticed}))


if __name__ == "__main__":
    main()
