"""The text fields: figures as chips, highlights, suggestions."""
