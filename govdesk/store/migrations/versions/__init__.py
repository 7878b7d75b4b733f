"""One module a version of the schema; a revision's id is the number in `PRAGMA user_version`."""
