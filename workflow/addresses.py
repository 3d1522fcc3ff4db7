"""E-mail addresses: which of those that people were entered with a letter can be sent to."""

from email.errors import MessageError
from email.headerregistry import Address

from workflow.language.visible import visible


def mail_address(name: str, address: str | None) -> Address | None:
    """A name with its address as a letter is written to it. Nothing, where it is none that one could be sent to."""
    try:
        usable = address is not None and address.isascii()
        return Address(" ".join(visible(name, lines=False).split()), addr_spec=address) if usable else None
    except (MessageError, ValueError, IndexError):
        return None
