"""An error that nobody expected: the report that is written, the dialogue that shows it."""
