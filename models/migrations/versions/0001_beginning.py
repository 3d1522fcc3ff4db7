"""The beginning: every table and view, and on SQLite the triggers that watch over states and history.

The statements stand in the folder beside this file as they were when it was made. They follow neither the models nor
the page of lifecycles: whatever these say later is for a later migration. There is no way back but the backup.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    frozen = Path(__file__).with_suffix("") / f"{connection.dialect.name}.sql"
    for statement in frozen.read_text(encoding="utf-8").strip().split(";\n\n"):
        connection.exec_driver_sql(statement.removesuffix(";"))
