"""The gate: what stands around every route."""
