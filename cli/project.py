"""The commands of the projects."""

from cli.parties import party_group
from workflow.language.words import N_

command = party_group("project", "project", N_("The projects that support tables."))
