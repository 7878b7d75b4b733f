"""The report's texts: live figures, ready-made sentences, what is as it was last year."""
