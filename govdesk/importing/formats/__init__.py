"""One module a file format; each gives the same neutral source of tables and paragraphs."""
