"""The builders bring every kind of thing into every state of its lifecycle, through the gate."""

import pytest

from tests.builders import thing_at
from workflow.lifecycles import PAGE

EVERY_STATE = [(kind, state) for kind, life in PAGE.lifecycles.items() for state in life.states]


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE, ids=str)
def test_a_thing_of_any_kind_can_be_built_in_any_state(work, kind, state):
    thing = thing_at(work, kind, state)

    assert thing.kind == kind
    assert thing.state is state
