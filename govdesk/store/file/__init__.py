"""The data file itself: opening, copying, integrity, migration, and what SQLite's errors mean."""
