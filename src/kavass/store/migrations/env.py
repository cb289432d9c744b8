"""Alembic's way in: runs the steps on the connection that the store hands over, inside its transaction."""

from alembic import context

from kavass.store.schema import metadata

if hasattr(context, "config"):  # it is there while alembic runs a command, not when the module is merely read
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=True,
    )
    context.run_migrations()
