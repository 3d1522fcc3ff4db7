"""Every rule book that a release of poyta ever had: the past is judged by the rules that were in force then."""

from workflow.rulebooks.book import Entry, Rulebook
from workflow.rulebooks.shelf import name_of, rulebook

__all__ = ["Entry", "Rulebook", "name_of", "rulebook"]
