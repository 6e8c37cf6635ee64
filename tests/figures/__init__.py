"""The one parser of figures."""
