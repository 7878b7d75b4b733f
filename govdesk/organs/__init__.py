"""How organs are called: a name in its parts, whether two names are one organ's, and where a text calls itself by one.
"""
