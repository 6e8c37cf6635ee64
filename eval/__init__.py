"""Cases, scorers and peers: what the assistant is measured by, through its public surface only."""
