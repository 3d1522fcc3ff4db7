"""Tests that mutants asked for: each says something that could be changed without any other test noticing."""

from collections.abc import Iterator

from tests.workflow.test_page import WHO
from workflow.lifecycles import PAGE

# The page: what it remembers beside the moves of the specification (DECISIONS.md), and what can't be undone

BESIDE = """
table   | seat          | proposed returned active dormant                             | coordinator founder office
table   | unseat        | proposed returned active dormant                             | coordinator founder office
table   | rules         | proposed returned active dormant                             | convener                   | reason
table   | describe      | proposed returned active dormant                             | coordinator founder office
table   | translate     | proposed returned active dormant                             | coordinator founder office
theme   | goal          | proposed convened agenda_set held actions_assigned suspended | office
theme   | describe      | proposed convened agenda_set held actions_assigned suspended | office
theme   | evaluate      | proposed convened agenda_set held actions_assigned suspended results_reached | office
theme   | tell_proposer | always                                                       | office
theme   | translate     | always                                                       | office
meeting | prepare       | planned convened agenda_set                                  | office
meeting | invite        | planned convened agenda_set                                  | office
meeting | join          | planned convened agenda_set                                  | office
meeting | attend        | convened agenda_set                                          | office
item    | describe      | submitted accepted                                           | office
item    | restrict      | always                                                       | office
item    | disclose      | always                                                       | office                     | reason
item    | translate     | always                                                       | office
action  | share         | assigned in_progress waiting reported_done refused           | office
action  | describe      | assigned in_progress waiting reported_done refused           | office
action  | translate     | always                                                       | office
memo    | edit          | draft                                                        | office
memo    | describe      | always                                                       | office
rota    | turn          | running                                                      | office
rota    | skip          | running                                                      | office                     | reason
rota    | swap          | running                                                      | office                     | reason
rota    | describe      | running                                                      | office
rota    | translate     | always                                                       | office
referral | describe     | drafted sent under_consideration                             | office
referral | translate    | always                                                       | office
result  | describe      | always                                                       | office
result  | translate     | always                                                       | office
"""  # noqa: E501  # a row of it a line

SENT_OUT = """
table   | return resubmit decline found rest wake end
theme   | convene reopen
meeting | convene cancel
referral | send
memo | circulate publish withdraw
"""
"""Of these, people have heard; a new life of a theme has begun. All other moves can be undone."""


def rows_beside() -> Iterator[tuple[object, ...]]:
    for line in BESIDE.strip().splitlines():
        kind, name, sources, who, *reason = (cell.strip() for cell in line.split("|"))
        states = set(PAGE[kind].states) if sources == "always" else set(sources.split())
        roles = {role for each in who.split() for role in WHO.get(each, {each})}
        yield kind, name, None, states, roles, reason == ["reason"]


def test_what_the_page_remembers_beside_the_specification_is_for_those_and_then():
    rows = list(rows_beside())

    moves = [(row[0], PAGE[row[0]].moves[row[1]]) for row in rows]

    assert [(kind, m.name, m.to, set(m.sources), set(m.by), m.reason) for kind, m in moves] == rows


def test_only_what_was_sent_out_cannot_be_undone():
    lines = [line.split("|") for line in SENT_OUT.strip().splitlines()]

    final = {(life.kind, move.name) for life in PAGE.lifecycles.values() for move in life.moves.values() if move.final}

    assert final == {(kind.strip(), name) for kind, names in lines for name in names.split()}
