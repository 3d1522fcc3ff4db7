"""Words as pictures tell them: not endlessly long, with a capital letter at the beginning."""

LONGEST = 300
"""No name is longer. Of what somebody put there by other means, this much is shown."""


def cut(text: str) -> str:
    """A text that others wrote; of one that is too long, the beginning."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def capital(text: str) -> str:
    """A word at the beginning of something."""
    return text[:1].upper() + text[1:]
