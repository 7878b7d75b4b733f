"""Reads the form file and the help file beside it; refuses a bad one with key path and reason."""
