"""What a second opinion of a question is worth: answers without it, with it, and with a model that lies."""
