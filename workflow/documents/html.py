"""A document as one HTML file: it needs nothing beside itself, reads well on a telephone and prints well on A4."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.documents.content import Block, Document, Grid, Part, Words, plain
from workflow.language.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")


def as_html(documents: Sequence[Document], own: Path | None = None) -> str:
    """One document, or the same in several languages one after another. `own`: a folder of the table's own templates.

    A template of the same name there comes before ours: `document.html`, or `style.css` alone.
    """
    sorts = any(_sortable(block) for each in documents for block in each.blocks)
    script = (TEMPLATES / "sort.js").read_text(encoding="utf-8") if sorts else ""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    page = _templates(own).get_template("document.html")
    return str(page.render(documents=documents, sorts=sorts, sort_script=script, sort_hash=f"sha256-{digest}"))


def _sortable(block: Block) -> bool:
    """Whether there is a table in it that can be put in another order: only then is there a script, and only that."""
    if isinstance(block, Part):
        return any(_sortable(each) for each in block.blocks)
    return isinstance(block, Grid) and block.sortable


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
    return made


def _shown(words: Words, *, lines: bool = True) -> str:
    """What people wrote, without what would turn the line around or hide in it."""
    return visible(plain(words), lines=lines)
