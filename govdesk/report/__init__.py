"""The report as values by address, and what is derived from one or two reports alone."""
