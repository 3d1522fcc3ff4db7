"""Mutants: one word of the page, or of the code beneath it, is changed, and the tests must notice."""

from collections.abc import Callable

import tests.workflow.test_page as page
import tests.workflow.test_survivors as survivors
from tests.figures import tell
from tests.torture.mutation_page import Mutant, mutants

# The page

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


def test_the_page_as_it_is_passes_the_quick_tests():
    assert [test.__name__ for test in QUICK if _fails(test)] == []


def test_every_promise_destination_role_and_follow_on_of_the_page_is_missed_or_noticed_by_a_quick_test():
    tried = list(mutants())

    unnoticed = [mutant.name for mutant in tried if not noticed(mutant)]

    assert unnoticed == []
    assert len(tried) > 2000
    tell("mutants of the page", tried=len(tried), noticed=len(tried) - len(unnoticed))
