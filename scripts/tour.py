"""The tours of the README and the handbook: their commands are run, and what they answer is written under them.

A ```console block holds commands after `$`; all blocks of a page are one tour, in a database of its own. A command in a
comment, `<!-- $ poyta ... -->`, is run as well, and its answer is not shown. `python -m scripts.tour` writes them anew.
"""

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

from cli.main import run
from workflow.days import local_day
from workflow.language.dates import say_day
from workflow.language.languages import LANGUAGES

SHORT_ROOT = re.compile(r"(\d+)·[0-9a-z]{4}-[0-9a-z]{4}")
"""It is another one in every database, so the page shows always the same."""

HOUSE = Path(__file__).parent.parent
PAGES = (HOUSE / "README.md", HOUSE / "docs" / "handbook.md")

TOLD = re.compile(r"```console\n(.*?)```|<!-- (\$ .*?) -->", re.DOTALL)


ANEW = "<!-- a database of its own -->"
"""Where a page begins another tour, which knows nothing of what was done before."""
MADE_ON = date(2026, 3, 2)
"""The day that the page tells, wherever the program tells today's."""


def with_answers(page: str) -> str:
    """The page with every command of its tours followed by what the program really answers."""
    return ANEW.join(_with_answers(part) for part in page.split(ANEW))


def _with_answers(tour: str) -> str:
    with away(), chdir(HOUSE):
        return TOLD.sub(_told, tour)


def _told(found: re.Match[str]) -> str:
    if found[2]:
        _answer(found[2])
        return found[0]
    return f"```console\n{_answered(found[1])}```"


def _answered(block: str) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{command}\n{_answer(command)}" for command in commands)


def _answer(command: str) -> str:
    said = StringIO()
    words = shlex.split(command.removeprefix("$ "))
    assert words[0] == "poyta", command
    with redirect_stdout(said), redirect_stderr(said):
        run(words[1:])
    told = said.getvalue().replace(os.environ["XDG_DATA_HOME"], "~/.local/share")
    for language in LANGUAGES:
        told = told.replace(say_day(local_day(datetime.now(UTC)), language), say_day(MADE_ON, language))
    return SHORT_ROOT.sub(r"\1·k3f9-7qwz", told)


@contextmanager
def away() -> Iterator[None]:
    """A database that is thrown away, and no settings of whoever runs this."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name in [name for name in os.environ if name.startswith("POYTA_")]:
            del os.environ[name]
        home = {"XDG_CONFIG_HOME": str(Path(folder) / "config"), "XDG_DATA_HOME": str(Path(folder) / "data")}
        home["XDG_STATE_HOME"] = str(Path(folder) / "state")
        os.environ.update(home, POYTA_LANG="en", COLUMNS="100")
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def main() -> None:
    """Write every page anew."""
    for page in PAGES:
        page.write_text(with_answers(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
