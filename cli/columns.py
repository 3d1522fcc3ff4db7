"""How wide the terminal is: asked at every start, so without `shutil`, which loads three compressors."""

import os
import sys


def columns(fallback: int = 80) -> int:
    """The columns of the terminal, or of COLUMNS; the fallback where the output goes elsewhere."""
    said = os.environ.get("COLUMNS", "")
    if said.isdigit() and int(said) > 0:
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else fallback
    except (OSError, ValueError):
        return fallback
