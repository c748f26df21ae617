"""Tables as they were made before there were revisions."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Change nothing."""
