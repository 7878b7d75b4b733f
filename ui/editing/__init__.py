"""How the window changes a report: the editor, undo, bound fields, autosave."""
