"""What marks a sentence for translation where it is only kept, to be said later."""


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext's tools know
    """The sentence as it is: a mark for the catalogues."""
    return sentence
