"""The commands of the organisations."""

from cli.action_lists import action_list_command
from cli.calendars import calendar_command
from cli.parties import party_group
from workflow.language.words import N_

command = party_group("org", "organisation", N_("The organisations: municipality, associations, companies."))
command.add_command(action_list_command("organisation"))
command.add_command(calendar_command("organisation"))
