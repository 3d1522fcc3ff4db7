"""A document as one HTML file: it needs nothing beside itself, reads well on a telephone and prints well on A4."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflow.documents.content import Block, Document, Words, plain
from workflow.language.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")


def as_html(documents: Sequence[Document], own: Path | None = None) -> str:
    """One document, or the same in several languages one after another. `own`: a folder of the table's own templates.

    A template of the same name there comes before ours: `document.html`, or `style.css` alone.
    """
    return str(_templates(own).get_template("document.html").render(documents=documents))


@cache
def _templates(own: Path | None) -> "Environment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment  # a template from elsewhere reaches nothing but the document

    folders = [each for each in (own, TEMPLATES) if each is not None]
    made = SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["kind"] = lambda block: type(block).__name__
    made.filters["plain"] = lambda words: _shown(words, lines=False)
    made.filters["paragraphs"] = lambda words: [line for line in _shown(words).splitlines() if line.strip()]
    made.filters["language"] = lambda words: "" if isinstance(words, str) else words.language
    made.tests["picture"] = _is_picture
    return made


def _shown(words: Words, *, lines: bool = True) -> str:
    """What people wrote, without what would turn the line around or hide in it."""
    return visible(plain(words), lines=lines)


def _is_picture(block: Block) -> Any:
    return type(block).__name__ == "Picture"
