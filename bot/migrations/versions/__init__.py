"""The revisions, oldest first; each is a file of its own."""
