"""The document as files: one module a format, and the table of formats."""
