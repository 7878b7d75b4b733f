"""Versions of a draft: shown, kept, gone back to."""
