"""The bars under a table: sums that do not agree, sources of a figure, what was pasted."""
