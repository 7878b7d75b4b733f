"""Defines the report as values by address, and derives what follows from one or two reports alone."""
