"""Writes a document to a file: one module a format, and the table of formats."""
