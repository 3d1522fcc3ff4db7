"""The commands of the organisations."""

from cli.parties import party_group
from workflow.language.words import N_

command = party_group("org", "organisation", N_("The organisations: municipality, associations, companies."))
