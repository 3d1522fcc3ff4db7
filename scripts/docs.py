"""The generated pages of `docs/`.

`python -m scripts.docs` writes every one of them anew. With `--check` nothing is written, and each page that no longer
says what the code does is named.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from cli.language import speak_click
from cli.main import all_commands
from scripts.pictures import drawn
from scripts.reliability import page as reliability
from workflow.exchange.reference import book_reference
from workflow.exchange.schema import schema
from workflow.explain import as_markdown
from workflow.lifecycles import PAGE

DOCS = Path(__file__).parent.parent / "docs"

WIDTH = 78
"""What Click writes on a terminal of 80 columns."""

Commands = Iterable[tuple[tuple[str, ...], click.Command]]


def pages() -> dict[str, str]:
    """What each generated page is to say, by the name of its file."""
    return {
        "lifecycles.md": _markdown("workflow/lifecycles.py", as_markdown(PAGE)),
        "reference.md": _markdown("the help of the command line", reference(all_commands())),
        "reliability.md": _markdown("scripts/reliability.md and what the harnesses measured", reliability()),
        **_table_book(),
        **{name: f"<!-- {_made('scripts/pictures.py')} -->\n{svg}" for name, svg in drawn().items()},
    }


def _markdown(source: str, text: str) -> str:
    return f"<!-- {_made(source)} -->\n\n{text}\n"


def _made(source: str) -> str:
    return f"Made by `python -m scripts.docs` from {source}. Change that, not this page."


def _table_book() -> dict[str, str]:
    documented = {"$comment": _made("workflow/exchange/schema.py"), **schema()}
    return {
        "table-book.md": _markdown("workflow/exchange/reference.py", book_reference()),
        "table-book.schema.json": json.dumps(documented, ensure_ascii=False, indent=2) + "\n",
    }


# The reference of the command line


def reference(commands: Commands) -> str:
    """Every `--help` of the command line, in English, under a heading for each first word."""
    speak_click("en")
    contexts: dict[tuple[str, ...], click.Context] = {}
    parts = ["# The command line"]
    for path, command in commands:
        contexts[path] = _context(path, command, contexts)
        parts += _help(contexts[path])
    return "\n\n".join(parts)


def _context(
    path: tuple[str, ...], command: click.Command, above: Mapping[tuple[str, ...], click.Context]
) -> click.Context:
    name = path[-1] if path else "poyta"
    return click.Context(command, parent=above.get(path[:-1]) if path else None, info_name=name, terminal_width=WIDTH)


def _help(context: click.Context) -> Iterator[str]:
    words = context.command_path.split()
    if len(words) > 1:
        yield f"{'#' * len(words)} {context.command_path}"
    yield f"```text\n{context.get_help().rstrip()}\n```"


# Writing and checking


def stale(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """The pages that are missing or say something else, by name."""
    return [name for name, text in wanted.items() if _read(folder / name) != text.encode()]


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def write(folder: Path, wanted: Mapping[str, str]) -> None:
    """Write every page: UTF-8, one line feed a line, whatever the system is used to."""
    for name, text in wanted.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def main(arguments: Sequence[str] | None = None, folder: Path = DOCS) -> int:
    """Write the pages, or say which of them are stale."""
    parser = argparse.ArgumentParser(prog="python -m scripts.docs", description="Make the generated pages of docs/.")
    parser.add_argument("--check", action="store_true", help="write nothing; name each page that is stale")
    wanted = pages()
    if not parser.parse_args(arguments).check:
        write(folder, wanted)
        return 0
    names = stale(folder, wanted)
    for name in names:
        print(f"{folder.name}/{name} is stale: run python -m scripts.docs")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
