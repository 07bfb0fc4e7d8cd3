from alembic import context

from feedback.store import (  # noqa: F401  they fill the metadata
    codebook_models,
    flag_models,
    loop_models,
    models,
    reach_models,
    redaction_models,
    staff_models,
    voice_models,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
