"""The drafts, each edit saved by itself into one SQLite file. Begin at `govdesk.store.drafts`."""
