"""The open draft: opened and left, exported and imported, saved by two windows."""
