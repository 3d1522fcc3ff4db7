"""The commands of people."""

from cli.parties import party_group
from workflow.language.words import N_

command = party_group("person", "person", N_("The people."))
