"""What the harnesses measured: told to a file, where somebody asks for it (`python -m scripts.reliability`)."""

import json
import os
from pathlib import Path

ASKED = "POYTA_FIGURES"
SIZE = int(os.environ.get("POYTA_TORTURE", "1"))
"""By how much the sizes are multiplied: 1 in every test run, more in `make torture`."""


def tell(harness: str, **figures: object) -> None:
    """Write down what one harness tried and found."""
    if path := os.environ.get(ASKED):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"harness": harness, **figures}, ensure_ascii=False) + "\n")
