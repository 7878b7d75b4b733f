"""Holds one report while it is filled in: the one writer, the steps, how much is open, last year's report."""
