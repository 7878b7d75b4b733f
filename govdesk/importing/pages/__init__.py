"""Readers of files that hold pages: PDF, OFD."""
