"""The chat widget: its parts (JavaScript and CSS) and the bundle that puts them into one script."""
