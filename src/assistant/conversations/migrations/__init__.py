"""Changes of the tables since the first version, for Alembic.  One file a change, in ``versions``."""
