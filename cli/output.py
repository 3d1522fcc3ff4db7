"""How answers reach the reader: lines and tables of text, or one JSON document."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import click

from cli.columns import columns
from workflow.language.visible import escaped_in_json, visible

SCHEMA = "poyta/1"


def write_json(document: Mapping[str, Any]) -> None:
    """The one document that a program gets, whatever happens. What can't be seen is told by its number."""
    click.echo(escaped_in_json(json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, default=plain)))


def write_json_items(items: Iterable[Mapping[str, Any]], **document: Any) -> None:
    """The same of very many items, written as they come."""
    head = json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, default=plain)
    click.echo(escaped_in_json(head[:-1]) + ', "items": [', nl=False)
    for place, item in enumerate(items):
        text = json.dumps(item, ensure_ascii=False, default=plain)
        click.echo((", " if place else "") + escaped_in_json(text), nl=False)
    click.echo("]}")


def line(text: str = "", *, error: bool = False) -> None:
    """A line of text; what people wrote can't steer the terminal, nor begin a line that looks like one of ours."""
    click.echo(_under_itself(visible(text)), err=error)


def lines(texts: Iterable[str]) -> None:
    """Several of them, written at once."""
    click.echo("\n".join(_under_itself(visible(text)) for text in texts))


def page(text: str, *, error: bool = False) -> None:
    """Lines of our own, as they stand."""
    click.echo(visible(text), err=error)


def _under_itself(text: str) -> str:
    """Words of several lines, each but the first set in."""
    if "\n" not in text:
        return text
    margin = " " * (len(text) - len(text.lstrip(" ")) + 4)
    return text.replace("\n", f"\n{margin}")


def plain(value: object) -> object:
    """A value as JSON knows it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    return str(value)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, accessible: bool) -> None:
    """Rows under headings: in columns on a terminal, and for a screen reader each row as a sentence of its own."""
    if accessible:
        for row in rows:
            line("; ".join(f"{heading}: {cell}" for heading, cell in zip(headings, row, strict=True) if cell))
        return
    shown = [[visible(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *shown, strict=True)]
    if sum(widths) + 2 * len(widths) > columns(200):
        _fold(headings, shown)
        return
    for row in ([*headings], *shown):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _fold(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that is wider than the terminal: the library breaks long cells over lines."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(box=None, pad_edge=False, show_header=True, header_style="")
    for place, heading in enumerate(headings):
        grid.add_column(heading, overflow="fold", no_wrap=place == 0)
    for row in rows:
        grid.add_row(*(_literal(cell) for cell in row))
    Console(file=sys.stdout, width=columns(200), highlight=False, color_system=None).print(grid)


def _literal(cell: str) -> Any:
    from rich.text import Text

    return Text(cell)


def bullets(lines: Iterable[str], *, indent: int = 2) -> None:
    """Lines that belong under another."""
    for each in lines:
        line(" " * indent + each)
