"""Reads a report from a file of another program: Word, web pages, spreadsheets, PDF, OFD."""
