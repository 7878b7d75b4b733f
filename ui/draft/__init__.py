"""The open draft: opened and left, exported and imported, merged, its years changed, saved by two windows."""
