"""Font files: faces, their names and characters, subsets, the system's own fonts."""
