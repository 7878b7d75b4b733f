"""Holds the parts of build.py. They use the standard library only, because they run before anything is installed."""
