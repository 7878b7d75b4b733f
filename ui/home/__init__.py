"""The home page: list of drafts, what is due first, deadlines."""
