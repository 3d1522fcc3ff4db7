"""Put the rule book of the page of today on its shelf: `python -m scripts.rulebooks`.

While a release is being made, its rule book is written anew as often as the page changes. Once a version of poyta is
out, its rule book is never touched again: raise the version in `pyproject.toml` before the page changes.
"""

import tomllib
from pathlib import Path

from workflow.lifecycles import PAGE
from workflow.rulebooks.shelf import SHELF, file_name

HOUSE = Path(__file__).parent.parent


def release() -> str:
    """The version of poyta that is being made."""
    told = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def main() -> None:
    """Write the file, if no release had these rules before, and take away what an earlier page of this one left."""
    for old in SHELF.glob(f"{release()}-*.txt"):
        if not old.name.endswith(f"-{PAGE.version}.txt"):
            old.unlink()
    if not any(SHELF.glob(f"*-{PAGE.version}.txt")):
        file = SHELF / file_name(release(), PAGE.version)
        file.write_bytes(PAGE.text.encode())
        print(file.relative_to(HOUSE))


if __name__ == "__main__":
    main()
