"""GovDesk: the annual report on government information disclosure, filled in, cross-checked and printed."""

__version__ = "0.1.0"
