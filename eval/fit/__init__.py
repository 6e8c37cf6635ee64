"""Fits what the ranking counts, on the cases that may be looked at, and shows what each step of it gives."""
