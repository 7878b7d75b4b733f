"""Versions of a draft: shown, compared, kept, gone back to."""
