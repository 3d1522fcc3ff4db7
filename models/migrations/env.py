"""What Alembic runs: every migration on the connection it was given, in the transaction begun there."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
)
context.run_migrations()
