"""Copies of the data file: when one is due, the page that shows them, the question before a restore."""
