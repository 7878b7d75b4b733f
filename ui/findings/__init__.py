"""Findings on screen, and the reasons that answer them."""
