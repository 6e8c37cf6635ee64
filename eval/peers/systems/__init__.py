"""One module a library: how its documented defaults index the documents and answer a question with chunks."""
