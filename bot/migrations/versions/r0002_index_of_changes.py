"""An index on the moment of a served case's last change, by which ages are found."""

from alembic import op

from bot.migrations import has_index

revision = "0002"
down_revision = "0001"
_NAME = "ix_served_changed_at"


def upgrade() -> None:
    """Make the index where it is missing."""
    if not has_index(op.get_bind(), "served", _NAME):
        op.create_index(_NAME, "served", ["changed_at"])
