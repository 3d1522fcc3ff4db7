"""A remedy can be pasted: every command that a refusal names is one that the command line takes."""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

import click
import pytest

from cli.main import root
from workflow import guards
from workflow.stalled import signs, table_signs

PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def remedies() -> Iterator[str]:
    """Every command in the source of the promises and of the causes, with a mark for what is filled in."""
    for node in (
        node for each in (guards, signs, table_signs) for node in ast.walk(ast.parse(inspect.getsource(each)))
    ):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if text.startswith("poyta ") and len(text.split()) > 2 and "{}" not in text.split()[1:3]:
            yield text


def command_of(text: str) -> tuple[Any, list[str]]:
    context: Any = click.Context(root(), info_name="poyta")
    command: Any = root()
    words = text.split()[1:]
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, f"no such command: {text}"
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("text", sorted(set(remedies())))
def test_a_remedy_is_a_command_that_exists(text):
    command, words = command_of(text)

    options = {name for param in command.params for name in param.opts}
    used = {word for word in words if word.startswith("--")} - {"--{}"}
    assert used <= options


def test_there_are_remedies_to_look_at():
    assert len(set(remedies())) > 25


def test_a_remedy_with_a_mistake_would_be_found():
    command, words = command_of("poyta agenda settle M1/1 --outcom agreed")

    assert not {word for word in words if word.startswith("--")} <= {
        name for param in command.params for name in param.opts
    }
