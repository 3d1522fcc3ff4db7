"""Whether the history can be believed, and what it holds: looked through over all tables."""

from cli.checkpoints import add_checkpoints
from cli.commands import Group
from cli.comparing import command as compare
from cli.exporting_history import add_exports
from cli.log import command as log
from cli.publishing import add_publishing
from cli.reporting import command as report
from cli.stalled import command as stalled
from cli.verify import command as verify
from workflow.language.words import N_

command = Group("audit", help=N_("What stands still and why, what happened, and whether it can be believed."))
command.add_command(stalled)
command.add_command(compare)
command.add_command(report)
add_publishing(command)
command.add_command(verify)
command.add_command(log)
add_checkpoints(command)
add_exports(command)
