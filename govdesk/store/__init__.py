"""Stores the drafts in one SQLite file, each edit at once. Begin at `govdesk.store.drafts`."""
