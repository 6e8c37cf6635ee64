"""Load: many streams at once, indexes that are exchanged, clients that are cut off, beside a bare route."""
