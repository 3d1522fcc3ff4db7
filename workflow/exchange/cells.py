"""Words in the cells of a spreadsheet: what it would take for a formula is quoted with an apostrophe."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet reckons with, tries to fetch or skips; and the same that was quoted already."""


def cell(text: str) -> str:
    """The words as a cell: quoted, if a spreadsheet would take them for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def uncell(text: str) -> str:
    """The words of a cell that `cell` has made: exactly one apostrophe is taken off, where it has put one."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
