"""Which documents are printed: the report, the self-check sheet; which glyphs the faces lack."""
