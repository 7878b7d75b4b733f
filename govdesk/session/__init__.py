"""One report being filled in: the one writer, the steps, how much is open, last year's report."""
