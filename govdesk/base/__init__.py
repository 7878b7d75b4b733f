"""Holds what every other folder uses: errors as sentences, paths, whole-file writing, dates and numbers as typed."""
