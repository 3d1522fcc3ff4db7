"""The rules that are in force in a database: whoever writes there keeps to them, or says first that they change.

A program with other rules is refused when it is about to write, even where the schema is the same. Each entry names
its own rules, so the history would stay true all the same; but two people with two versions of poyta would then keep
to two sets of rules at the same table, and nobody would ever have decided that they change. So an older database is
brought up to date by `poyta db upgrade`, which tells beforehand what changes and writes down that it did; and from
then on a program that knows only the older rules does not write there any more. Reading is free to all.
"""

from typing import TYPE_CHECKING

from models.place import DatabaseProblem, shown
from workflow.lifecycles import PAGE

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NEWEST = "SELECT rules FROM history WHERE stream <> 'database:1' OR move = 'upgrade' ORDER BY id DESC LIMIT 1"
"""What else happens to the database itself changes no rules, whatever program sees to it."""


def rules_in_force(connection: "Connection") -> str | None:
    """The version of the rules that the newest entry was made under; nothing in a database without any."""
    newest: str | None = connection.exec_driver_sql(_NEWEST).scalar()
    return newest


def check_rules(connection: "Connection", place: str) -> None:
    """See that the rules in force are ours. Raises DatabaseProblem: older_rules, newer_rules."""
    rules = rules_in_force(connection)
    if rules in (None, PAGE.version):
        return
    from workflow.rulebooks.shelf import name_of, rulebook

    code = "newer_rules" if rulebook(rules) is None else "older_rules"
    raise DatabaseProblem(code, place=shown(place), rules=name_of(rules), known=name_of(PAGE.version))
