"""From the neutral document to positioned pages: faces, characters, lines, tables, page numbers. No file format."""
