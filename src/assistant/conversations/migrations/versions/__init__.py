"""One file a change; each names the one before it in ``down_revision``."""
