"""The leash under attack: a model on loopback that lies, fails and hangs, and what then leaves the assistant."""
