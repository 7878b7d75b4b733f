"""Readers of spreadsheets and lists."""
